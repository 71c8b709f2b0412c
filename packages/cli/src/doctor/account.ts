import {
  type Credentials,
  createSigningFetch,
  type PlatformKeys,
  type SigningResponse,
} from '@wechatpay-entrust/auth'
import { parseJsonStrict } from '@wechatpay-entrust/base'
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
          : { found: `no answer (${codeOf(error)})` }
        report({
          check,
          state: 'fail',
          ...failure,
          fix: failure.fix ?? (isSignatureError ? fixOf(error) : undefined),
        })
      }
    }
  }
}

function checkSignatures(response: SigningResponse, serial: string, check: string): CheckResult {
  const { status, verified, signError } = response
  const signedBy = response.headers.get('wechatpay-serial') ?? ''
  if (status === 401) {
    const fix = signError?.message ?? 'Compare private key, serial number and mchid.'
    return { check, state: 'fail', found: 'WeChat Pay does not take our signature (401)', fix }
  }
  if (status === 400) {
    const fix =
      'It belongs to another merchant, or the switch to it has not begun on the merchant platform.'
    return { check, state: 'fail', found: `WeChat Pay does not take the key ${serial} (400)`, fix }
  }
  if (!verified) {
    const found = `HTTP ${status} without a signature that holds, so nothing is known`
    return {
      check,
      state: 'warn',
      found,
      fix: 'Try again later; look whether something answers in its place.',
    }
  }
  if (signedBy !== serial) {
    const fix =
      'So it is until the switch to the public key is begun on the merchant platform: keep both keys.'
    return {
      check,
      state: 'warn',
      found: `asked for ${serial}, and it signs with ${signedBy}`,
      fix,
    }
  }
  return { check, state: 'ok', found: `ours is taken, and ${serial} verifies its own` }
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
      fix: 'doctor --echo with --notify-url and --listen proves it.',
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
    const fix =
      'Take the one that is set on the merchant platform (账户中心 → API安全); set a new one if no one knows it.'
    report({ check, state: 'fail', found: 'does not open what WeChat Pay sealed', fix })
  }
}

function fixOf(error: Error): string | undefined {
  const { code } = error as Error & { code?: string }
  if (code === 'mismatch')
    return 'Take the public key, or the certificate, from the merchant platform again.'
  return undefined
}
