import type { NodeRequest } from '../receive/request-forms.ts'
import type { NotificationResponse } from '../respond/response.ts'

/** Node's `ServerResponse`, and the response of Express, without Node's types. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): { end(body: string): unknown }
}

/** Sends the response. If the client has disconnected, nothing happens. */
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
 * After the response Node keeps reading and dropping the rest of the request, without a limit. If
 * the connection closed at once, the client might not get the response, so it has one second.
 */
export function closeUnread(request: NodeRequest): void {
  const connection = request as Connection
  if (connection.complete !== false) return
  const timer: unknown = setTimeout(() => {
    if (connection.complete === false) connection.destroy?.()
  }, graceMs)
  // A number in browsers, and therefore in the types of portable code.
  ;(timer as { unref?(): void }).unref?.()
}
