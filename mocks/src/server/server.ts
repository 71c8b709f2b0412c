import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { documentedHeaderName } from '@wechatpay-entrust/auth/platform'
import { getResponse } from 'msw'
import { isControl, serveControl } from '../control/serve-control.ts'
import type { Mock } from '../mock.ts'
import { partsOf } from '../mock-parts.ts'
import type { Report } from '../report.ts'
import { notFound } from '../requests/error-response.ts'
import { draftOf, isBodiless, respondWithJson } from '../requests/signed-response.ts'
import { rememberWireForm } from '../requests/wire.ts'

/** Far above any real request of these operations, far below what could fill the memory. */
const maxBodyBytes = 1024 * 1024

/**
 * A `node:http` server with the mock's handlers, the control API and the console. It does not listen
 * yet. To close it, also abort `stopped`: this ends the streams of changes.
 */
export function createServer(mock: Mock, report: Report, stopped: AbortSignal): Server {
  return http.createServer((incoming, outgoing) => {
    serve(mock, incoming, outgoing, stopped).catch((error: unknown) => {
      report({ type: 'mock:failed', error })
      if (outgoing.headersSent) outgoing.destroy()
      else void writeJson(outgoing, 500, { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' })
    })
  })
}

async function serve(
  mock: Mock,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  stopped: AbortSignal,
): Promise<void> {
  const body = await readBody(incoming)
  if (body === 'aborted') return
  if (body === 'too large') {
    const message = `The body is longer than ${maxBodyBytes} bytes`
    return write(outgoing, await respondWithJson(413, { code: 'INVALID_REQUEST', message }))
  }
  const { url: target = '/' } = incoming
  const [path = ''] = target.split('?', 1)
  if (isControl(path)) {
    const response = await serveControl(path, { mock, incoming, outgoing, body, stopped })
    return response && write(outgoing, response)
  }
  const request = buildRequest(incoming, outgoing, target, body)
  const response = request && (await getResponse([...partsOf(mock).handlers], request))
  return write(outgoing, response ?? (await respondWithJson(404, notFound().body)))
}

async function readBody(incoming: IncomingMessage): Promise<Uint8Array | 'too large' | 'aborted'> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength
      if (length <= maxBodyBytes) chunks.push(chunk)
    }
  } catch {
    return 'aborted'
  }
  // The body was read to its end even so: a client that writes everything before it reads would
  // otherwise never see the response.
  return length > maxBodyBytes ? 'too large' : Buffer.concat(chunks)
}

/**
 * The request for MSW; undefined if `Request` does not support it, e.g. TRACE or `*`.
 */
function buildRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: string,
  body: Uint8Array,
): Request | undefined {
  const { method = 'GET' } = incoming
  if (!target.startsWith('/')) return undefined
  try {
    const headers = new Headers()
    const { rawHeaders } = incoming
    for (let index = 0; index < rawHeaders.length; index += 2)
      headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
    const hasBody = method !== 'GET' && method !== 'HEAD'
    // Concatenate, do not resolve: a target such as //elsewhere/v3/… would replace the host.
    const request = new Request(`http://mock.invalid${target}`, {
      method,
      headers,
      ...(hasBody ? { body: body as Uint8Array<ArrayBuffer> } : {}),
    })
    rememberWireForm(request, {
      target,
      body,
      onClose: (listener) => outgoing.once('close', listener),
    })
    return request
  } catch {
    return undefined
  }
}

function writeJson(outgoing: ServerResponse, status: number, body: unknown): Promise<void> {
  return write(outgoing, Response.json(body, { status }))
}

async function write(outgoing: ServerResponse, response: Response): Promise<void> {
  // A handler returns this response to break the connection.
  if (response.type === 'error') return void outgoing.socket?.resetAndDestroy()
  const draft = draftOf(response)
  if (draft !== undefined) {
    const length = isBodiless(draft.status)
      ? {}
      : { 'Content-Length': String(draft.body.byteLength) }
    outgoing.writeHead(draft.status, { ...draft.headers, ...length })
    return void outgoing.end(draft.body)
  }
  const lines = [...response.headers].flatMap(([name, value]) => [
    documentedHeaderName(name),
    value,
  ])
  // Only a fault declares its Content-Length itself; its body may be shorter, or slow.
  if (response.headers.has('content-length')) {
    outgoing.writeHead(response.status, lines)
    return writeInChunks(outgoing, response.body)
  }
  const body = new Uint8Array(await response.arrayBuffer())
  outgoing.writeHead(response.status, [...lines, 'Content-Length', String(body.byteLength)])
  outgoing.end(body)
}

async function writeInChunks(
  outgoing: ServerResponse,
  body: ReadableStream<Uint8Array> | null,
): Promise<void> {
  const reader = body?.getReader()
  outgoing.once('close', () => void reader?.cancel().catch(() => undefined))
  outgoing.flushHeaders()
  try {
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      const { value } = part
      await new Promise((written) => outgoing.write(value, written))
    }
    outgoing.end()
  } catch {
    outgoing.destroy()
  }
}
