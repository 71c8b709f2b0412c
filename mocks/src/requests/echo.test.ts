import { constants, privateDecrypt, publicEncrypt, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { createMock } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'

const padding = constants.RSA_PKCS1_OAEP_PADDING
const encryptFor = (key: string | X509Certificate['publicKey'], text: string) =>
  publicEncrypt({ key, padding }, Buffer.from(text)).toString('base64')
const decryptAsMerchant = (text: string) =>
  privateDecrypt(
    { key: mockKeys.merchant.privateKey, padding },
    Buffer.from(text, 'base64'),
  ).toString()

const { publicKey, platformCertificates, ...withoutKeys } = createMock().merchant
const modes = {
  'public key': { keys: { publicKey }, key: publicKey?.pem ?? '' },
  certificate: {
    keys: { platformCertificates },
    key: new X509Certificate(mockKeys.platform.certificate).publicKey,
  },
}

test.each(Object.entries(modes))(
  'an echo returns the text, encrypted for the merchant, and sends it to notify_url (%s)',
  async (_, mode) => {
    const sent: Request[] = []
    const mock = createMock({
      async deliver({ url, headers, body }) {
        sent.push(
          new Request(url, { method: 'POST', headers, body: body as Uint8Array<ArrayBuffer> }),
        )
        return 204
      },
    })
    const client = createWeChatPay({ ...withoutKeys, ...mode.keys, fetch: mock.fetch })
    const json = {
      notify_url: 'https://yourapp.com/echo',
      echo_message: 'hello',
      encrypted_echo_message: encryptFor(mode.key, '保密'),
    }
    const { data } = await client.request('POST', '/v3/security/echo', { json })
    const { echo_message, encrypted_echo_message } = data as Record<string, string>
    expect(echo_message).toBe('hello')
    expect(decryptAsMerchant(encrypted_echo_message ?? '')).toBe('保密')

    await expect.poll(() => sent).toHaveLength(1)
    const event = await client.receiveNotification(sent[0] as Request)
    expect(event).toMatchObject({
      event_type: 'SECURITY_ECHO.SUCCESS',
      kind: 'unknown',
      original_type: 'security',
    })
    const told = event.resource as Record<string, string>
    expect(told.echo_message).toBe('hello')
    expect(decryptAsMerchant(told.encrypt_echo_message ?? '')).toBe('保密')
  },
)

test('an echo without notify_url sends no notification, and without the encrypted field encrypts nothing', async () => {
  const mock = createMock()
  const client = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
  const { data } = await client.request('POST', '/v3/security/echo', {
    json: { echo_message: 'hello' },
  })
  expect(data).toEqual({ echo_message: 'hello' })
  expect(mock.deliveries()).toEqual([])
})

test.each([
  [{}, '/echo_message'],
  [{ echo_message: 'hello', notify_url: 'http://yourapp.com/echo' }, '/notify_url'],
  [
    {
      echo_message: 'hello',
      encrypted_echo_message: encryptFor(modes.certificate.key, 'another key'),
    },
    '/encrypted_echo_message',
  ],
])('an echo that does not fit is PARAM_ERROR and names the field (%#)', async (json, field) => {
  const mock = createMock()
  const client = createWeChatPay({ ...withoutKeys, publicKey, fetch: mock.fetch })
  await expect(client.request('POST', '/v3/security/echo', { json })).rejects.toMatchObject({
    code: 'PARAM_ERROR',
    detail: { field },
  })
})
