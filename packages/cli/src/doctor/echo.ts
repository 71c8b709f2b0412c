import { type Credentials, createFieldEncryption, type PlatformKeys } from '@wechatpay-entrust/auth'
import { importRsaPrivateKey, randomHex } from '@wechatpay-entrust/auth/crypto'
import { decodeBase64 } from '@wechatpay-entrust/base'
import type { WeChatPay } from 'wechatpay-entrust'
import { attempt, type Report } from './check.ts'
import { listen, type Receiver } from './echo-receiver.ts'

export interface EchoParts {
  readonly client: WeChatPay
  readonly credentials: Credentials
  readonly platformKeys: PlatformKeys
  readonly privateKey: string
  readonly notifyUrl: string | undefined
  /**
   * Port that receives the notification; `notifyUrl` must lead to it, by a proxy or a tunnel.
   */
  readonly listenOn: number | undefined
  readonly waitSeconds: number
  readonly signal: AbortSignal
}

/**
 * Calls `POST /v3/security/echo` (商户签名验签/加解密测试), which returns the text that it was sent. It tests
 * encryption in both directions, and with a `notifyUrl` WeChat Pay sends a real notification that is
 * sealed with the APIv3 key.
 *
 * https://pay.weixin.qq.com/doc/v3/partner/4015139289
 * https://pay.weixin.qq.com/doc/v3/partner/4019605946
 */
export async function checkEcho(parts: EchoParts, report: Report): Promise<void> {
  const { notifyUrl, listenOn } = parts
  await attempt(report, 'echo', async () => {
    const receiver = listenOn === undefined ? undefined : await listen(parts.client, listenOn)
    try {
      const text = `doctor-${randomHex(8)}`
      if (!(await callEcho(parts, text, report))) return
      if (notifyUrl === undefined) return report(noNotification)
      await awaitNotification(parts, receiver, text, report)
    } finally {
      await receiver?.close()
    }
  })
}

const noNotification = {
  check: 'echo notification',
  state: 'skip',
  found: 'none asked for',
  fix: 'With --notify-url WeChat Pay sends one, and with --listen PORT it is received here.',
} as const

async function callEcho(parts: EchoParts, text: string, report: Report): Promise<boolean> {
  const { client, platformKeys, privateKey, notifyUrl, signal } = parts
  const { encrypt } = await createFieldEncryption(platformKeys)
  const json = {
    echo_message: text,
    encrypted_echo_message: await encrypt(text, 'encrypted_echo_message'),
    ...(notifyUrl !== undefined && { notify_url: notifyUrl }),
  }
  // One attempt only: each call may send a notification.
  const { data } = await client.request('POST', '/v3/security/echo', {
    json,
    signal,
    maxAttempts: 1,
  })
  const response = data as { echo_message?: unknown; encrypted_echo_message?: unknown }
  if (response.echo_message !== text) {
    report({
      check: 'echo',
      state: 'fail',
      found: 'another text came back',
      fix: 'Something on the way changes bodies.',
    })
    return false
  }
  report({
    check: 'echo',
    state: 'ok',
    found: 'the text came back, signed, and what was encrypted was taken',
  })
  if (typeof response.encrypted_echo_message === 'string') {
    await checkDecryption(response.encrypted_echo_message, text, privateKey, report)
  }
  return true
}

/** WeChat Pay encrypts with the key of the merchant certificate that it has on record. */
async function checkDecryption(
  sealed: string,
  text: string,
  privateKey: string,
  report: Report,
): Promise<void> {
  const check = 'echo decryption'
  try {
    const bytes = await importRsaPrivateKey(privateKey, 'privateKey').decrypt(
      decodeBase64(sealed) ?? new Uint8Array(),
    )
    // The content is not documented, only the key that encrypts it.
    const isSame = new TextDecoder().decode(bytes) === text
    report({
      check,
      state: 'ok',
      found: `the private key opens the answer${isSame ? '' : ', which holds another text'}`,
    })
  } catch {
    const fix = 'WeChat Pay may hold a newer certificate of yours: replace key and serial number.'
    report({
      check,
      state: 'warn',
      found: 'the private key does not open the encrypted answer',
      fix,
    })
  }
}

async function awaitNotification(
  { waitSeconds, signal }: EchoParts,
  receiver: Receiver | undefined,
  text: string,
  report: Report,
): Promise<void> {
  const check = 'echo notification'
  if (receiver === undefined) {
    const fix =
      'Look for event_type SECURITY_ECHO.SUCCESS in your service, or have it received here with --listen PORT.'
    return report({
      check,
      state: 'skip',
      found: 'sent to notify_url, and not seen from here',
      fix,
    })
  }
  const received = await receiver.next(waitSeconds, signal)
  if (received === undefined) {
    const fix =
      'Check that notify_url leads to the port of --listen, from outside, without redirect or login.'
    return report({ check, state: 'fail', found: `none came within ${waitSeconds} s`, fix })
  }
  if ('rejected' in received) {
    const fix =
      received.rejected === 'not-openable'
        ? 'The APIv3 key is not the one on the merchant platform.'
        : received.message
    return report({
      check,
      state: 'fail',
      found: `one came and was rejected (${received.rejected})`,
      fix,
    })
  }
  const isOurs =
    received.event_type === 'SECURITY_ECHO.SUCCESS' && received.plaintext.includes(text)
  if (!isOurs)
    return report({
      check,
      state: 'warn',
      found: `another notification came: ${received.event_type.slice(0, 40)}`,
    })
  report({ check, state: 'ok', found: 'came, verified, and opened with the APIv3 key' })
}
