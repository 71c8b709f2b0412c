import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readSpec } from './read-spec.ts'
import { inRoot, run } from '../process/run-tool.ts'

const folder = inRoot('scripts/openapi-generator')
const cli = `${folder}/node_modules/.bin/openapi-generator-cli`
const version: string = JSON.parse(readFileSync(`${folder}/openapitools.json`, 'utf8'))[
  'generator-cli'
].version
const store = inRoot('.cache/openapi-generator')
const jar = `${store}/${version}.jar`
// The wrapper verifies nothing, so this file does. Change it together with openapitools.json.
const jarSha256 = '41ce4f6b07f196676439d710759fa1ced7a08066d06ff1bf314681470289efae'

/** The operations that openapi-generator makes with our templates: text by file name. */
export function operationSources(): Readonly<
  Record<`${'operations' | 'operation-table'}.ts`, string>
> {
  if (!existsSync(jar)) downloadJar()
  verifyJar()
  const output = inRoot('.cache/codegen')
  rmSync(output, { recursive: true, force: true })
  mkdirSync(output, { recursive: true })
  // As JSON, because its YAML parser accepts 50 aliases at most.
  writeFileSync(`${output}/openapi.json`, JSON.stringify(readSpec()))
  run(cli, ['generate', '-c', 'gen.yaml'], { cwd: folder })
  const read = (file: string) => readFileSync(`${output}/${file}`, 'utf8')
  return {
    'operations.ts': read('operations.ts'),
    'operation-table.ts': read('operation-table.ts'),
  }
}

/**
 * Only downloads: `version-manager set` does not run the jar. It rewrites openapitools.json, so it
 * gets its own copy.
 */
function downloadJar(): void {
  mkdirSync(store, { recursive: true })
  writeFileSync(
    `${store}/openapitools.json`,
    JSON.stringify({ 'generator-cli': { version, storageDir: '.' } }),
  )
  const printed = run(cli, ['version-manager', 'set', version], { cwd: store })
  if (!existsSync(jar))
    throw new Error(`openapi-generator ${version} could not be downloaded:\n${printed}`)
}

function verifyJar(): void {
  const found = createHash('sha256').update(readFileSync(jar)).digest('hex')
  if (found === jarSha256) return
  rmSync(jar)
  throw new Error(
    `${jar} had the SHA-256 ${found}, expected ${jarSha256}. It was deleted and not run; run the command again to download it again.`,
  )
}
