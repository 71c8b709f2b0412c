import type { NodeRequest } from '../receive/request-forms.ts'
import type { NotificationResponse } from '../respond/response.ts'

/** Node's `ServerResponse`, and what Express makes of it, without Node's types. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): { end(body: string): unknown }
}

/** Sends the answer. To a client that has gone it is a write to nowhere, and no error. */
export function send(
  request: NodeRequest,
  response: NodeResponse,
  { status, headers, body }: NotificationResponse,
): void {
  response.writeHead(status, { ...headers }).end(body)
  closeUnread(request)
}

interface Connection {
  readonly complete?: boolean
  destroy?(): unknown
}

const graceMs = 1000

/**
 * Node reads on and drops what an answered request still sends, for as long as it likes to. Closing
 * at once could cost the client the answer, so it has a second to read that and to stop.
 */
export function closeUnread(request: NodeRequest): void {
  const connection = request as Connection
  if (connection.complete !== false) return
  const timer: unknown = setTimeout(() => {
    if (connection.complete === false) connection.destroy?.()
  }, graceMs)
  // A number in browsers, and there in the types of portable code.
  ;(timer as { unref?(): void }).unref?.()
}
