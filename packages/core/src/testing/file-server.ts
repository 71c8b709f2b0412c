/** A real HTTP server that sends files, and a client for it. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, vi } from 'vitest'
import { type Client, createClient } from '../call/client.ts'
import type { ClientOptions } from '../call/client-options.ts'
import type { AttemptEvent, ClientEvent } from '../call/events.ts'
import type { ClientFetch } from '../call/transport.ts'

const servers: ReturnType<typeof createServer>[] = []
const folders: string[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  vi.restoreAllMocks()
})

export const hashOf = (
  bytes: Uint8Array | string,
  hash_type: 'SHA1' | 'SHA256' = 'SHA1',
): { hash_type: string; hash_value: string } => ({
  hash_type,
  hash_value: createHash(hash_type.toLowerCase()).update(bytes).digest('hex'),
})

/** What a client sends; it follows `globalThis.fetch` and marks nothing. */
export const plainFetch = ((url, { operation: _, signedBody: __, ...init }) =>
  globalThis.fetch(url, init)) as ClientFetch

export interface FileServer {
  readonly origin: string
  /** The address of the file, with a token. */
  readonly url: string
  readonly client: Client
  readonly events: AttemptEvent[]
  /** `METHOD path?query` of each request. */
  readonly requests: string[]
}

/** A server, and a client whose retries have no pauses. */
export async function serve(
  listener: RequestListener,
  options: Partial<ClientOptions> = {},
): Promise<FileServer> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    listener(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const events: AttemptEvent[] = []
  const client = createClient({
    fetch: plainFetch,
    unverifiedFetch: plainFetch,
    baseUrl: origin,
    onEvent: (event: ClientEvent) => void events.push(event as AttemptEvent),
    ...options,
  })
  return { origin, url: `${origin}/v3/billdownload/file?token=SECRET`, client, events, requests }
}

/** An empty folder, and the names of the files that are in it. */
export function createFolder(): { path(name: string): string; left(): readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'transfer-'))
  folders.push(folder)
  return { path: (name) => join(folder, name), left: () => readdirSync(folder).sort() }
}
