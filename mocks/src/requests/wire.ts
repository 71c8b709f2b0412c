/** A client's request, as the mock's checks read it. */
export interface Exchange {
  readonly method: string
  /** Path and query exactly as sent: what the client must have signed. */
  readonly target: string
  readonly headers: Headers
  readonly body: Uint8Array
  /** Whether it came through a socket, where a client's default headers are visible. */
  readonly onWire: boolean
}

/** What a `Request` cannot hold: it normalises the URL, and has no body with GET. */
interface WireForm {
  readonly target: string
  readonly body: Uint8Array
  /** Calls when the client has gone away. */
  readonly onClose: (listener: () => void) => void
}

// MSW passes the same Request object to the resolver.
const wireForms = new WeakMap<Request, WireForm>()

/** Stores how a request looked on the wire, for the server that builds a `Request` from it. */
export function rememberWireForm(request: Request, form: WireForm): void {
  wireForms.set(request, form)
}

const addressed = new WeakSet<Request>()

/**
 * Marks a request as sent to this mock, for the mock's own `fetch`.
 */
export function rememberAddressed(request: Request): void {
  addressed.add(request)
}

/**
 * Whether the request came to this very mock, by its port or its `fetch`, and not through a
 * consumer's MSW.
 */
export const isAddressed = (request: Request): boolean =>
  addressed.has(request) || wireForms.has(request)

export async function readExchange(request: Request): Promise<Exchange> {
  const wire = wireForms.get(request)
  const { pathname, search } = new URL(request.url)
  return {
    method: request.method,
    target: wire?.target ?? `${pathname}${search}`,
    headers: request.headers,
    body: wire?.body ?? new Uint8Array(await request.arrayBuffer()),
    onWire: wire !== undefined,
  }
}

/**
 * Aborts when the client cancels the request, in process or by closing the connection. Created only
 * on demand.
 */
export function abandonment(request: Request): AbortSignal {
  const wire = wireForms.get(request)
  if (wire === undefined) return request.signal
  const controller = new AbortController()
  wire.onClose(() => controller.abort())
  return controller.signal
}

/** Whether a request uses WeChat Pay's authorization scheme, valid or not. */
export const speaksScheme = (headers: Headers): boolean =>
  /^WECHATPAY/i.test(headers.get('authorization') ?? '')
