import { printable } from '@wechatpay-entrust/base'
import type { CallContext } from '../call/context.ts'
import type { Exchange } from '../call/exchange.ts'
import type { ClientFetch } from '../call/transport.ts'
import { serverUrls } from '../generated/spec.ts'
import { requireMembers } from '../request/arguments.ts'
import { checkTarget } from '../request/request-path.ts'
import type { Algorithm } from './digest.ts'
import { describe, requestError } from './transfer-error.ts'

/** What a transfer needs from its client. */
export interface TransferParts {
  readonly exchange: Exchange
  readonly fetch: ClientFetch
  readonly unverifiedFetch: ClientFetch | undefined
  readonly personalNames: CallContext['personalNames']
  readonly origin: string
  readonly backupOrigin: string
  readonly maxAttempts: number
}

/** The hosts and the path of a transfer. */
export interface Destination {
  readonly hosts: Pick<TransferParts, 'origin' | 'backupOrigin'>
  /** Path and query. */
  readonly target: string
  /** Method and path, for errors and events. The query is left out: it holds a token. */
  readonly operation: string
}

/**
 * Only hosts of this client and of WeChat Pay get a signed request.
 *
 * @throws {RequestError} `invalid-url` | `invalid-path`
 */
export function requireUrl(name: string, url: unknown, parts: TransferParts): Destination {
  const { origin, backupOrigin } = parts
  if (typeof url === 'string' && url.startsWith('/')) {
    checkTarget({ method: 'GET', path: url, hasBody: false })
    return { hosts: parts, target: url, operation: `GET ${url.split('?')[0]}` }
  }
  const allowed = [...new Set([origin, backupOrigin, ...serverUrls])]
  const invalid = (found: string) =>
    requestError(name, 'invalid-url', {
      location: 'arguments',
      field: 'url',
      found,
      expected: `the download_url of a response, on ${allowed.join(' or ')}, or a path that begins with /v3/`,
    })
  if (typeof url !== 'string' || url === '') throw invalid(describe(url))
  if (!URL.canParse(url)) throw invalid('a text that is no URL')
  const parsed = new URL(url)
  if (!allowed.includes(parsed.origin)) throw invalid(`a URL on ${printable(parsed.origin, 128)}`)
  if (parsed.username !== '' || parsed.password !== '' || parsed.hash !== '')
    throw invalid('a URL with a user name or a fragment')
  if (!parsed.pathname.startsWith('/v3/')) throw invalid('a URL with another path')
  return {
    hosts:
      parsed.origin === origin ? parts : { origin: parsed.origin, backupOrigin: parsed.origin },
    target: parsed.pathname + parsed.search,
    operation: `GET ${parsed.pathname}`,
  }
}

/** A hash that a file must have. */
export interface ExpectedHash {
  readonly algorithm: Algorithm
  /** Lower-case hex. */
  readonly value: string
}

const algorithms: ReadonlyMap<unknown, { readonly algorithm: Algorithm; readonly digits: number }> =
  new Map([
    ['SHA1', { algorithm: 'SHA-1', digits: 40 }],
    ['SHA256', { algorithm: 'SHA-256', digits: 64 }],
  ] as const)

/**
 * Other members are ignored, so that a verified response can be given as it is.
 *
 * @throws {RequestError} `invalid-hash`
 */
export function requireHash(name: string, hash: unknown): ExpectedHash {
  const invalid = (field: string, found: string, expected: string) =>
    requestError(name, 'invalid-hash', { field, found, expected })
  if (typeof hash !== 'object' || hash === null) {
    const expected =
      'hash_type and hash_value of the verified response (downloadUnverified is for streams without a hash)'
    throw invalid('hash', describe(hash), expected)
  }
  const { hash_type, hash_value } = hash as { hash_type?: unknown; hash_value?: unknown }
  const known = algorithms.get(typeof hash_type === 'string' ? hash_type.toUpperCase() : undefined)
  if (known === undefined) {
    const isText = typeof hash_type === 'string' && hash_type !== ''
    const found = isText ? JSON.stringify(printable(hash_type, 32)) : describe(hash_type)
    throw invalid('hash.hash_type', found, 'SHA1 or SHA256')
  }
  const { algorithm, digits } = known
  if (typeof hash_value !== 'string' || !/^[0-9a-f]+$/i.test(hash_value))
    throw invalid('hash.hash_value', describe(hash_value), `${digits} hex digits`)
  if (hash_value.length !== digits)
    throw invalid('hash.hash_value', `${hash_value.length} characters`, `${digits} hex digits`)
  return { algorithm, value: hash_value.toLowerCase() }
}

/** @throws {RequestError} `wrong-type` | `unknown-member` | `invalid-max-bytes` */
export function requireOptions(
  name: string,
  given: object,
  known: { readonly [option: string]: 'boolean' | 'function' | undefined },
): void {
  requireMembers(name, 'options', given, Object.keys(known))
  const values = given as { readonly [option: string]: unknown }
  for (const [field, type] of Object.entries(known)) {
    const value = values[field]
    if (value === undefined || type === undefined || typeof value === type) continue
    throw requestError(name, 'wrong-type', {
      field,
      found: describe(value),
      expected: `a ${type}`,
    })
  }
  const { maxBytes } = values
  if (maxBytes === undefined || (Number.isSafeInteger(maxBytes) && Number(maxBytes) > 0)) return
  throw requestError(name, 'invalid-max-bytes', {
    field: 'maxBytes',
    found: describe(maxBytes),
    expected: 'a whole number of bytes above 0',
  })
}
