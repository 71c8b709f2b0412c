import type { localRemedies } from './remedies.ts'

/** Codes of a connection that could not be established: the request was certainly not sent. */
const neverSent: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]

/** Beginnings of the codes of a TLS certificate that is not trusted. */
const untrusted = [
  'CERT_',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_',
]

/** Codes of a TLS handshake that failed: OpenSSL puts the version's name before some of them. */
const handshakeFailed =
  /^ERR_(TLS_|SSL_(\w*WRONG_VERSION_NUMBER|\w*UNSUPPORTED_PROTOCOL|\w*PROTOCOL_VERSION|\w*HANDSHAKE_FAILURE|\w*UNRECOGNIZED_NAME)$)/

const isUntrusted = (code: string) => untrusted.some((beginning) => code.startsWith(beginning))
const isBeforeSending = (code: string) =>
  neverSent.includes(code) || isUntrusted(code) || handshakeFailed.test(code)

/** Node's message for a connection that ended during the TLS handshake; its code is ECONNRESET. */
const beforeTls = 'Client network socket disconnected before secure TLS connection was established'

/** What undici and Node's own proxy support throw when the proxy rejects CONNECT. */
const proxyRejected = /^Proxy response \((\d{3})\) !== 200/

/** What is known of a fetch that failed. */
export interface NetworkFinding {
  readonly isNeverSent: boolean
  /** What happened, with the system's code. */
  readonly text: string
  readonly remedy: keyof typeof localRemedies
}

/** Reads from an error whether the request left this machine, and why there is no response. */
export function readNetworkFailure(error: unknown, host: string): NetworkFinding {
  const chain = causesOf(error)
  const proxyStatus = chain.map(({ message }) => proxyRejected.exec(message)?.[1]).find(Boolean)
  const system = chain.map(systemErrorOf).find((one) => one !== undefined)
  if (proxyStatus !== undefined || system?.code === 'ERR_PROXY_TUNNEL') {
    const status = proxyStatus === undefined ? '' : ` with status ${proxyStatus}`
    const text = `the outgoing proxy rejected the connection to ${host}${status}; nothing was sent to WeChat Pay`
    return { isNeverSent: true, text, remedy: 'PROXY' }
  }
  const { code = '', syscall, message } = system ?? {}
  const reason = code === '' ? '' : ` (${code})`
  // The codes of an unreachable route also occur after the request was sent; `syscall` tells which.
  const isSending = syscall === 'read' || syscall === 'write'
  const isNeverSent =
    syscall === 'connect' || message === beforeTls || (isBeforeSending(code) && !isSending)
  if (!isNeverSent) {
    const text = `the connection to ${host} broke before the response was complete${reason}`
    return { isNeverSent, text, remedy: 'BROKEN' }
  }
  const remedy = isUntrusted(code) ? 'CERTIFICATE' : 'UNREACHABLE'
  return { isNeverSent, text: `no connection to ${host} could be made${reason}`, remedy }
}

interface SystemError {
  readonly code: string
  readonly syscall: unknown
  readonly message: string
}

/** The error and its causes. */
function causesOf(error: unknown): readonly Error[] {
  const chain: Error[] = []
  for (let at = error; at instanceof Error && chain.length < 4; at = at.cause) chain.push(at)
  return chain
}

/** Node sets the system's code on the cause of fetch's TypeError, or on the error itself. */
function systemErrorOf(error: Error): SystemError | undefined {
  const { code, syscall, message } = error as Error & { code?: unknown; syscall?: unknown }
  return typeof code === 'string' && /^\w{1,64}$/.test(code)
    ? { code, syscall, message }
    : undefined
}
