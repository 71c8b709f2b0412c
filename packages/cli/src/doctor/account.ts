import {
  type Credentials,
  createSigningFetch,
  type PlatformKeys,
  type SigningResponse,
} from '@wechatpay-entrust/auth'
import { parseJsonStrict, type Remedy } from '@wechatpay-entrust/base'
import { signErrorRemedy } from '@wechatpay-entrust/core'
import { openCertificates } from '../output/certificate-list.ts'
import { type CheckResult, codeOf, explain, type Report } from './check.ts'
import type { Host } from './hosts.ts'

export interface Account {
  readonly credentials: Credentials
  readonly platformKeys: PlatformKeys
  readonly apiV3Key: readonly string[] | undefined
}

/**
 * Requests the platform certificates from each host, a call without effect. It shows whether the
 * host accepts our signature, and whether we can verify its signature with each key that we have.
 */
export async function checkAccount(
  account: Account,
  hosts: readonly Host[],
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const signingFetch = createSigningFetch({
    credentials: account.credentials,
    platformKeys: account.platformKeys,
  })
  for (const [index, { url }] of hosts.entries()) {
    // The keys belong to the account, so one host is enough to test each of them.
    const serials =
      index === 0 ? account.platformKeys.serials : account.platformKeys.serials.slice(0, 1)
    for (const [nth, serial] of serials.entries()) {
      const isFirst = index === 0 && nth === 0
      const headers = {
        Accept: 'application/json',
        'User-Agent': 'wechatpay-entrust',
        'Wechatpay-Serial': serial,
      }
      const check = `signatures, ${new URL(url).host}`
      try {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(10_000)])
        const response = await signingFetch(`${url}/v3/certificates`, { headers, signal: limit })
        report(checkSignatures(response, serial, check))
        if (response.status === 401) return
        if (isFirst) await proveApiV3Key(response, account.apiV3Key, report)
      } catch (error) {
        signal.throwIfAborted()
        const isSignatureError = error instanceof Error && error.name === 'SignatureError'
        const failure = isSignatureError
          ? explain(error)
          : { found: `no response (${codeOf(error)})`, remedy: noResponse }
        // doctor passes the bytes as received, so of the causes of a mismatch only the key is left.
        const isMismatch = isSignatureError && 'code' in error && error.code === 'mismatch'
        report({ check, state: 'fail', ...failure, ...(isMismatch && { remedy: wrongKey }) })
      }
    }
  }
}

function checkSignatures(response: SigningResponse, serial: string, check: string): CheckResult {
  const { status, verified, signError } = response
  const signedBy = response.headers.get('wechatpay-serial') ?? ''
  if (status === 401) {
    const remedy = signError === undefined ? wrongCredentials : signErrorRemedy(signError)
    return { check, state: 'fail', found: 'WeChat Pay rejects our signature (401)', remedy }
  }
  if (status === 400) {
    const remedy = {
      en: 'It belongs to another merchant, or the switch to it has not begun on the merchant platform.',
      zh: '该公钥ID或证书序列号属于其他商户，或尚未在商户平台开始切换。',
    }
    return { check, state: 'fail', found: `WeChat Pay rejects the key ${serial} (400)`, remedy }
  }
  if (!verified) {
    const found = `HTTP ${status} without a valid signature, so nothing is known`
    const remedy = {
      en: 'Try again later; check whether a proxy or gateway responds in its place.',
      zh: '请稍后重试，并检查是否有代理或网关代替微信支付应答。',
    }
    return { check, state: 'warn', found, remedy }
  }
  if (signedBy !== serial) {
    const remedy = {
      en: 'This is normal until the switch to the public key begins on the merchant platform: keep both keys.',
      zh: '在商户平台开始切换到公钥之前属于正常现象：请同时保留两个密钥。',
    }
    const found = `asked for ${serial}, and it signs with ${signedBy}`
    return { check, state: 'warn', found, remedy }
  }
  return { check, state: 'ok', found: `ours is accepted, and ${serial} verifies its own` }
}

async function proveApiV3Key(
  response: SigningResponse,
  apiV3Key: readonly string[] | undefined,
  report: Report,
): Promise<void> {
  const check = 'APIv3 key'
  if (apiV3Key === undefined) return
  if (response.status !== 200) {
    const found = `not proven: the account has no platform certificates to open (HTTP ${response.status})`
    return report({
      check,
      state: 'skip',
      found,
      remedy: {
        en: 'doctor --echo with --notify-url and --listen proves it.',
        zh: '可用 doctor --echo 配合 --notify-url 和 --listen 验证。',
      },
    })
  }
  try {
    const list = parseJsonStrict(new Uint8Array(await response.arrayBuffer()))
    const opened = await openCertificates(list as Parameters<typeof openCertificates>[0], apiV3Key)
    report({
      check,
      state: 'ok',
      found: `opens what WeChat Pay sealed (${opened.length} certificates)`,
    })
  } catch {
    const remedy = {
      en: 'Use the one that is set on the merchant platform (账户中心 → API安全); set a new one if no one knows it.',
      zh: '请使用商户平台（账户中心 → API安全）中设置的 APIv3密钥；如已遗忘，请重新设置。',
    }
    report({ check, state: 'fail', found: 'does not open what WeChat Pay sealed', remedy })
  }
}

const wrongKey: Remedy = {
  en: 'Take the public key, or the certificate, from the merchant platform again.',
  zh: '请从商户平台重新获取微信支付公钥或平台证书。',
}

const noResponse: Remedy = {
  en: 'Check the network, and run doctor again.',
  zh: '请检查网络，再重新运行 doctor。',
}

const wrongCredentials: Remedy = {
  en: 'Compare private key, serial number and mchid.',
  zh: '请核对商户API私钥、证书序列号和商户号。',
}
