import { findUnknownName } from '@wechatpay-entrust/base'
import type { SpecInput } from '../spec/spec-client.ts'
import { findSpecFault } from '../spec/spec-fault.ts'
import { baseUrlExpected, findBaseUrlFault, type Hosts } from './base-url.ts'
import type { ClientEvent } from './events.ts'
import type { ClientFetch } from './transport.ts'

/** What `createClient` needs. */
export interface ClientOptions<S extends SpecInput = readonly []> extends Hosts {
  /**
   * Signs each request and verifies each response: the result of `createSigningFetch` of
   * `@wechatpay-entrust/auth`. With a plain fetch every 2xx is rejected with `UNVERIFIED_RESPONSE`.
   */
  readonly fetch: ClientFetch
  /**
   * Signs each request and leaves the response as it is: the result of `createUnverifiedFetch` of
   * `@wechatpay-entrust/auth`. Only `download` and `downloadUnverified` use it, and need it.
   */
  readonly unverifiedFetch?: ClientFetch | undefined
  /**
   * Operations of other OpenAPI documents: the `spec` that `npx @wechatpay-entrust/codegen` writes,
   * or a list of such. They are called like ours, with types, checks and retries.
   */
  readonly spec?: S | undefined
  /**
   * Deadline of a call in milliseconds, for all attempts, the pauses between them and the response
   * bodies. Default: 30 000.
   */
  readonly timeout?: number | undefined
  /** Attempts of a call, 1 to 5; 1 means no retry. Default: 3. */
  readonly maxAttempts?: number | undefined
  /** Whether to check arguments against the spec before sending. Default: true. */
  readonly checkRequests?: boolean | undefined
  /**
   * Whether a `notify_url` may be http on this machine (`127.0.0.1`, `[::1]`, `localhost`), for a mock
   * that `fetch` calls in the same process. Default: only if every host is on this machine.
   */
  readonly allowLoopbackHttp?: boolean | undefined
  /**
   * Called after each attempt, and for each field of a verified response that does not fit the spec
   * (without it, the latter goes to `console.error`). What it throws is ignored.
   */
  readonly onEvent?: ((event: ClientEvent) => void) | undefined
  /** Writes one line for each event to `console.error`. Default: `WECHATPAY_DEBUG=1`. */
  readonly debug?: boolean | undefined
  /** Milliseconds since the epoch, for a `Retry-After` that is a date. Default: `Date.now`. */
  readonly clock?: (() => number) | undefined
}

/** A record, so that the compiler reports a missing name. */
const clientOptions: { readonly [Name in keyof Required<ClientOptions>]: true } = {
  fetch: true,
  unverifiedFetch: true,
  spec: true,
  baseUrl: true,
  backupBaseUrl: true,
  timeout: true,
  maxAttempts: true,
  checkRequests: true,
  allowLoopbackHttp: true,
  onEvent: true,
  debug: true,
  clock: true,
}

/**
 * Rejects a wrong option before anything is created.
 *
 * @throws {TypeError} an option of an unknown name, no `fetch`, or a wrong `spec`
 */
export function requireOptions(options: ClientOptions<SpecInput>): void {
  const unknown = findUnknownName(options, Object.keys(clientOptions))
  if (unknown !== undefined) {
    const { name, nearest } = unknown
    const meant = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`
    throw new TypeError(`createClient: there is no option \`${name}\`.${meant}`)
  }
  if (typeof options.fetch !== 'function') {
    throw new TypeError(
      'createClient: `fetch` is required; give it what createSigningFetch of @wechatpay-entrust/auth makes',
    )
  }
  requireSpec(options.spec)
}

/** The error has the remedy in both languages, like an error class of this package. */
function requireSpec(spec: SpecInput | undefined): void {
  const fault = spec === undefined ? undefined : findSpecFault(spec)
  if (fault === undefined) return
  const { slot, found, expected, remedy } = fault
  const text = `createClient: \`${slot}\`: found ${found}; expected ${expected}. ${remedy.en}`
  throw Object.defineProperty(new TypeError(text), 'remedy', { value: remedy })
}

/** @throws {TypeError} */
export function readOrigin(baseUrl: string, index: number): string {
  const fault = findBaseUrlFault(baseUrl)
  const option = index === 0 ? 'baseUrl' : 'backupBaseUrl'
  if (fault)
    throw new TypeError(`createClient: \`${option}\`: found ${fault}; expected ${baseUrlExpected}`)
  return new URL(baseUrl).origin
}
