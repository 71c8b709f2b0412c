/** What a client sent, as the mock's checks read it. */
export interface Exchange {
  readonly method: string
  /** Path and query exactly as sent: what the client must have signed. */
  readonly target: string
  readonly headers: Headers
  readonly body: Uint8Array
  /** Whether it came through a socket, where a client's default headers are visible. */
  readonly onWire: boolean
}

/** What a `Request` cannot carry: it normalises the address, and has no body with GET. */
interface WireForm {
  readonly target: string
  readonly body: Uint8Array
  /** Calls when the client has gone away. */
  readonly onClose: (listener: () => void) => void
}

// MSW hands the very Request object to the resolver that it was given.
const wireForms = new WeakMap<Request, WireForm>()

/** Remembers how a request looked on the wire; for the server that builds a `Request` from it. */
export function rememberWireForm(request: Request, form: WireForm): void {
  wireForms.set(request, form)
}

/** Whether the request came through a socket of the mock's own. */
export const isOnWire = (request: Request): boolean => wireForms.has(request)

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

/** Aborts when the client gives the request up, in process or by closing the connection. Made only where it is needed. */
export function abandonment(request: Request): AbortSignal {
  const wire = wireForms.get(request)
  if (wire === undefined) return request.signal
  const controller = new AbortController()
  wire.onClose(() => controller.abort())
  return controller.signal
}
