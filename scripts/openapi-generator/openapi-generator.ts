import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'
import { inRoot, run } from '../process/run-tool.ts'
import { cli, requireJar } from './jar.ts'

const folder = inRoot('scripts/openapi-generator')
/** The file of operations that openapi-generator makes with our template. */
export function operationsSource(): string {
  requireJar()
  const output = inRoot('.cache/codegen')
  rmSync(output, { recursive: true, force: true })
  mkdirSync(output, { recursive: true })
  // As JSON, because its YAML parser accepts 50 aliases at most.
  const document = parse(readFileSync(inRoot('spec/openapi.yaml'), 'utf8'))
  writeFileSync(`${output}/openapi.json`, JSON.stringify(document))
  run(cli, ['generate', '-c', 'gen.yaml'], { cwd: folder })
  return readFileSync(`${output}/operations.ts`, 'utf8')
}
