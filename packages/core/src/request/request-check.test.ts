import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createClient } from '../call/client.ts'
import { spec } from '../generated/spec.ts'
import { checkSchema } from '../schema/schema-check.ts'
import type { SpecOperation } from '../spec/spec.ts'
import { preSignBody, rejection, repeating, responding } from '../testing/handler.ts'
import type { RequestError } from './request-error.ts'

const example = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../spec/examples/${name}`, import.meta.url), 'utf8'))
const code = { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' }

function client(options: { baseUrl?: string; checkRequests?: boolean } = {}) {
  const { fetch, seen } = responding(repeating)
  return { seen, ...createClient({ fetch, ...options }) }
}

async function errorOf(change: object, options: { baseUrl?: string } = {}): Promise<RequestError> {
  const { seen, qsMiniProgramPreEntrustSign } = client(options)
  const json = { ...preSignBody, ...change } as typeof preSignBody
  const error = (await rejection(qsMiniProgramPreEntrustSign({ json }))) as RequestError
  expect(error).toMatchObject({ name: 'RequestError', operation: 'qsMiniProgramPreEntrustSign' })
  expect(seen).toHaveLength(0)
  return error
}

test('the official example requests are valid', async () => {
  const { seen, qsMiniProgramPreEntrustSign, terminateContractByCode } = client()
  await qsMiniProgramPreEntrustSign({
    json: example('qs-mini-program-pre-entrust-sign.request.json') as typeof preSignBody,
  })
  await qsMiniProgramPreEntrustSign({
    json: example(
      'qs-mini-program-pre-entrust-sign.openid-only.request.json',
    ) as typeof preSignBody,
  })
  await terminateContractByCode({
    path: code,
    json: example('terminate-contract-by-code.request.json') as {
      contract_termination_remark: string
    },
  })
  expect(seen).toHaveLength(3)
})

test('each invalid field of a pre-sign is rejected with its own code before anything is sent', async () => {
  const cases: [change: object, code: string, field: string][] = [
    [{ appid: undefined }, 'missing-field', '/appid'],
    [{ appid: null }, 'null-value', '/appid'],
    [{ appid: '' }, 'too-short', '/appid'],
    [{ appid: 'x'.repeat(33) }, 'too-long', '/appid'],
    [{ service_id: '12535' }, 'wrong-type', '/service_id'],
    [{ service_id: 1.5 }, 'wrong-type', '/service_id'],
    [{ service_id: Number.NaN }, 'wrong-type', '/service_id'],
    [{ service_id: 2 ** 53 }, 'unsafe-integer', '/service_id'],
    [{ out_contract_code: 'a-b' }, 'pattern', '/out_contract_code'],
    [{ out_contract_code: 'ABC\n' }, 'pattern', '/out_contract_code'],
    [{ out_contract_code: 'a'.repeat(33) }, 'too-long', '/out_contract_code'],
    [{ notify_url: 'http://yourapp.com/notify' }, 'not-https', '/notify_url'],
    [{ notify_url: 'http://127.0.0.1:8080/notify' }, 'not-https', '/notify_url'],
    [{ notify_url: 'https://yourapp.com/notify?a=1' }, 'pattern', '/notify_url'],
    [{ contract_display_account: '用户😀' }, 'pattern', '/contract_display_account'],
    [{ contract_display_account: '用户\ud83d' }, 'lone-surrogate', '/contract_display_account'],
    [{ openid: undefined, sub_openid: undefined }, 'one-of-required', '/openid'],
    [{ openid: 7 }, 'wrong-type', '/openid'],
    [{ openid: 'o'.repeat(129) }, 'too-long', '/openid'],
  ]
  for (const [change, expected, field] of cases) {
    expect(await errorOf(change), JSON.stringify(change)).toMatchObject({
      code: expected,
      field,
      location: 'body',
    })
  }
})

test('the text contains what was found, what is expected and what to do', async () => {
  expect((await errorOf({ out_contract_code: '3f2b-1' })).message).toBe(
    'qsMiniProgramPreEntrustSign: nothing was sent. body /out_contract_code: found "3f2b-1" (6 character(s)), of which character 5 ("-") does not fit; expected digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID',
  )
  expect((await errorOf({ openid: undefined, sub_openid: undefined })).message).toContain(
    'found none of them; expected openid, sub_openid or both',
  )
})

test('all problems are reported at once, each field once', async () => {
  const error = await errorOf({
    appid: undefined,
    service_id: '1',
    notify_url: 'http://a.test/',
    openid: undefined,
    sub_openid: undefined,
  })
  expect(error.problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
    '/appid missing-field',
    '/service_id wrong-type',
    '/notify_url not-https',
    '/openid one-of-required',
  ])
})

test('T-26 a RequestError shows no personal value', async () => {
  const error = await errorOf({
    openid: `canary${'x'.repeat(200)}`,
    sub_openid: 'canary😀',
    contract_display_account: 'canary\ud83d',
  })
  expect(error.problems).toHaveLength(3)
  for (const text of [
    String(error),
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: null, showHidden: true }),
  ]) {
    expect(text).not.toContain('canary')
  }
})

test('a loopback notify_url is accepted if the host of the client is loopback, but without a query', async () => {
  const json = { ...preSignBody, notify_url: 'http://127.0.0.1:8080/notify' }
  for (const baseUrl of ['http://127.0.0.1:9000', 'http://[::1]:9000', 'http://localhost:9000']) {
    await expect(client({ baseUrl }).qsMiniProgramPreEntrustSign({ json })).resolves.toBeDefined()
  }
  const baseUrl = 'http://127.0.0.1:9000'
  expect(
    await errorOf({ notify_url: 'http://127.0.0.1:8080/notify?a' }, { baseUrl }),
  ).toMatchObject({
    code: 'pattern',
  })
  expect(await errorOf({ notify_url: 'http://yourapp.com/notify' }, { baseUrl })).toMatchObject({
    code: 'not-https',
  })
})

test('checks can be turned off for a client or a call, and on for a call; the body is then sent unchanged', async () => {
  const json = {
    ...preSignBody,
    out_contract_code: 'a-b',
    openid: null,
  } as unknown as typeof preSignBody
  const off = client({ checkRequests: false })
  await off.qsMiniProgramPreEntrustSign({ json })
  expect(new TextDecoder().decode(off.seen[0]?.body)).toBe(JSON.stringify(json))
  expect(
    await rejection(off.qsMiniProgramPreEntrustSign({ json }, { checkRequest: true })),
  ).toMatchObject({
    name: 'RequestError',
  })
  const on = client()
  await on.qsMiniProgramPreEntrustSign({ json }, { checkRequest: false })
  expect(on.seen).toHaveLength(1)
})

test('a body that JSON cannot express is always rejected with not-serialisable', async () => {
  const circular: { self?: unknown } = {}
  circular.self = circular
  for (const json of [circular, 10n, () => 1]) {
    expect(await rejection(client().request('POST', '/v3/x', { json }))).toMatchObject({
      code: 'not-serialisable',
    })
  }
})

test('a missing body is rejected with missing-field', async () => {
  expect(await rejection(client().qsMiniProgramPreEntrustSign({} as never))).toMatchObject({
    code: 'missing-field',
    field: '',
    location: 'body',
  })
  expect(
    await rejection((client().qsMiniProgramPreEntrustSign as () => Promise<unknown>)()),
  ).toMatchObject({
    code: 'missing-field',
  })
})

test('path and query parameters are checked against the spec too', async () => {
  const { getContractByCode, getCertificates } = client()
  const bad = (path: object) => rejection(getContractByCode({ path: { ...code, ...path } }))
  expect(await bad({ service_id: 'x' })).toMatchObject({
    code: 'wrong-type',
    location: 'path',
    field: 'service_id',
  })
  expect(await bad({ out_contract_code: 'a-b' })).toMatchObject({
    code: 'pattern',
    location: 'path',
    field: 'out_contract_code',
  })
  expect(
    await rejection(getCertificates({ query: { algorithm_type: 'DSA' as 'RSA' } })),
  ).toMatchObject({
    code: 'not-in-enum',
    location: 'query',
  })
})

test('the check knows every keyword in the spec’s schemas, or may ignore it', () => {
  const known =
    '$ref type required properties additionalProperties items allOf anyOf enum minLength maxLength pattern minimum maximum minItems'.split(
      ' ',
    )
  const ignored = ['format']
  const unknown = new Set<string>()
  const walk = (schema: object) => {
    for (const [keyword, value] of Object.entries(schema)) {
      if (!keyword.startsWith('x-') && !known.includes(keyword) && !ignored.includes(keyword))
        unknown.add(keyword)
      if (keyword === 'properties') for (const part of Object.values(value)) walk(part as object)
      if (keyword === 'items') walk(value)
      if (keyword === 'allOf' || keyword === 'anyOf') value.forEach(walk)
      if (keyword === 'pattern') expect(() => new RegExp(value, 'u')).not.toThrow()
    }
  }
  Object.values(spec.schemas).forEach(walk)
  for (const { request } of Object.values<SpecOperation>(spec.operations)) {
    for (const schemas of [request?.path, request?.query])
      Object.values(schemas ?? {}).forEach(walk)
  }
  expect([...unknown]).toEqual([])
})

test('T-29 a megabyte in any field is checked quickly', () => {
  const long = `https://${'a'.repeat(1_000_000)}`
  // CPU time instead of elapsed time: other processes do not change it.
  const start = process.cpuUsage()
  const { QsParties, PreEntrustSignFields, PrepayId } = spec.schemas
  const fields = {
    ...QsParties.properties,
    ...PreEntrustSignFields.properties,
    ...PrepayId.properties,
  }
  for (const schema of Object.values(fields)) {
    checkSchema({ ...schema, maxLength: 2_000_000 }, `${long}?`, { definitions: spec.schemas })
  }
  expect(process.cpuUsage(start).user).toBeLessThan(5_000_000)
})

test('a JSON text instead of a body object is not shown, because it may begin with an openid (T-26)', async () => {
  const { qsMiniProgramPreEntrustSign } = client()
  const json = JSON.stringify({ openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o', ...preSignBody }) as never
  const error = (await rejection(qsMiniProgramPreEntrustSign({ json }))) as RequestError
  expect(error).toMatchObject({ code: 'wrong-type', field: '' })
  expect(error.message).toContain('found a text of')
  expect(error.message + inspect(error)).not.toContain('oUpF8u')
})
