import type { Spec } from '@wechatpay-entrust/core'
import { createBundle } from './bundle/bundle.ts'
import { giveNames, replaceTokens } from './bundle/final-names.ts'
import { addAliases, finishSchemas } from './bundle/finish-schemas.ts'
import { createResolver } from './bundle/resolve.ts'
import { joinDocuments } from './document/join-documents.ts'
import type { OpenApiDocument } from './document/openapi-document.ts'
import { cleanOperation } from './operations/clean-operation.ts'
import { readInputs } from './operations/input-document.ts'
import { selectOperations } from './operations/select.ts'
import { cleanWebhooks } from './operations/webhooks.ts'
import { checkOptions, type ReadDocumentsOptions } from './options.ts'
import { DocumentError } from './problems/document-error.ts'
import type { DocumentNote } from './problems/notes.ts'
import { createReport, type Report } from './problems/report.ts'
import { createNormaliser } from './schemas/normalise.ts'
import { findFiles } from './source/find-files.ts'
import { createSources, displayName } from './source/sources.ts'
import { toSpec } from './spec/to-spec.ts'

/** What was read. */
export interface ReadDocuments {
  /**
   * One OpenAPI 3.1 document with all operations that were chosen. Its only `$ref`s are
   * `#/components/schemas/NAME`, and every operation has an `operationId`.
   */
  readonly document: OpenApiDocument
  /** The same as data, for client and mock. */
  readonly spec: Spec
  /** Defaults that were applied, and what was left out. */
  readonly notes: readonly DocumentNote[]
}

/**
 * Reads OpenAPI 3.0 and 3.1 and Swagger 2.0 documents, YAML or JSON. An input is a file or a folder;
 * the files of a folder are read in the order of their names. A `$ref` to another file is followed.
 *
 * @throws DocumentError with all problems of all documents
 * @throws TypeError for an unknown option
 *
 * @example
 * ```ts
 * import { readDocuments } from '@wechatpay-entrust/openapi'
 *
 * const { spec, notes } = await readDocuments(['openapi.yaml'], { only: ['v3/pay/**'] })
 * for (const { file, place, message } of notes) console.error(`${file} ${place}: ${message}`)
 * ```
 */
export async function readDocuments(
  inputs: readonly string[],
  options: ReadDocumentsOptions = {},
): Promise<ReadDocuments> {
  checkOptions(inputs, options)
  const report = createReport()
  const own = options.own ?? (await ownOperations())
  const read = readAll(inputs, { ...options, own }, report)
  throwProblems(report)
  return { ...read, notes: report.notes() }
}

function readAll(
  inputs: readonly string[],
  { only = [], except = [], own, onProgress = () => {} }: ReadDocumentsOptions,
  report: Report,
): Omit<ReadDocuments, 'notes'> {
  const sources = createSources(report)
  const documents = readInputs(findFiles(inputs, report), sources, report)
  onProgress(`Documents: ${documents.map(({ source }) => source.file).join(', ')}`)
  const resolver = createResolver(sources.read, report)
  const bundle = createBundle(resolver, report)
  const normalise = createNormaliser(bundle, report)
  const quiet = createResolver(sources.peek, { problem: () => {} })
  for (const document of documents) addAliases(document, bundle, quiet)
  const selected = selectOperations(documents, { only, except, own }, resolver, report)
  onProgress(`Operations: ${selected.length}`)
  const tools = { sources, bundle, normalise, report }
  const operations = selected.flatMap((one) => cleanOperation(one, tools) ?? [])
  const webhooks = documents.flatMap((one) => cleanWebhooks(one, resolver, tools))
  const isWhole = only.length === 0 && except.length === 0
  const schemas = finishSchemas(isWhole ? documents : [], tools)
  onProgress(`Schemas: ${schemas.length}`)
  const names = giveNames(schemas, report)
  const { document, places } = joinDocuments(
    { file: displayName(inputs[0] ?? ''), documents, operations, webhooks, schemas, names, own },
    report,
  )
  replaceTokens(document, names)
  // A schema that consists of itself cannot be followed to its end.
  if (report.problems.some(({ code }) => code === 'schema-circular')) throwProblems(report)
  const title = [...new Set(documents.map((one) => one.title))].join(', ')
  return { document, spec: toSpec(document, title, places, report) }
}

function throwProblems({ problems: [first, ...others] }: Report): void {
  if (first) throw new DocumentError([first, ...others])
}

/** Loaded only when it is needed: what the client's own data is made from is read with this package. */
async function ownOperations(): Promise<Pick<Spec, 'operations'>> {
  const { spec } = await import('@wechatpay-entrust/core/spec')
  return spec
}
