import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

interface FixedResponse {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * A server in its own thread that sends the same signed response to every request, so that only the
 * client is measured.
 */
export async function startResponseServer(
  answer: FixedResponse,
): Promise<{ readonly baseUrl: string; close(): Promise<unknown> }> {
  const worker = new Worker(fileURLToPath(import.meta.url), {
    workerData: answer,
    execArgv: process.execArgv,
  })
  const [port] = await once(worker, 'message')
  return { baseUrl: `http://127.0.0.1:${port}`, close: () => worker.terminate() }
}

if (!isMainThread) {
  const { headers, body } = workerData as FixedResponse
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...headers,
      })
      response.end(body)
    })
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1', () =>
    parentPort?.postMessage((server.address() as { port: number }).port),
  )
}
