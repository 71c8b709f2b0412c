import { type Credentials, createFieldEncryption, type PlatformKeys } from '@wechatpay-entrust/auth'
import { importRsaPrivateKey, randomHex } from '@wechatpay-entrust/auth/crypto'
import { decodeBase64 } from '@wechatpay-entrust/base'
import type { WeChatPay } from 'wechatpay-entrust'
import { attempt, explain, type Report } from './check.ts'
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
  remedy: {
    en: 'With --notify-url WeChat Pay sends one, and with --listen PORT it is received here.',
    zh: '使用 --notify-url 时微信支付会发送通知，加上 --listen PORT 即可在本机接收。',
  },
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
      remedy: {
        en: 'Look for a proxy or gateway that changes bodies.',
        zh: '请检查是否有代理或网关改写了报文。',
      },
    })
    return false
  }
  report({
    check: 'echo',
    state: 'ok',
    found: 'the text came back, signed, and what was encrypted was accepted',
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
      found: `the private key opens the response${isSame ? '' : ', which holds another text'}`,
    })
  } catch {
    report({
      check,
      state: 'warn',
      found: 'the private key does not open the encrypted response',
      remedy: {
        en: 'WeChat Pay may have a newer certificate of yours: replace key and serial number.',
        zh: '微信支付可能已使用你的新证书：请替换私钥和证书序列号。',
      },
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
    return report({
      check,
      state: 'skip',
      found: 'sent to notify_url, and not seen from here',
      remedy: {
        en: 'Look for event_type SECURITY_ECHO.SUCCESS in your service, or receive it here with --listen PORT.',
        zh: '请在你的服务中查找 event_type 为 SECURITY_ECHO.SUCCESS 的通知，或用 --listen PORT 在本机接收。',
      },
    })
  }
  const received = await receiver.next(waitSeconds, signal)
  if (received === undefined) {
    const remedy = {
      en: 'Check that notify_url leads to the port of --listen, from outside, without redirect or login.',
      zh: '请检查从外网访问 notify_url 能否到达 --listen 的端口，且没有重定向或登录验证。',
    }
    return report({ check, state: 'fail', found: `none came within ${waitSeconds} s`, remedy })
  }
  if ('rejected' in received) {
    const { found, remedy } = explain(received.error)
    const reason = `one came and was rejected (${received.rejected}): ${found}`
    return report({ check, state: 'fail', found: reason, remedy })
  }
  const isOurs =
    received.event_type === 'SECURITY_ECHO.SUCCESS' && received.plaintext.includes(text)
  if (!isOurs)
    return report({
      check,
      state: 'warn',
      found: `another notification came: ${received.event_type.slice(0, 40)}`,
      remedy: {
        en: 'Run doctor again; let notify_url receive nothing else meanwhile.',
        zh: '请重新运行 doctor，期间不要让该 notify_url 接收其他通知。',
      },
    })
  report({ check, state: 'ok', found: 'came, verified, and opened with the APIv3 key' })
}
