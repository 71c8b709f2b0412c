import { expect, test } from 'vitest'
import {
  preSignBody,
  preSignResponse,
  rejection,
  repeating,
  responding,
  verified,
} from '../testing/handler.ts'
import { createClient } from './client.ts'
import type { ClientEvent } from './events.ts'
import type { ClientFetch } from './transport.ts'

const code = { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' }

function client(fetch: ClientFetch) {
  const events: ClientEvent[] = []
  const onEvent = (event: ClientEvent) => events.push(event)
  const violations = () => events.filter(({ type }) => type === 'response:violation')
  return { ...createClient({ fetch, onEvent }), violations }
}

test('a response that does not fit the spec is returned, and reported once per operation and field', async () => {
  const { fetch } = responding((request) => repeating(request, { mchid: 5, new_field: true }))
  const { getContractByCode, violations } = client(fetch)
  const { data } = await getContractByCode({ path: code })
  await getContractByCode({ path: code })
  expect(data).toMatchObject({ ...code, new_field: true })
  expect(violations().map((event) => 'field' in event && event.field)).toEqual([
    '/mchid',
    '/contract_id',
    '/appid',
    '/openid',
    '/contract_state',
    '/contract_signed_time',
  ])
  expect(violations()[0]).toEqual({
    type: 'response:violation',
    operation: 'getContractByCode',
    field: '/mchid',
    code: 'wrong-type',
    expected: 'a string',
    found: 'the number 5',
    requestId: '08F8A9C0-268435715',
  })
})

test('the items of a list are one field, and a response that fits reports nothing', async () => {
  const { getCertificates, qsMiniProgramPreEntrustSign, violations } = client(
    responding(({ method }) =>
      method === 'GET' ? verified({ data: [{}, {}] }) : verified(preSignResponse),
    ).fetch,
  )
  await qsMiniProgramPreEntrustSign({ json: preSignBody })
  expect(violations()).toEqual([])
  await getCertificates()
  const fields = violations().map((event) => 'field' in event && event.field)
  expect(fields.every((field) => String(field).startsWith('/data/0/'))).toBe(true)
})

test('T-26 no personal value is in a violation', async () => {
  const openid = 'canary'.repeat(20)
  const { fetch } = responding((request) => repeating(request, { openid }))
  const { getContractByCode, violations } = client(fetch)
  await getContractByCode({ path: code })
  expect(violations().some((event) => 'field' in event && event.field === '/openid')).toBe(true)
  expect(JSON.stringify(violations())).not.toContain('canary')
})

test.each([
  ['another code', { ...code, out_contract_code: 'another' }, 'another value'],
  ['another service', { ...code, service_id: 1 }, 'another value'],
  ['a list of certificates', { data: [] }, 'nothing'],
  ['an object', { ...code, service_id: { toString: () => '12535' } }, 'no text'],
])('T-43 a genuine response to another request is rejected: %s', async (_, body, found) => {
  const { fetch, seen } = responding(() => verified(body))
  const { getContractByCode, qsMiniProgramPreEntrustSign } = client(fetch)
  const read = await rejection(getContractByCode({ path: code }))
  expect(read).toMatchObject({
    name: 'ApiError',
    code: 'MISMATCHED_RESPONSE',
    outcome: 'failed',
    retryable: false,
    verified: true,
    notFound: false,
  })
  expect(String(read)).toContain(`found ${found} as `)
  const json = { ...preSignBody, out_contract_code: 'mine', service_id: 12535 }
  const write = await rejection(qsMiniProgramPreEntrustSign({ json }))
  expect(write).toMatchObject({ code: 'MISMATCHED_RESPONSE', outcome: 'unknown' })
  expect(seen).toHaveLength(2)
})

test('T-43 the response to a termination of another contract is rejected, an empty 204 is not', async () => {
  const args = { path: code, json: { contract_termination_remark: '用户解约' } }
  const foreign = client(
    responding(() => verified({ ...code, mchid: '1900009191', out_contract_code: 'B' })).fetch,
  )
  expect(await rejection(foreign.terminateContractByCode(args))).toMatchObject({
    code: 'MISMATCHED_RESPONSE',
    outcome: 'unknown',
  })
  const empty = client(
    responding(() => Object.assign(new Response(null, { status: 204 }), { verified: true })).fetch,
  )
  await expect(empty.terminateContractByCode(args)).resolves.toMatchObject({ data: undefined })
})

test('numbers and texts are equal as text', async () => {
  const { getContractByCode } = client(
    responding(() => verified({ ...code, service_id: '12535' })).fetch,
  )
  await expect(getContractByCode({ path: code })).resolves.toBeDefined()
})
