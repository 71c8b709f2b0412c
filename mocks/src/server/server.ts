import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { documentedHeaderName } from '@wechatpay-entrust/auth/platform'
import { getResponse } from 'msw'
import { isControl, serveControl } from '../control/serve-control.ts'
import type { Mock } from '../mock.ts'
import { notFound } from '../requests/error-response.ts'
import { draftOf, respondWithJson } from '../requests/signed-response.ts'
import { rememberWireForm } from '../requests/wire.ts'

/** Far above any real request of the family, far below what would hurt. */
const maxBodyBytes = 1024 * 1024

/**
 * The mock's handlers, the control API and its console on a `node:http` server that does not listen
 * yet. The caller that closes it aborts `stopped`, which ends the streams of changes.
 */
export function createServer(
  mock: Mock,
  log: (line: string) => void,
  stopped: AbortSignal,
): Server {
  return http.createServer((incoming, outgoing) => {
    serve(mock, incoming, outgoing, stopped).catch((error: unknown) => {
      log(`the mock's server failed: ${error instanceof Error ? error.stack : error}`)
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
    const answer = await serveControl(path, { mock, incoming, outgoing, body, stopped })
    return answer && write(outgoing, answer)
  }
  const request = buildRequest(incoming, outgoing, target, body)
  const response = request && (await getResponse([...mock.handlers], request))
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
  // Read to its end all the same: a client that writes everything before it reads would never see
  // the answer.
  return length > maxBodyBytes ? 'too large' : Buffer.concat(chunks)
}

/**
 * The request for MSW, or undefined when it is none that `Request` can hold, such as TRACE or `*`.
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
    // The address is put together, not resolved: a target such as //elsewhere/v3/… would replace
    // the host.
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
  // How a handler says that the connection breaks.
  if (response.type === 'error') return void outgoing.socket?.resetAndDestroy()
  const draft = draftOf(response)
  if (draft !== undefined) {
    outgoing.writeHead(draft.status, {
      ...draft.headers,
      'Content-Length': String(draft.body.byteLength),
    })
    return void outgoing.end(draft.body)
  }
  const lines = [...response.headers].flatMap(([name, value]) => [
    documentedHeaderName(name),
    value,
  ])
  // Only a fault declares the length of its body itself, and does not keep to it, or to the time.
  if (response.headers.has('content-length')) {
    outgoing.writeHead(response.status, lines)
    return writeAsItComes(outgoing, response.body)
  }
  const body = new Uint8Array(await response.arrayBuffer())
  outgoing.writeHead(response.status, [...lines, 'Content-Length', String(body.byteLength)])
  outgoing.end(body)
}

async function writeAsItComes(
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
