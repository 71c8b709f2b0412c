/** For random responses without a valid signature, no API returns data or states a fact. */
import { operationExamples } from '@wechatpay-entrust/core/spec'
import { reconcile } from '@wechatpay-entrust/inbox'
import { createMock } from '@wechatpay-entrust/mock'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { createWeChatPay, type WeChatPay } from './index.ts'

const { json } = operationExamples.qsMiniProgramPreEntrustSign.args
const code = { service_id: json.service_id, out_contract_code: json.out_contract_code }
const path = code

const mock = createMock()
let respond: () => Response
let sent = 0
let wechatpay: WeChatPay

/** Genuine responses of the mock; each test changes them so that their signature is not valid. */
const genuine: { headers: [string, string][]; body: string }[] = []

beforeAll(async () => {
  const keep: typeof mock.fetch = async (input, init) => {
    const response = await mock.fetch(input, init)
    genuine.push({
      headers: [...response.headers],
      body: await response.clone().text(),
    })
    return response
  }
  const recording = createWeChatPay({ ...mock.merchant, allowMockKeys: true, fetch: keep })
  const { data } = await recording.qsMiniProgramPreEntrustSign({ json })
  await recording.getContractByCode({ path }).catch(() => undefined)
  await mock.user.signs(data)
  await recording.getContractByCode({ path })
  await recording.getCertificates()
  recording.close()
  wechatpay = createWeChatPay({
    ...mock.merchant,
    allowMockKeys: true,
    maxAttempts: 1,
    onEvent: () => {},
    fetch: async () => {
      sent += 1
      return respond()
    },
  })
})

const statuses = fc.oneof(
  fc.integer({ min: 200, max: 599 }),
  fc.constantFrom(200, 204, 301, 307, 400, 403, 404, 408, 409, 429, 500, 502, 503),
)
const codes = fc.constantFrom('RESOURCE_NOT_EXISTS', 'CONTRACT_NOT_EXIST', 'PARAM_ERROR', 'SUCCESS')
const bodies = fc.oneof(
  fc.constantFrom('', '{}', '<html>404 Not Found</html>', 'null', '[]'),
  codes.map((one) => JSON.stringify({ code: one, message: 'm' })),
  fc.string({ maxLength: 200 }),
)
const contentTypes = fc.constantFrom(
  'application/json',
  'text/html',
  'application/json; charset=gbk',
)

/** A response that someone on the way made up, with signature headers or without. */
const invented = fc
  .record({
    status: statuses,
    body: bodies,
    contentType: contentTypes,
    signature: fc.option(fc.base64String({ minLength: 4, maxLength: 344 })),
    serial: fc.constantFrom('4D4F434B', 'PUB_KEY_ID_1', 'none'),
    age: fc.integer({ min: -600, max: 600 }),
  })
  .map(({ status, body, contentType, signature, serial, age }) => {
    const signed = signature !== null && {
      'wechatpay-signature': signature,
      'wechatpay-serial': serial,
      'wechatpay-nonce': 'a'.repeat(32),
      'wechatpay-timestamp': String(Math.floor(Date.now() / 1000) + age),
    }
    return { status, body, headers: { 'content-type': contentType, ...signed } }
  })

/** A genuine response, with one change that its signature does not allow. */
const altered = fc
  .record({
    index: fc.nat(),
    status: statuses,
    change: fc.constantFrom(
      'body',
      'wechatpay-signature',
      'wechatpay-timestamp',
      'wechatpay-nonce',
      'wechatpay-serial',
      'leave out',
    ),
    at: fc.nat(),
  })
  .map(({ index, status, change, at }) => {
    const { headers: given, body } = genuine[index % genuine.length] as (typeof genuine)[number]
    const headers: Record<string, string> = Object.fromEntries(given)
    if (change === 'leave out') delete headers['wechatpay-signature']
    else if (change !== 'body') headers[change] = replaceAt(headers[change] ?? '', at)
    return { status, headers, body: change === 'body' ? `${body} ` : body }
  })

/** Replaces one character by another one of the same kind. */
function replaceAt(text: string, position: number): string {
  const at = position % Math.max(1, text.length)
  const other = text[at] === '1' ? '2' : '1'
  return text.slice(0, at) + other + text.slice(at + 1)
}

const hasNoBody = (status: number) => [204, 205, 304].includes(status)

test('T-42 an unverified response never changes what a caller may conclude', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(invented, altered), async ({ status, headers, body }) => {
      respond = () => new Response(hasNoBody(status) ? null : body, { status, headers })
      const reads = [
        wechatpay.getContractByCode({ path }),
        wechatpay.getCertificates(),
        wechatpay.request('GET', '/v3/x'),
        wechatpay.waitForContract({ ...code, timeout: 1 }),
      ]
      for (const read of await Promise.allSettled(reads)) {
        expect(read.status).toBe('rejected')
        expect((read as PromiseRejectedResult).reason).not.toMatchObject({ notFound: true })
      }
      const writes = [
        () => wechatpay.qsMiniProgramPreEntrustSign({ json }),
        () =>
          wechatpay.terminateContractByCode({
            path,
            json: { contract_termination_remark: '解约' },
          }),
        () => wechatpay.request('POST', '/v3/x', { json: {} }),
      ]
      for (const write of writes) {
        const before = sent
        const error = await write().then(
          () => undefined,
          (reason) => reason,
        )
        expect(error).toMatchObject({ outcome: status === 401 ? 'failed' : 'unknown' })
        expect(sent - before).toBe(1)
      }
    }),
    { numRuns: 300 },
  )
}, 120_000)

test('T-42 reconcile counts unverified responses as failed, never as "not signed"', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(invented, altered), async ({ status, headers, body }) => {
      respond = () => new Response(hasNoBody(status) ? null : body, { status, headers })
      const failures: unknown[] = []
      const counts = await reconcile({
        pending: [code, code],
        getContractByCode: wechatpay.getContractByCode,
        onContract: () => expect.fail('a contract was concluded'),
        wait: async () => {},
        onEvent: (event) => failures.push(event),
      })
      expect(counts).toEqual({ found: 0, notSigned: 0, failed: 2 })
      expect(failures).toHaveLength(2)
    }),
    { numRuns: 100 },
  )
}, 120_000)
