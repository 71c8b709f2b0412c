import type { SignError } from '../signatures/sign-error.ts'

/** What was read of an answer, and what it is worth. */
interface Findings {
  /** The body's bytes; undefined where they were refused unread. */
  readonly received: Uint8Array | undefined
  readonly verified: boolean
  readonly signError: SignError | undefined
}

/**
 * By answer: what was found, and a Response that holds the bytes as soon as somebody asks for one.
 */
const found = new WeakMap<Response, Findings & { whole?: Response }>()

/**
 * Gives an answer its body back after that was read, and with it what was found. It stays the
 * object that fetch gave, which costs a third of a new one; whoever asks for the body in a way of
 * `Response` gets it from a new one, made then.
 */
export function withBody(response: Response, findings: Findings): Response & Findings {
  // A browser hides the status of a redirect that is not followed.
  const shown =
    response.type === 'opaqueredirect' ? remake(response, findings.received, 302) : response
  found.set(shown, { ...findings })
  return Object.setPrototypeOf(shown, withBodyOf(Object.getPrototypeOf(shown)))
}

/**
 * One prototype for all answers of a kind, for to define its members on each answer takes three
 * times as long.
 */
function withBodyOf(prototype: object): object {
  const known = prototypes.get(prototype)
  if (known) return known
  const made = Object.create(prototype, bodyMembers)
  prototypes.set(prototype, made).set(made, made)
  return made
}

const prototypes = new WeakMap<object, object>()

function findingsOf(response: Response): Findings & { whole?: Response } {
  const findings = found.get(response)
  if (findings === undefined) throw new TypeError('This answer was not read here.')
  return findings
}

function wholeOf(response: Response): Response {
  const findings = findingsOf(response)
  findings.whole ??= remake(response, findings.received)
  return findings.whole
}

function remake(
  response: Response,
  bytes: Uint8Array | undefined,
  status = response.status,
): Response {
  const { statusText, headers } = response
  const body = bytes && !isNullBody(status) ? (bytes as Uint8Array<ArrayBuffer>) : null
  return new Response(body, { status, statusText, headers })
}

const isNullBody = (status: number): boolean => status === 204 || status === 205 || status === 304

const bodyMembers: PropertyDescriptorMap = {}
for (const name of ['received', 'verified', 'signError'] as const) {
  bodyMembers[name] = {
    configurable: true,
    get(this: Response) {
      return findingsOf(this)[name]
    },
  }
}
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
