/** By answer: the bytes that were read of it, and a Response that holds them as soon as somebody asks for one. */
const read = new WeakMap<Response, { readonly bytes: Uint8Array | undefined; whole?: Response }>()

/**
 * Gives an answer its body back after that was read. It stays the object that fetch gave, which costs a third of a new
 * one; whoever asks for the body in a way of `Response` gets it from a new one, made then.
 */
export function withBody(response: Response, bytes: Uint8Array | undefined): Response {
  read.set(response, { bytes })
  // A browser hides the status of a redirect that is not followed.
  if (response.type === 'opaqueredirect') return wholeOf(response)
  return Object.setPrototypeOf(response, withBodyOf(Object.getPrototypeOf(response)))
}

/** One prototype for all answers of a kind, for to define its members on each answer takes three times as long. */
function withBodyOf(prototype: object): object {
  const known = prototypes.get(prototype)
  if (known) return known
  const made = Object.create(prototype, bodyMembers)
  prototypes.set(prototype, made).set(made, made)
  return made
}

const prototypes = new WeakMap<object, object>()

function wholeOf(response: Response): Response {
  const kept = read.get(response)
  if (kept === undefined) throw new TypeError('This answer was not read here.')
  kept.whole ??= new Response(
    kept.bytes && !isNullBody(response.status) ? (kept.bytes as Uint8Array<ArrayBuffer>) : null,
    {
      status: response.type === 'opaqueredirect' ? 302 : response.status,
      statusText: response.statusText,
      headers: response.headers,
    },
  )
  return kept.whole
}

const isNullBody = (status: number): boolean => status === 204 || status === 205 || status === 304

const bodyMembers: PropertyDescriptorMap = {}
for (const name of ['body', 'bodyUsed'] as const) {
  bodyMembers[name] = {
    configurable: true,
    get(this: Response) {
      return wholeOf(this)[name]
    },
  }
}
for (const name of ['arrayBuffer', 'blob', 'bytes', 'clone', 'formData', 'json', 'text'] as const) {
  bodyMembers[name] = {
    configurable: true,
    writable: true,
    value(this: Response) {
      return wholeOf(this)[name]()
    },
  }
}
