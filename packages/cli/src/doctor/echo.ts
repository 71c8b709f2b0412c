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
   * Port on which the notification is awaited; behind a proxy or tunnel that `notifyUrl` leads to.
   */
  readonly listenOn: number | undefined
  readonly waitSeconds: number
  readonly signal: AbortSignal
}

/**
 * Has WeChat Pay say back a text, `POST /v3/security/echo` (商户签名验签/加解密测试): encryption both ways,
 * and with a `notifyUrl` a real notification, sealed with the APIv3 key.
 *
 * https://pay.weixin.qq.com/doc/v3/partner/4015139289
 * https://pay.weixin.qq.com/doc/v3/partner/4019605946
 */
export async function checkEcho(parts: EchoParts, report: Report): Promise<void> {
  const { notifyUrl, listenOn } = parts
  await attempt(report, 'echo', async () => {
    const receiver = listenOn === undefined ? undefined : await listen(parts.client, listenOn)
    try {
      const said = `doctor-${randomHex(8)}`
      if (!(await callEcho(parts, said, report))) return
      if (notifyUrl === undefined) return report(noCallback)
      await awaitCallback(parts, receiver, said, report)
    } finally {
      await receiver?.close()
    }
  })
}

const noCallback = {
  check: 'echo notification',
  state: 'skip',
  found: 'none asked for',
  fix: 'With --notify-url WeChat Pay sends one, and with --listen PORT it is received here.',
} as const

async function callEcho(parts: EchoParts, said: string, report: Report): Promise<boolean> {
  const { client, platformKeys, privateKey, notifyUrl, signal } = parts
  const { encrypt } = await createFieldEncryption(platformKeys)
  const json = {
    echo_message: said,
    encrypted_echo_message: await encrypt(said, 'encrypted_echo_message'),
    ...(notifyUrl !== undefined && { notify_url: notifyUrl }),
  }
  // Not repeated: each call may send a notification.
  const { data } = await client.request('POST', '/v3/security/echo', {
    json,
    signal,
    maxAttempts: 1,
  })
  const answer = data as { echo_message?: unknown; encrypted_echo_message?: unknown }
  if (answer.echo_message !== said) {
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
  if (typeof answer.encrypted_echo_message === 'string') {
    await checkDecryption(answer.encrypted_echo_message, said, privateKey, report)
  }
  return true
}

/** The answer is encrypted with the key of the merchant's certificate, as WeChat Pay has it. */
async function checkDecryption(
  sealed: string,
  said: string,
  privateKey: string,
  report: Report,
): Promise<void> {
  const check = 'echo decryption'
  try {
    const bytes = await importRsaPrivateKey(privateKey, 'privateKey').decrypt(
      decodeBase64(sealed) ?? new Uint8Array(),
    )
    // What is in it is not documented, only with which key it is encrypted.
    const isSame = new TextDecoder().decode(bytes) === said
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

async function awaitCallback(
  { waitSeconds, signal }: EchoParts,
  receiver: Receiver | undefined,
  said: string,
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
  const heard = await receiver.next(waitSeconds, signal)
  if (heard === undefined) {
    const fix =
      'Check that notify_url leads to the port of --listen, from outside, without redirect or login.'
    return report({ check, state: 'fail', found: `none came within ${waitSeconds} s`, fix })
  }
  if ('refused' in heard) {
    const fix =
      heard.refused === 'not-openable'
        ? 'The APIv3 key is not the one on the merchant platform.'
        : heard.message
    return report({
      check,
      state: 'fail',
      found: `one came and was refused (${heard.refused})`,
      fix,
    })
  }
  const isOurs = heard.event_type === 'SECURITY_ECHO.SUCCESS' && heard.plaintext.includes(said)
  if (!isOurs)
    return report({
      check,
      state: 'warn',
      found: `another notification came: ${heard.event_type.slice(0, 40)}`,
    })
  report({ check, state: 'ok', found: 'came, verified, and opened with the APIv3 key' })
}
