import { afterEach, beforeEach } from 'vitest'
import { type MockServer, startMockServer } from '../entries/node.ts'
import { preSignBody, preSignPath, send } from './by-hand.ts'

export let server: MockServer
/** Call once at the top of a file: each test gets a server of its own. */
export function useServer(): void {
  beforeEach(async () => {
    server = await startMockServer()
  })
  afterEach(() => server.close())
}

/** A request to the control API. */
export async function control(method: string, path: string, body?: unknown) {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const raw = (isRaw ? body : JSON.stringify(body)) as string | Uint8Array<ArrayBuffer> | undefined
  const init = { method, ...(raw === undefined ? {} : { body: raw }) }
  const response = await fetch(`${server.controlUrl}${path}`, init)
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any member of it
  return { status: response.status, json: (await response.json()) as any }
}

/** Opens a session and returns its id. */
export async function preSign(notify_url: string): Promise<string> {
  const { json } = await send(server.baseUrl, {
    method: 'POST',
    target: preSignPath,
    body: JSON.stringify({ ...preSignBody, notify_url }),
  })
  return json.pre_entrustweb_id
}
