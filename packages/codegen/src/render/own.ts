/**
 * The files of `packages/core/src/generated` for this project's own document. They differ from a
 * consumer's: the data is a literal, so that the client's types can use it, and the examples are in a
 * file of their own, so that no client carries them.
 */

import { isRecord } from '@wechatpay-entrust/base'
import type { OperationError, Spec } from '@wechatpay-entrust/core'
import type { Document } from './document.ts'
import { propertyName } from './source.ts'
import { renderTypes } from './types.ts'

/** The document with its hosts. */
export interface OwnDocument extends Document {
  readonly servers?: readonly { readonly url: string }[]
}

/** The files by name. They are not formatted. */
export async function renderOwnFiles(
  document: OwnDocument,
  spec: Spec,
): Promise<Record<'types.ts' | 'tree.ts' | 'spec.ts' | 'examples.ts', string>> {
  const types = await renderTypes(document, spec)
  return {
    'types.ts': types.openApi,
    'tree.ts': [
      "import type { OperationCall } from '../call/operation.ts'",
      "import type { components, operations } from './types.ts'\n",
      types.byPath,
      types.events,
    ].join('\n'),
    'spec.ts': renderSpec(document.servers ?? [], spec),
    'examples.ts': renderExamples(spec),
  }
}

function renderSpec(servers: readonly { readonly url: string }[], spec: Spec): string {
  const errors = errorRows(spec)
  const operations = Object.entries(spec.operations).map(([id, { errors: own, ...operation }]) => {
    const names = own?.map(({ code }) => `errors.${code}`)
    const members = JSON.stringify(withoutExamples(operation)).slice(1, -1)
    return `${propertyName(id)}: { ${members}${names ? `, errors: [${names.join(', ')}]` : ''} }`
  })
  return [
    "import type { OperationError } from '../call/operation.ts'",
    "import type { Spec } from '../spec/spec.ts'",
    '',
    '/** The `servers` of the document, the main host (主域名) first. */',
    `export const serverUrls = ${JSON.stringify(servers.map(({ url }) => url))} as const`,
    '',
    '/** Every error code of the document, once; the operations refer to it. */',
    `const errors = ${JSON.stringify(errors)} as const satisfies { readonly [code: string]: OperationError }`,
    '',
    '/** The document as data. */',
    'export const spec = {',
    `  specVersion: ${spec.specVersion},`,
    `  title: ${JSON.stringify(spec.title)},`,
    `  operations: { ${operations.join(',\n')} },`,
    `  schemas: ${JSON.stringify(withoutExamples(spec.schemas, true))},`,
    `  webhooks: ${JSON.stringify(withoutExamples(spec.webhooks, true))},`,
    '} as const satisfies Spec',
    '',
  ].join('\n')
}

/** Each code has one row in the document; two rows of one code would be lost here. */
function errorRows(spec: Spec): Record<string, OperationError> {
  const rows: Record<string, OperationError> = {}
  for (const row of Object.values(spec.operations).flatMap(({ errors = [] }) => errors)) {
    const found = rows[row.code] ?? row
    rows[row.code] = found
    if (JSON.stringify(found) !== JSON.stringify(row))
      throw new Error(`x-errors: found two different rows for ${row.code}; expected one`)
  }
  return rows
}

/** An operation without arguments has `args: {}`. */
function renderExamples({ examples = {} }: Spec): string {
  const withArguments = Object.fromEntries(
    Object.entries(examples).map(([id, example]) => [id, { args: {}, ...example }]),
  )
  return [
    "import type { OperationExamples } from '../call/operation.ts'",
    '',
    '/** The example of each operation on its official page. */',
    `export const operationExamples: OperationExamples = ${JSON.stringify(withArguments)}`,
    '',
  ].join('\n')
}

/** A schema without its `example` keywords. A property may have that name too. */
function withoutExamples(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutExamples(item))
  if (!isRecord(value)) return value
  const entries = Object.entries(value).filter(([name]) => isMap || name !== 'example')
  return Object.fromEntries(
    entries.map(([name, member]) => [
      name,
      withoutExamples(member, !isMap && mapsOfSchemas.has(name)),
    ]),
  )
}

/** Members whose own members are named by the document. */
const mapsOfSchemas = new Set(['properties', 'path', 'query'])
