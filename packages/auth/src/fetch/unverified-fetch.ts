import { requireFunction, requireKnownOptions } from '../known-options.ts'
import { readRequest } from './read-request.ts'
import { createSignedSending } from './signed-sending.ts'
import type { SigningFetchOptions, SigningRequestInit } from './signing-fetch.ts'

/** Those of `createSigningFetch` that concern the request: nothing is read of the response. */
export type UnverifiedFetchOptions = Pick<
  SigningFetchOptions,
  'credentials' | 'platformKeys' | 'fetch' | 'clock'
>

/** Shaped like `fetch`: signs requests, and does not verify responses. */
export type UnverifiedFetch = (
  input: string | URL | Request,
  init?: SigningRequestInit,
) => Promise<Response>

/**
 * Wraps fetch so that every request is signed, as `createSigningFetch` does, and returns the response
 * as it came: **its signature is not verified**, and its body is not read. Only for the streams that
 * WeChat Pay does not sign, such as bill files (账单) and images. Do not use such a body before its hash
 * fits the one of a verified response; `download` of `@wechatpay-entrust/core` does that.
 *
 * Redirects are not followed: the 3xx is returned. The signal ends connecting and waiting; to end
 * reading the body too is up to the fetch that sends.
 *
 * @throws ConfigurationError `unknown-option`, `malformed-option`; from a call: `unsupported-body`,
 * `not-a-response` (what `fetch` returned), and what `platformKeys.ready` throws
 * @example
 * ```ts
 * import { type Credentials, createUnverifiedFetch, type PlatformKeys } from '@wechatpay-entrust/auth'
 *
 * declare const credentials: Credentials
 * declare const platformKeys: PlatformKeys
 * const unverifiedFetch = createUnverifiedFetch({ credentials, platformKeys })
 * const { body } = await unverifiedFetch('https://api.mch.weixin.qq.com/v3/merchant-service/images/ChsyMDA1')
 * ```
 */
export function createUnverifiedFetch(options: UnverifiedFetchOptions): UnverifiedFetch {
  requireKnownOptions(options, optionNames)
  const { credentials, platformKeys, fetch, clock = Date.now } = options
  requireFunction('fetch', fetch)
  requireFunction('clock', clock)
  const sendSigned = createSignedSending({ credentials, platformKeys, fetch, clock })
  let inFlight = 0
  return async function unverifiedFetch(input, init = {}) {
    inFlight += 1
    try {
      const request = await readRequest(input, init)
      const { response } = await sendSigned(request, () => inFlight > 1)
      return response
    } finally {
      inFlight -= 1
    }
  }
}

const optionNames: { readonly [Name in keyof Required<UnverifiedFetchOptions>]: true } = {
  credentials: true,
  platformKeys: true,
  fetch: true,
  clock: true,
}
