import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { operationExamples } from '../generated/examples.ts'
import { spec } from '../generated/spec.ts'
import {
  preSignBody,
  preSignResponse,
  rejection,
  repeating,
  responding,
} from '../testing/handler.ts'
import { type Client, createClient } from './client.ts'

function setUp() {
  const { fetch, seen } = responding((request) => repeating(request, preSignResponse))
  return { client: createClient({ fetch }), seen }
}
const json = preSignBody
const path = { service_id: 12535, out_contract_code: 'wxwtDK20200910100000' }

// The six snippets of the official PHP page, one test each; `->wait()` is `await`.
test('style 1: client.v3.….miniProgram.postAsync(…).then(…)', async () => {
  const { client, seen } = setUp()
  await client.v3.passwordExemptContract.contracts.qs.preEntrustSign.miniProgram
    .postAsync({ json })
    .then(({ data }) => {
      expect(data.pre_entrustweb_id).toBe(preSignResponse.pre_entrustweb_id)
    })
  expect(seen).toHaveLength(1)
})

test("style 2: client.chain('v3/…').postAsync(…).then(…)", async () => {
  const { client, seen } = setUp()
  await client
    .chain('v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program')
    .postAsync({ json })
    .then(({ data }) => {
      expect(data.pre_entrustweb_id).toBe(preSignResponse.pre_entrustweb_id)
    })
  expect(seen).toHaveLength(1)
})

test("style 3: client['v3/…'].postAsync(…).then(…)", async () => {
  const { client, seen } = setUp()
  await client['v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program']
    .postAsync({ json })
    .then(({ data }) => {
      expect(data.pre_entrustweb_id).toBe(preSignResponse.pre_entrustweb_id)
    })
  expect(seen).toHaveLength(1)
})

test('style 4: await client.v3.….miniProgram.post(…)', async () => {
  const { client, seen } = setUp()
  const { data } =
    await client.v3.passwordExemptContract.contracts.qs.preEntrustSign.miniProgram.post({ json })
  expect(data).toEqual(preSignResponse)
  expect(seen).toHaveLength(1)
})

test("style 5: await client.chain('v3/…').post(…)", async () => {
  const { client, seen } = setUp()
  const { data } = await client
    .chain('v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program')
    .post({ json })
  expect(data).toEqual(preSignResponse)
  expect(seen).toHaveLength(1)
})

test("style 6: await client['v3/…'].post(…)", async () => {
  const { client, seen } = setUp()
  const { data } = await client[
    'v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program'
  ].post({ json })
  expect(data).toEqual(preSignResponse)
  expect(seen).toHaveLength(1)
})

test('every style sends the same request as the operation by its id', async () => {
  const { client, seen } = setUp()
  await client.qsMiniProgramPreEntrustSign({ json })
  await client.v3.passwordExemptContract.contracts.qs.preEntrustSign.miniProgram.post({ json })
  await client
    .chain('v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program')
    .postAsync({ json })
  await client['v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program'].post({
    json,
  })
  const requests = seen.map(({ method, url, headers, body }) => ({
    method,
    url,
    headers: [...headers],
    body,
  }))
  expect(requests).toEqual(Array.from({ length: 4 }, () => requests[0]))
})

/**
 * `pre-entrust-sign` → `preEntrustSign`, `{service_id}` → `_service_id_`: a second implementation,
 * to compare with.
 */
const propertyOf = (segment: string) =>
  segment
    .replace(/^\{(.*)\}$/, '_$1_')
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

test.each(Object.values(spec.operations))(
  'all six styles of $id send what $id sends',
  async ({ id, method, path }) => {
    const { client, seen } = setUp()
    type Send = (args: object) => Promise<{ data: unknown }>
    type Step = { readonly [name: string]: Step & Send }
    const anyClient = client as unknown as Step & { chain(route: string): Step }
    const route = path.slice(1)
    const byProperty = route
      .split('/')
      .reduce<Step>((step, segment) => step[propertyOf(segment)] as Step, anyClient)
    const { args } = operationExamples[id]
    const found: unknown[] = []
    await (client[id] as Send)(args)
    for (const step of [byProperty, anyClient.chain(route), anyClient[route]]) {
      const verb = method.toLowerCase()
      found.push((await step?.[verb]?.(args))?.data)
      await step?.[`${verb}Async`]?.(args).then(({ data }) => found.push(data))
    }
    expect(found).toEqual(Array.from({ length: 6 }, () => preSignResponse))
    const [byId, ...others] = seen.map(({ method, url, body }) => ({ method, url, body }))
    expect(byId?.method).toBe(method)
    expect(others).toEqual(Array.from({ length: 6 }, () => byId))
  },
)

test('path parameters in all three styles, GET and POST; capital letters in an id are preserved', async () => {
  const { client, seen } = setUp()
  const byCode =
    client.v3.passwordExemptContract.contracts.serviceId._service_id_.outContractCode
      ._out_contract_code_
  const remark = { contract_termination_remark: '用户解约' }
  await byCode.get({ path })
  await client
    .chain(
      'v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}',
    )
    .get({ path })
  await client[
    'v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}'
  ].getAsync({ path })
  await byCode.terminate.post({ path, json: remark })
  const target =
    '/v3/password-exempt-contract/contracts/service-id/12535/out-contract-code/wxwtDK20200910100000'
  expect(seen.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    `GET ${target}`,
    `GET ${target}`,
    `GET ${target}`,
    `POST ${target}/terminate`,
  ])
})

test('a value cannot leave its segment in any style', async () => {
  const { client, seen } = setUp()
  const route =
    'v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}'
  const styles: ((client: Client) => { get(args: object, options: object): Promise<unknown> })[] = [
    ({ v3 }) =>
      v3.passwordExemptContract.contracts.serviceId._service_id_.outContractCode
        ._out_contract_code_ as never,
    (client) => client.chain(route) as never,
    (client) => client[route] as never,
  ]
  const unchecked = { checkRequest: false }
  for (const style of styles) {
    await style(client).get(
      { path: { service_id: 1, out_contract_code: 'a/../b?c#d\\e' } },
      unchecked,
    )
    const rejected = style(client).get(
      { path: { service_id: 1, out_contract_code: '..' } },
      unchecked,
    )
    expect(await rejection(rejected)).toMatchObject({
      name: 'RequestError',
      code: 'unsafe-path-parameter',
    })
  }
  expect(seen.map(({ url }) => new URL(url).pathname)).toEqual(
    Array.from(
      { length: 3 },
      () =>
        '/v3/password-exempt-contract/contracts/service-id/1/out-contract-code/a%2F..%2Fb%3Fc%23d%5Ce',
    ),
  )
})

test('any other path of APIv3 is called by request; no typed style has it', async () => {
  const { client, seen } = setUp()
  await client.request('GET', '/v3/refund/domestic/refunds/Refund1', {
    query: { mchid: '1900000109' },
  })
  expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET https://api.mch.weixin.qq.com/v3/refund/domestic/refunds/Refund1?mchid=1900000109',
  ])
  expect(client.v3).not.toHaveProperty('refund')
})

test('a style has the errors of the operation: RequestError before sending, ApiError after', async () => {
  const { client } = setUp()
  const error = await rejection(
    client.v3.passwordExemptContract.contracts.qs.preEntrustSign.miniProgram.post({
      json: { ...json, appid: '' },
    }),
  )
  expect(error).toMatchObject({
    name: 'RequestError',
    code: 'too-short',
    operation: 'qsMiniProgramPreEntrustSign',
  })
  const { fetch } = responding(() => new Response('{}'))
  expect(await rejection(createClient({ fetch }).v3.certificates.get())).toMatchObject({
    name: 'ApiError',
    code: 'UNVERIFIED_RESPONSE',
  })
})

test('await, return from an async function, JSON, logging, spread, comparison: nothing is sent', async () => {
  const { client, seen } = setUp()
  const steps: unknown[] = [
    client,
    client.v3,
    client.v3.certificates,
    client.chain('v3/certificates'),
    client['v3/certificates'],
  ]
  for (const step of steps) {
    expect(await step).toBe(step)
    expect(await (async () => step)()).toBe(step)
    JSON.stringify(step)
    inspect(step, { depth: null, showHidden: true, getters: true })
    expect({ ...(step as object) }).toEqual(step)
    const { then, catch: caught, toJSON } = step as Record<string, unknown>
    expect([then, caught, toJSON]).toEqual([undefined, undefined, undefined])
    expect(Object.getOwnPropertySymbols(step)).toEqual([])
    expect((step as { [Symbol.iterator]?: unknown })[Symbol.iterator]).toBeUndefined()
  }
  expect(seen).toHaveLength(0)
})

test('an unknown path is a TypeError that names request', () => {
  const { client } = setUp()
  for (const route of ['v3/nope', '/v3/certificates', 'toString', '__proto__']) {
    expect(() => client.chain(route as 'v3/certificates'), route).toThrow(
      'client.request(method, path, init)',
    )
  }
})
