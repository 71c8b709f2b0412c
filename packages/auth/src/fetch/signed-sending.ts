import { untilAborted } from '@wechatpay-entrust/base'
import type { CredentialsSource } from '../keys/credentials.ts'
import { hostForMockKeys, withMockKeysRemedy } from '../keys/mock-keys.ts'
import type { PlatformKeys } from '../keys/platform-key.ts'
import type { Clock } from '../signatures/freshness.ts'
import { formatAuthorization, makeAuthorization } from '../signatures/request-signature.ts'
import type { SignedRequest } from '../signatures/sign-error.ts'
import type { OutgoingRequest } from './read-request.ts'
import { requireResponse } from './require-response.ts'

/** Who signs, and how the request is sent. */
export interface SendingOptions {
  readonly credentials: CredentialsSource
  readonly platformKeys: PlatformKeys
  readonly fetch: typeof globalThis.fetch | undefined
  readonly clock: Clock
}

/** A request that was sent, and its response with an unread body. */
export interface Exchanged {
  readonly response: Response
  readonly sent: SignedRequest
}

/**
 * Signs each request and sends it once. If no platform key is known yet, the first keys are
 * downloaded before anything is signed. `isConcurrent` says whether other requests are in flight.
 */
export function createSignedSending({ credentials, platformKeys, fetch, clock }: SendingOptions) {
  return async function sendSigned(
    request: OutgoingRequest,
    isConcurrent: () => boolean,
  ): Promise<Exchanged> {
    const { href, url, method, headers, body, signedBody, signal } = request
    await platformKeys.ready?.(signal)
    const target = { method, url, body: signedBody ?? body ?? noBytes }
    const signer = typeof credentials === 'function' ? await credentials() : credentials
    const authorization = await makeAuthorization(signer, target, {
      clock,
      concurrent: isConcurrent(),
    })
    headers.set('authorization', formatAuthorization(signer, authorization))
    // The signature covers the bytes on the wire, so no proxy may compress them.
    headers.set('accept-encoding', 'identity')
    const { requestSerial } = platformKeys
    if (requestSerial && !headers.has('wechatpay-serial'))
      headers.set('wechatpay-serial', requestSerial)
    signal?.throwIfAborted()
    // A given `fetch` may be the mock itself.
    const mockHost = fetch ? undefined : hostForMockKeys(href, signer.serialNumber, platformKeys)
    const returned = await send(request, mockHost)
    return {
      response: requireResponse(returned),
      sent: { ...target, authorization, signer, mockHost },
    }
  }

  async function send(
    { href, method, headers, body, signal }: OutgoingRequest,
    mockHost: string | undefined,
  ): Promise<unknown> {
    try {
      const responding = (fetch ?? globalThis.fetch)(href, {
        method,
        headers: Object.fromEntries(headers),
        redirect: 'manual',
        ...(body && { body }),
        ...(signal && { signal }),
      })
      return await untilAborted(responding, signal)
    } catch (error) {
      throw mockHost === undefined || signal?.aborted ? error : withMockKeysRemedy(error, mockHost)
    }
  }
}

const noBytes = new Uint8Array()
