/** An image, and a client that keeps what it was asked to send. */
import { createHash } from 'node:crypto'
import { vi } from 'vitest'
import { createClient } from '../call/client.ts'
import type { ClientOptions } from '../call/client-options.ts'
import type { ClientFetch, ClientRequestInit } from '../call/transport.ts'
import { verified } from './handler.ts'

export const image = new Uint8Array(
  Buffer.from('\x89PNG\r\n--b--\r\n\x00\xff'.repeat(1000), 'latin1'),
)
export const sha256 = createHash('sha256').update(image).digest('hex')
export const target = '/v3/merchant/media/upload'

/** A client, and what its fetch got. */
export function bench(
  responses: readonly (() => Response)[] = [() => verified({ media_id: 'M' })],
  options: Partial<ClientOptions> = {},
) {
  const sent: (ClientRequestInit & { readonly url: string })[] = []
  const fetch: ClientFetch = async (url, init) => {
    const respond = responses[Math.min(sent.length, responses.length - 1)]
    sent.push({ ...init, url })
    return respond?.() as Response
  }
  vi.spyOn(Math, 'random').mockReturnValue(0)
  return { sent, client: createClient({ fetch, ...options }) }
}
