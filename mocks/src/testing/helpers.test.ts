import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createPlatformKeys } from '@wechatpay-entrust/auth'
import { receiveNotification } from '@wechatpay-entrust/notification'
import { expect } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { test } from '../entries/vitest.ts'
import { generateTestNotification, type TestNotificationOptions } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'
import { preSignBody } from './by-hand.ts'

test('the vitest fixture provides a mock, and the matchers read its state', async ({ mock }) => {
  const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
  expect(mock).not.toHavePreSigned()
  const { data } = await wechatpay.qsMiniProgramPreEntrustSign({ json: preSignBody as never })
  const { out_contract_code } = preSignBody
  expect(mock).toHavePreSigned({ out_contract_code, state: 'open' })
  // A field that only some of the modes have, too.
  expect(mock).toHavePreSigned({ openid: preSignBody.openid, sub_appid: preSignBody.sub_appid })
  expect(mock).not.toHavePreSigned({ out_contract_code, state: 'signed' })
  expect(mock).not.toHaveContract({ out_contract_code })
  expect(mock).not.toHaveNotified()

  await mock.user.signs(data)
  expect(mock).toHaveContract({ out_contract_code, contract_id: expect.stringMatching(/./) })
  expect(mock).toHaveNotified({
    attempt: 1,
    event_type: 'ENTRUST.SIGN',
    resource: { out_contract_code },
  })
  expect(mock).not.toHaveNotified({ resource: { out_contract_code: 'another' } })
  await mock.user.terminates(preSignBody)
  expect(mock).not.toHaveContract({ out_contract_code })
  expect(mock).toHaveContract({ contract_state: 'TERMINATED' })
})

test('the next test has a new mock', ({ mock }) => {
  expect([mock.requests(), mock.contracts()]).toEqual([[], []])
})

test('a matcher that fails reports the expected and the actual state', ({ mock }) => {
  expect(() => expect(mock).toHavePreSigned({ out_contract_code: 'A1' })).toThrow(
    /^expected the mock to have a session with [\s\S]*"A1"[\s\S]*\nit has 0: /,
  )
})

/** Receives a generated notification as an application would. */
async function receive(options: TestNotificationOptions) {
  const { mchid, apiV3Key, publicKey, platform } = mockKeys
  const platformKeys = createPlatformKeys({
    publicKey: { id: publicKey.id, pem: publicKey.publicKey },
    platformCertificates: [platform.certificate],
    allowMockKeys: true,
  })
  const request = new Request('https://shop.test/notify', await generateTestNotification(options))
  return receiveNotification(request, { mchid, apiV3Key, platformKeys }).catch(
    (error: unknown) => error,
  )
}

test('generateTestNotification creates a notification that a receiver accepts', async () => {
  expect(await receive({ resource: { out_contract_code: 'A1' } })).toMatchObject({
    kind: 'signed',
    resource: { out_contract_code: 'A1', contract_state: 'SIGNED' },
  })
  expect(await receive({ kind: 'terminated', key: 'certificate', id: 'EV-1' })).toMatchObject({
    kind: 'terminated',
    id: 'EV-1',
    resource: { contract_state: 'TERMINATED' },
  })
  expect(await receive({ event_type: 'OTHER' })).toMatchObject({ kind: 'unknown' })
})

test('generateTestNotification creates notifications that a receiver must reject', async () => {
  expect(await receive({ ageSeconds: 305 })).toMatchObject({ code: 'stale-timestamp' })
  expect(await receive({ probe: true })).toMatchObject({ code: 'mismatch', probe: true })
  expect(await receive({ mchid: '1900000200' })).toMatchObject({ name: 'NotificationError' })
  expect(await receive({ apiV3Key: 'a'.repeat(32) })).toMatchObject({ code: 'not-openable' })
})

test('generateTestNotification with a seed and a clock creates the same bytes', async () => {
  const options = { seed: 1, clock: () => 1_800_000_000_000 }
  expect(await generateTestNotification(options)).toEqual(await generateTestNotification(options))
})

test.for([['.'], ['./matchers'], ['./node']])('CommonJS can require %s', ([entry = '']) => {
  const specifier = join('@wechatpay-entrust/mock', entry)
  const script = `process.stdout.write(String(Object.keys(require('${specifier}')).length > 0))`
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@wechatpay-entrust/source', '--no-warnings', '-e', script],
    { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' },
  )
  expect([stdout, stderr]).toEqual(['true', ''])
})
