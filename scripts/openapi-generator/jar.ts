import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { inRoot, run } from '../process/run-tool.ts'

const folder = inRoot('scripts/openapi-generator')
export const cli = `${folder}/node_modules/.bin/openapi-generator-cli`
export const version: string = JSON.parse(readFileSync(`${folder}/openapitools.json`, 'utf8'))[
  'generator-cli'
].version
const store = inRoot('.cache/openapi-generator')
const jar = `${store}/${version}.jar`
// The wrapper verifies nothing, so this file does. Change it together with openapitools.json.
const jarSha256 = '41ce4f6b07f196676439d710759fa1ced7a08066d06ff1bf314681470289efae'

/** Downloads openapi-generator if it is not there, verifies it, and returns its path. */
export function requireJar(): string {
  if (!existsSync(jar)) downloadJar()
  verifyJar()
  return jar
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
