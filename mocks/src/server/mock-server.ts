import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { requireOptions } from '../arguments/require-values.ts'
import { listOf, text, type ValueTypes, whole } from '../arguments/value-types.ts'
import { createMock, type Mock } from '../mock.ts'
import { createNodeDelivery } from '../notifications/deliver-node.ts'
import { readSpecs } from '../operations/read-specs.ts'
import { type MockOptions, mockOptionTypes } from '../options.ts'
import { createMockReport } from '../report.ts'
import { readDocumentsFor } from './read-documents.ts'
import { type ReadyInfo, removeReadyFile, writeKeys, writeReadyFile } from './ready-file.ts'
import { createServer } from './server.ts'

export interface MockServerOptions extends MockOptions {
  /** Default: 0, any free port. */
  readonly port?: number
  /**
   * Where to write {@link ReadyInfo} as JSON once the port accepts connections. Default: nowhere.
   */
  readonly readyFile?: string | undefined
  /**
   * OpenAPI documents, YAML or JSON, files or folders, whose operations are played beside those of
   * `spec`. Notes about them go to `log`, or else to stderr.
   */
  readonly documents?: readonly string[] | undefined
}

export interface MockServer extends ReadyInfo {
  readonly mock: Mock
  /**
   * Closes the port within half a second, even with open connections. Removes the ready file and the
   * keys' folder.
   */
  close(): Promise<void>
}

const optionTypes: ValueTypes<MockServerOptions> = {
  ...mockOptionTypes,
  port: whole(0, 65_535),
  readyFile: text,
  documents: listOf({ ...text, expected: 'the name of a file or folder' }),
}

/** How long a pending response may still take after `close`. */
const graceMilliseconds = 400

/**
 * Starts the mock on a port of 127.0.0.1, for clients in any language. Notifications go out through
 * `node:http`, with header names in the documented case, to loopback and `allowNotifyHosts` only.
 *
 * @throws {ConfigurationError} for an unknown or invalid option
 * @throws {DocumentError} for a document that cannot be read, with all its problems
 * @example
 * ```ts
 * import { startMockServer } from '@wechatpay-entrust/mock/node'
 *
 * const server = await startMockServer()
 * console.log(server.baseUrl, server.mock.deliveries())
 * await server.close()
 * ```
 */
export async function startMockServer(given: MockServerOptions = {}): Promise<MockServer> {
  requireOptions(given, optionTypes)
  const { port = 0, readyFile, documents = [], ...rest } = given
  const read = await readDocumentsFor(documents, rest.log ?? writeLine)
  const spec = [...readSpecs(rest.spec), ...read]
  const options = { ...rest, ...(spec.length > 0 && { spec }) }
  const { allowNotifyHosts } = options
  const { deliver = createNodeDelivery(allowNotifyHosts && { allowNotifyHosts }) } = options
  const mock = createMock({ ...options, deliver })
  const stopped = new AbortController()
  const server = createServer(mock, createMockReport(options), stopped.signal)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const cleanUp: (() => Promise<void>)[] = [() => closeServer(server)]
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    stopped.abort()
    mock.reset()
    closing ??= Promise.all(cleanUp.map((step) => step())).then(() => undefined)
    return closing
  }
  try {
    const keys = await writeKeys(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    cleanUp.push(keys.remove)
    if (readyFile !== undefined) {
      await writeReadyFile(readyFile, keys.info)
      cleanUp.push(() => removeReadyFile(readyFile, keys.info))
    }
    return { ...keys.info, mock, close }
  } catch (error) {
    await close()
    throw error
  }
}

const writeLine = (line: string) => void process.stderr.write(`${line}\n`)

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  const timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds)
  server.closeIdleConnections()
  await closed
  clearTimeout(timer)
}
