import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { checkSchema, isLoopbackUrl, type JsonSchema } from '@wechatpay-entrust/core'
import { spec } from '@wechatpay-entrust/core/spec'
import { codeOf, type Report } from './check.ts'

const check = 'notify_url'
const definitions = spec.schemas as Readonly<Record<string, JsonSchema>>
/** That of a contract; an order also allows http over a private line (专线). */
const { notify_url } = spec.schemas.PreEntrustSignFields.properties

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
      remedy: {
        en: 'Pass it as --notify-url to have it checked.',
        zh: '如需检查，请用 --notify-url 传入。',
      },
    })
  }
  const schema = { type: 'object', properties: { notify_url } }
  const [violation] = checkSchema(schema, { notify_url: url }, { definitions, allowLoopbackHttp })
  if (violation)
    return report({
      check,
      state: 'fail',
      found: violation.found,
      remedy: {
        en: `Expected: ${violation.expected}.`,
        zh: '请使用公网可访问的 https 地址，长度不超过 256，不带查询参数。',
      },
    })
  if (!(allowLoopbackHttp && isLoopbackUrl(url)) && !(await isPublic(url, report))) return
  await probe(url, signal, report)
}

async function isPublic(url: string, report: Report): Promise<boolean> {
  const { hostname } = new URL(url)
  const remedy = {
    en: 'WeChat Pay accepts a public host name: no IP address, no name of an internal network.',
    zh: '微信支付要求使用公网域名：不能是 IP 地址或内网域名。',
  }
  if (
    isIP(hostname.replace(/^\[|\]$/g, '')) ||
    hostname === 'localhost' ||
    !hostname.includes('.')
  ) {
    report({ check, state: 'fail', found: 'an IP address or a local name as host', remedy })
    return false
  }
  try {
    const addresses = await lookup(hostname, { all: true })
    if (!addresses.every(({ address }) => isPrivate(address))) return true
    report({ check, state: 'fail', found: `${hostname} leads to an internal address`, remedy })
  } catch (error) {
    report({
      check,
      state: 'fail',
      found: `${hostname} cannot be resolved (${codeOf(error)})`,
      remedy: { en: 'Check its DNS entry.', zh: '请检查该域名的 DNS 解析。' },
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
    const found = `the response to an unsigned message is HTTP ${response.status}`
    if (response.ok) {
      const remedy = {
        en: 'Anyone could send one: verify before anything else (docs: Notifications).',
        zh: '任何人都可以伪造通知：处理之前必须先验签（参见文档“通知”）。',
      }
      return report({ check, state: 'fail', found, remedy })
    }
    if (response.status === 401)
      return report({ check, state: 'ok', found: `${found}, as it should be` })
    const remedy = {
      en: 'Expected is 401: check whether the route, a redirect, a login or the method is in the way.',
      zh: '应返回 401：请检查路由、重定向、登录验证或请求方法是否有误。',
    }
    report({
      check,
      state: response.status < 400 || response.status === 404 ? 'fail' : 'warn',
      found,
      remedy,
    })
  } catch (error) {
    signal.throwIfAborted()
    const remedy = {
      en: 'This machine may not reach it although WeChat Pay does: check it from outside your network.',
      zh: '以上仅为本机的结果，请再从外网检查该地址是否可访问。',
    }
    report({ check, state: 'warn', found: `no response within 5 s (${codeOf(error)})`, remedy })
  }
}
