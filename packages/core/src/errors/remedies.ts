import type { Remedy } from '@wechatpay-entrust/base'
import type { CallContext } from '../call/context.ts'
import type { OperationError } from '../call/operation.ts'
import { isTransient } from '../call/retry.ts'
import type { SignError } from '../call/transport.ts'
import { ownSpec } from '../spec/own.ts'

/** What to do about the failures that the client itself finds. */
export const localRemedies = {
  NOT_SENT: {
    en: 'Fix what `cause` names; nothing was sent, so the call can be repeated.',
    zh: '请根据 cause 排除故障。请求尚未发出，可以重新调用。',
  },
  UNREACHABLE: {
    en: 'Check DNS, firewall, `baseUrl`, and the outgoing proxy if your network needs one.',
    zh: '请检查 DNS、防火墙和 baseUrl；如需通过代理访问外网，请检查代理设置。',
  },
  PROXY: {
    en: 'Check address, user name and password of the proxy (HTTPS_PROXY with NODE_USE_ENV_PROXY=1, or the ProxyAgent of undici).',
    zh: '请检查代理的地址、用户名和密码（HTTPS_PROXY 配合 NODE_USE_ENV_PROXY=1，或 undici 的 ProxyAgent）。',
  },
  CERTIFICATE: {
    en: 'The TLS certificate is not trusted. If a proxy of your network replaces it, set NODE_EXTRA_CA_CERTS to the file of its CA.',
    zh: 'TLS 证书不受信任。如果公司代理替换了证书，请用 NODE_EXTRA_CA_CERTS 指定其 CA 证书文件。',
  },
  BROKEN: {
    en: 'Check the network, proxies and load balancers in between.',
    zh: '请检查网络以及途经的代理、负载均衡。',
  },
  TIMEOUT: {
    en: 'Check the network, or allow more time with `timeout`.',
    zh: '请检查网络，或用 timeout 延长超时时间。',
  },
  UNVERIFIED_RESPONSE: {
    en: 'Give createClient the function that createSigningFetch of @wechatpay-entrust/auth makes, and let nothing between them copy the Response.',
    zh: '请把 @wechatpay-entrust/auth 的 createSigningFetch 返回的函数传给 createClient，中间不要复制 Response。',
  },
  MALFORMED_RESPONSE: {
    en: 'Check `baseUrl` and any proxy in between; quote the Request-ID to WeChat Pay’s support.',
    zh: '请检查 baseUrl 和途经的代理，并将 Request-ID 提供给微信支付技术支持。',
  },
  MISMATCHED_RESPONSE: {
    en: 'Look for a cache or a proxy that returns responses of other requests. It may also be an attack by replay.',
    zh: '请检查是否有缓存或代理返回了其他请求的应答；也可能是重放攻击。',
  },
  ACCEPTED: {
    en: 'Repeat the call later with the same parameters.',
    zh: '请稍后使用相同参数重新调用。',
  },
  REDIRECT: {
    en: 'Check `baseUrl` and any proxy in between.',
    zh: '请检查 baseUrl 和途经的代理。',
  },
  GATEWAY: {
    en: 'This is not an error of WeChat Pay: check `baseUrl`, and any gateway, firewall or proxy in between.',
    zh: '这不是微信支付返回的错误，请检查 baseUrl 以及途经的网关、防火墙或代理。',
  },
} as const satisfies { readonly [code: string]: Remedy }

/** What the causes of a `SIGN_ERROR` are in Chinese. The English text is the explanation itself. */
const signErrorCauses: { readonly [Cause in SignError['cause']]: string } = {
  'private-key': '签名所用的私钥与证书序列号很可能不匹配，请核对商户API私钥、证书序列号和商户号。',
  body: '请求报文主体在途中被改动，请检查代理或对 fetch 的封装是否改写了报文。',
  url: '请求 URL 在途中被改动，请检查代理是否重写或解码了路径，以及 baseUrl 是否带有路径。',
  method: '请求方法在途中被改动，请检查途经的代理。',
  clock: '本机时钟与微信支付相差过大，请检查 NTP 服务是否正常。',
  unknown: 'Authorization 头在途中被改动，请检查途经的代理。',
}

/** The explanation of a `SIGN_ERROR` as a remedy in both languages. */
export const signErrorRemedy = ({ cause, message }: SignError): Remedy => ({
  en: sentence(message),
  zh: signErrorCauses[cause],
})

/** What to do while it is unknown whether the call was carried out: as the operation says. */
export function unknownOutcomeRemedy({ spec, isSafe }: CallContext): Remedy {
  if (spec?.retrySays !== undefined) return spec.retrySays
  return isSafe && spec !== undefined
    ? { en: 'Repeat it with the same parameters.', zh: '请使用相同参数重新调用。' }
    : {
        en: 'Query what it was to change before you decide.',
        zh: '请先查询该请求要改变的状态，再决定是否重试。',
      }
}

/** The error table of the APIv3 rules: the rows of our own, without what is said of this family. */
const commonErrors: readonly OperationError[] = (
  ownSpec.operations.getCertificates?.errors ?? []
).map(({ causes, ...row }) => row)

/** The error table of a call: that of its operation, else that of the APIv3 rules. */
const errorsOf = ({ spec }: CallContext): readonly OperationError[] =>
  spec === undefined ? [] : (spec.errors ?? commonErrors)

/** The remedy of a documented error; undefined for an unknown code. */
export function documentedRemedy(
  context: CallContext,
  { status, code, message }: { status: number; code: string; message: string },
): Remedy | undefined {
  const row = findRow(context, status, code)
  if (row === undefined) return undefined
  // The row advises to repeat, which is wrong for an unsafe operation: docs/decisions/0009-retries.md.
  if (isTransient(status) && !context.isSafe)
    return status === 429 ? { en: 'Slow down.', zh: '请降低频率。' } : undefined
  const { remedyEn, remedyZh } = row.causes?.find((one) => message.includes(one.contains)) ?? row
  return { en: sentence(remedyEn), zh: sentence(remedyZh, '。') }
}

/** Whether a code can come with a status: a documented code has its own, any other one can. */
export function fitsStatus(context: CallContext, status: number, code: string): boolean {
  const rows = errorsOf(context).filter((row) => row.code === code)
  return rows.length === 0 || rows.some((row) => row.status === status)
}

/** The spec's row for a code. From 429 on the status alone decides what to do. */
function findRow(context: CallContext, status: number, code: string): OperationError | undefined {
  const rows = errorsOf(context).filter((row) => row.status === status)
  return rows.find((row) => row.code === code) ?? (status >= 429 ? rows[0] : undefined)
}

/** Several remedies as one; undefined if there is none. */
export function joinRemedies(...given: readonly (Remedy | undefined)[]): Remedy | undefined {
  const remedies = given.filter((one) => one !== undefined)
  if (remedies.length === 0) return undefined
  return {
    en: remedies.map(({ en }) => en).join(' '),
    zh: remedies.map(({ zh }) => zh).join(''),
  }
}

/** Adds the full stop where it is missing. */
export function sentence(text: string, stop = '.'): string {
  return /[.。!！?？]$/.test(text) ? text : `${text}${stop}`
}
