import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { checkSchema, isLoopbackUrl, type JsonSchema } from '@wechatpay-entrust/core'
import { spec } from '@wechatpay-entrust/core/spec'
import { codeOf, type Report } from './check.ts'

const check = 'notify_url'
const definitions = spec.schemas as Readonly<Record<string, JsonSchema>>

/** Checks the documented rules (回调通知注意事项), and that the URL rejects an unsigned message. */
export async function checkNotifyUrl(
  url: string | undefined,
  {
    allowLoopbackHttp,
    signal,
  }: { readonly allowLoopbackHttp: boolean; readonly signal: AbortSignal },
  report: Report,
): Promise<void> {
  if (url === undefined) {
    return report({
      check,
      state: 'skip',
      found: 'none given',
      fix: 'Give it as --notify-url to have it checked.',
    })
  }
  const schema = { type: 'object', properties: { notify_url: notifyUrlSchema() } }
  const [violation] = checkSchema(schema, { notify_url: url }, { definitions, allowLoopbackHttp })
  if (violation)
    return report({
      check,
      state: 'fail',
      found: violation.found,
      fix: `Expected: ${violation.expected}.`,
    })
  if (!(allowLoopbackHttp && isLoopbackUrl(url)) && !(await isPublic(url, report))) return
  await probe(url, signal, report)
}

/** The schema of `notify_url`; it is the same in every pre-sign body. */
function notifyUrlSchema(): JsonSchema {
  const found = Object.values(definitions).find(
    (schema) => schema.properties?.notify_url !== undefined,
  )
  if (found?.properties?.notify_url === undefined) throw new TypeError('The spec has no notify_url')
  return found.properties.notify_url
}

async function isPublic(url: string, report: Report): Promise<boolean> {
  const { hostname } = new URL(url)
  const fix = 'WeChat Pay takes a public host name: no address, no name of an internal network.'
  if (
    isIP(hostname.replace(/^\[|\]$/g, '')) ||
    hostname === 'localhost' ||
    !hostname.includes('.')
  ) {
    report({ check, state: 'fail', found: 'an IP address or a local name as host', fix })
    return false
  }
  try {
    const addresses = await lookup(hostname, { all: true })
    if (!addresses.every(({ address }) => isPrivate(address))) return true
    report({ check, state: 'fail', found: `${hostname} leads to an internal address`, fix })
  } catch (error) {
    report({
      check,
      state: 'fail',
      found: `${hostname} cannot be resolved (${codeOf(error)})`,
      fix: 'Check its DNS entry.',
    })
  }
  return false
}

const isPrivate = (address: string): boolean =>
  /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|0\.|::1$|f[cd]|fe80)/i.test(address)

/**
 * Sends an unsigned message, which must be rejected. A redirect or a login page would swallow the
 * notifications of WeChat Pay.
 */
async function probe(url: string, signal: AbortSignal, report: Report): Promise<void> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]),
    })
    await response.body?.cancel()
    const found = `an unsigned message is answered with HTTP ${response.status}`
    if (response.ok) {
      const fix = 'Anybody could send one: verify before anything else (docs: Notifications).'
      return report({ check, state: 'fail', found, fix })
    }
    if (response.status === 401)
      return report({ check, state: 'ok', found: `${found}, as it should be` })
    const fix =
      'Expected is 401: look whether the route, a redirect, a login or the method stands in the way.'
    report({
      check,
      state: response.status < 400 || response.status === 404 ? 'fail' : 'warn',
      found,
      fix,
    })
  } catch (error) {
    signal.throwIfAborted()
    const fix = 'Seen from here only; WeChat Pay comes from outside.'
    report({ check, state: 'warn', found: `no answer within 5 s (${codeOf(error)})`, fix })
  }
}
