// Clients in other languages: made from the derived documents by the generators that people use,
// compiled, and tried against the standalone mock.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inspect, isDeepStrictEqual } from 'node:util'
import type { Outcome } from '../../scripts/checks/check.ts'
import { runCommand } from '../../scripts/process/run-command.ts'
import { startMock } from '../../scripts/process/start-mock.ts'
import { root } from '../../scripts/workspace.ts'
import { type Client, Missing } from './clients/client.ts'
import { goClients } from './clients/go.ts'
import { javaClient } from './clients/java.ts'
import { openapiGenerator, runJar } from './clients/openapi-generator.ts'
import { pythonClients } from './clients/python.ts'
import { typescriptClient } from './clients/typescript.ts'

const [go, ...moreGo] = goClients
const [python, ...morePython] = pythonClients
export const clients: readonly Client[] = [
  ...(go ? [go] : []),
  javaClient,
  ...(python ? [python] : []),
  ...moreGo,
  ...morePython,
  typescriptClient,
]

/** Both derived documents are valid for openapi-generator. */
export const validateDocuments = (): Promise<Outcome> =>
  orSkipped(async () => {
    for (const file of ['openapi.json', 'openapi-3.0.json'])
      await runJar(['validate', '--input-spec', join(root, 'spec', file)])
    return { state: 'passed', note: openapiGenerator('validate') }
  })

/** Generates, compiles and uses one client. */
export const runClient = (client: Client): Promise<Outcome> =>
  orSkipped(async () => {
    const folder = join(root, '.cache', 'generators', client.name)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const command = await client.build(folder, join(root, 'spec', client.document))
    const readyFile = join(folder, 'ready.json')
    const mock = await startMock(readyFile)
    try {
      const problem = await useClient(command, folder, readyFile)
      const { generator, document, signedBy } = client
      return problem === undefined
        ? { state: 'passed', note: `${generator}, spec/${document}, signed by ${signedBy}` }
        : { state: 'failed', output: problem }
    } finally {
      mock.kill('SIGTERM')
    }
  })

async function orSkipped(run: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Missing) return { state: 'skipped', reason: error.message }
    return { state: 'failed', output: error instanceof Error ? error.message : String(error) }
  }
}

/**
 * Runs the program, which pre-signs with openid alone and a service_id beyond 32 bits, queries the
 * signed contract and one that does not exist, and prints what it read. Returns what is wrong.
 */
async function useClient(
  [program, ...args]: readonly [string, ...string[]],
  cwd: string,
  readyFile: string,
): Promise<string | undefined> {
  const env = { ...process.env, READY_FILE: readyFile }
  const { code, stdout, output } = await runCommand(program, args, { cwd, env })
  if (code !== 0) return `exit ${code}:\n${output}`
  const { controlUrl } = JSON.parse(readFileSync(readyFile, 'utf8'))
  const ask = async (path: string) => (await fetch(`${controlUrl}/${path}`)).json()
  const [contract] = await ask('contracts')
  const requests: { method: string; status: number; verified: boolean }[] = await ask('requests')
  const found = {
    printed: JSON.parse(stdout),
    openids: [contract.openid, contract.sub_openid],
    requests: requests.map(({ method, status, verified }) => `${method} ${status} ${verified}`),
  }
  const expected = {
    printed: {
      session: true,
      serviceId: 3_000_000_000,
      state: 'SIGNED',
      signed: Date.parse(contract.contract_signed_time) / 1000,
      error: 'RESOURCE_NOT_EXISTS',
      newField: 'read',
    },
    openids: ['oUpF8uMuAJO_M2pxb1Q9zNjWeS6o', undefined],
    requests: ['POST 200 true', 'GET 200 true', 'GET 404 true'],
  }
  return isDeepStrictEqual(found, expected)
    ? undefined
    : `found ${inspect(found)}\nexpected ${inspect(expected)}`
}
