import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Mock } from '../mock.ts'
import { controlPath, respondToControl } from './control.ts'
import { findForeignPage } from './guard.ts'

export interface ControlRequest {
  readonly mock: Mock
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly body: Uint8Array
  /** Aborts when the server closes. */
  readonly stopped: AbortSignal
}

/** Whether a path is one of the control API, the console or the change feed. */
export const isControl = (path: string): boolean =>
  path === controlPath || path.startsWith(`${controlPath}/`)

/**
 * The response to a request below {@link controlPath}; undefined if it is already being written. A
 * browser that requests the control API itself gets the console. The console is loaded at first use,
 * because most mocks never need it.
 */
export async function serveControl(
  path: string,
  request: ControlRequest,
): Promise<Response | undefined> {
  const { mock, incoming, outgoing, body, stopped } = request
  const { method = 'GET', headers } = incoming
  const problem = findForeignPage(incoming)
  if (problem !== undefined)
    return Response.json({ code: 'FORBIDDEN', message: problem }, { status: 403 })
  const below = path.slice(controlPath.length)
  if (method === 'GET' && below === '/events') {
    const { streamChanges } = await import('./event-stream.ts')
    streamChanges(mock, outgoing, stopped)
    return undefined
  }
  const isPage = /^\/?$/.test(below) && /\btext\/html\b/.test(headers.accept ?? '')
  if (method === 'GET' && (isPage || /^\/console(\/|$)/.test(below))) {
    const { serveConsole } = await import('./serve-console.ts')
    const page = await serveConsole(mock, below.replace(/^\/console/, ''))
    if (page !== undefined) return page
  }
  const response = await respondToControl(mock, method, below, body)
  return Response.json(response.body, { status: response.status })
}
