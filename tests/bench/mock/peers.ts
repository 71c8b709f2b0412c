// The other mocks for mock-in-process.bench.ts, made from our OpenAPI document. They are installed
// outside of the workspace.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { HttpHandler } from 'msw'
import { installAside } from '../../../scripts/packing/install-aside.ts'
import { runCommand } from '../../../scripts/process/run-command.ts'
import { root } from '../../../scripts/workspace.ts'

const folder = join(import.meta.dirname, 'mock-peers')
const specFile = join(root, 'spec', 'openapi.yaml')

export interface Peers {
  /** One call of Prism; throws unless the response is a 200. */
  readonly prism: () => Promise<void>
  readonly autoMock: HttpHandler[]
}

/** @throws Error with the reason if they cannot be installed or created */
export async function openPeers(
  headers: Readonly<Record<string, string>>,
  body: string,
  path: string,
): Promise<Peers> {
  const problem = await installAside('tests/bench/mock/mock-peers')
  if (problem !== undefined) throw new Error(`the other mocks could not be installed: ${problem}`)
  return { prism: await openPrism(headers, body, path), autoMock: await makeAutoMock() }
}

/** Prism as its server uses it, without the server. */
async function openPrism(headers: Readonly<Record<string, string>>, body: string, path: string) {
  const { createInstance, getHttpOperationsFromSpec } = createRequire(join(folder, 'package.json'))(
    '@stoplight/prism-http',
  )
  const operations = await getHttpOperationsFromSpec(specFile)
  const levels = ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal']
  const logger = {
    ...Object.fromEntries(levels.map((level) => [level, () => undefined])),
    child: () => logger,
  }
  const mock = { dynamic: false }
  const checks = { checkSecurity: false, validateRequest: true, validateResponse: false }
  const prism = createInstance({ isProxy: false, errors: false, ...checks, mock }, { logger })
  const lowerCase = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  return async () => {
    const input = { method: 'post', url: { path }, headers: lowerCase, body: JSON.parse(body) }
    const { right } = await prism.request(input, operations)()
    if (right?.output.statusCode !== 200) throw new Error('Prism did not answer 200')
  }
}

/**
 * Handlers that msw-auto-mock writes. `--static`, because by default it generates other data for
 * each call.
 */
async function makeAutoMock(): Promise<HttpHandler[]> {
  const output = 'node_modules/.cache/msw-auto-mock'
  const command = [
    join(folder, 'node_modules', 'msw-auto-mock', 'bin', 'cli.js'),
    specFile,
    '-o',
    output,
  ]
  mkdirSync(join(folder, output), { recursive: true })
  // Two codes: it parses a single one as a number and fails.
  const options = ['--static', '--codes', '200,201', '--base-url', '*']
  const { code, output: said } = await runCommand(process.execPath, [...command, ...options], {
    cwd: folder,
  })
  const file = join(folder, output, 'handlers.js')
  if (code !== 0 || !readFileSync(file, 'utf8').includes('export const handlers'))
    throw new Error(said)
  return (await import(pathToFileURL(file).href)).handlers
}
