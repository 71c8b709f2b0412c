import { expect, test, vi } from 'vitest'
import { rejection, unverified, verified } from '../testing/handler.ts'
import { client, code, contract, notFound, useFakeWait } from '../testing/waiting.ts'

useFakeWait()

const forged = Object.assign(new Error('forged'), {
  name: 'SignatureError',
  code: 'mismatch',
  probe: false,
})
const page = () => unverified('<html>404</html>', { status: 404 })

test.each([
  ['a 404 of a gateway', page],
  [
    'an unsigned RESOURCE_NOT_EXISTS',
    () => unverified('{"code":"RESOURCE_NOT_EXISTS"}', { status: 404 }),
  ],
  [
    'an unsigned CONTRACT_NOT_EXIST',
    () => unverified('{"code":"CONTRACT_NOT_EXIST"}', { status: 403 }),
  ],
  [
    'a forged response',
    () => {
      throw forged
    },
  ],
  ['a response to another request', () => verified({ ...code, out_contract_code: 'another' })],
])('T-42 %s never means "not signed": five in a row reject', async (_, response) => {
  const { client: wechatpay, seen } = client(response)
  const ended = rejection(wechatpay.waitForContract(code))
  await vi.advanceTimersByTimeAsync(120_000)
  expect(seen).toHaveLength(5)
  expect(await ended).toBeInstanceOf(Error)
})

test('T-42 a few untrusted responses do not end the wait, and a trusted one starts the count again', async () => {
  const four = [page, page, page, page]
  const { client: wechatpay } = client(...four, notFound, ...four, () => contract('SIGNED'))
  const wait = wechatpay.waitForContract(code)
  await vi.advanceTimersByTimeAsync(600_000)
  expect((await wait)?.data.contract_state).toBe('SIGNED')
})

test('T-42 at the end of the session an untrusted 404 rejects instead of returning undefined', async () => {
  const { client: wechatpay } = client(page)
  expect(await rejection(wechatpay.waitForContract({ ...code, timeout: 0 }))).toMatchObject({
    status: 404,
    verified: false,
    notFound: false,
  })
})
