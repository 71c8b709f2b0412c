/**
 * Writes `packages/core/src/generated/` from `spec/openapi.yaml`, with the same bytes on every run:
 * one file by openapi-generator, the others by `packages/codegen`.
 *
 *     node --conditions=@wechatpay-entrust/source scripts/generate.ts [--check]
 *
 * `--check` only compares, and exits 1 with the names of the files that differ. Without Java,
 * `generate` exits 1 and writes nothing; `--check` compares the files that need no Java and, if they
 * are the same, exits 3, so that the caller can report that a part was skipped.
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { readDocuments } from '@wechatpay-entrust/openapi'
import { type OwnDocument, renderOwnFiles } from '../packages/codegen/src/render/own.ts'
import { findJava } from './openapi-generator/java.ts'
import { operationsSource } from './openapi-generator/openapi-generator.ts'
import { writeMetadata } from './packing/metadata.ts'
import { readIfExists } from './process/read-if-exists.ts'
import { inRoot, run } from './process/run-tool.ts'
import { findStaleDocuments, writeDocuments } from './spec/derived-documents.ts'

const target = 'packages/core/src/generated'
const check = process.argv.includes('--check')

const header = (template: string) =>
  `// Generated from spec/openapi.yaml; do not edit. Change spec/openapi.yaml${template} and run: npm run generate\n`

/**
 * biome ignores the generated folder, so the text is formatted through stdin under another file
 * name.
 */
const format = (source: string) =>
  run(inRoot('node_modules/.bin/biome'), ['format', '--stdin-file-path=scripts/generated.ts'], {
    input: source,
  })

// A failed tool has already reported the reason; our own stack would add nothing.
process.on('uncaughtException', (error) => {
  console.error(error.message)
  process.exit(1)
})

if (!check) for (const file of writeMetadata()) console.log(`${file}: wrote the root's metadata`)
if (!check) for (const file of writeDocuments()) console.log(`${file}: wrote it`)
const staleDocuments = findStaleDocuments().map(({ file }) => file)
for (const file of staleDocuments)
  console.error(`${file} differs from what spec/openapi.yaml gives; run: npm run generate`)
if (staleDocuments.length > 0) process.exit(1)

const java = findJava()
if (!java.found && !check) {
  console.error(java.problem)
  process.exit(1)
}

const { document, spec } = await readDocuments([inRoot('spec/openapi.yaml')], {
  own: { operations: {} },
})
const sources = await renderOwnFiles(document as unknown as OwnDocument, spec)
const files: Record<string, string> = Object.fromEntries(
  Object.entries(sources).map(([file, source]) => [file, format(header('') + source)]),
)
if (java.found) {
  const template = 'scripts/openapi-generator/templates/operations.mustache'
  files['operations.ts'] = format(header(` or ${template}`) + operationsSource())
}

const drifted = Object.keys(files).filter(
  (file) => files[file] !== readIfExists(inRoot(target, file)),
)
if (check && drifted.length > 0) {
  for (const file of drifted)
    console.error(`${target}/${file} differs from what spec/openapi.yaml generates`)
  console.error('run: npm run generate')
  process.exit(1)
}
if (check && !java.found) {
  console.error(java.problem)
  process.exit(3)
}
if (!check) {
  mkdirSync(inRoot(target), { recursive: true })
  for (const [file, source] of Object.entries(files)) writeFileSync(inRoot(target, file), source)
}
console.log(
  check
    ? `${target} is up to date with spec/openapi.yaml`
    : `${target}: ${drifted.length === 0 ? 'nothing changed' : `wrote ${drifted.join(', ')}`}`,
)
