import { findUnknownName } from '@wechatpay-entrust/base'
import { type DocumentNote, readDocuments } from '@wechatpay-entrust/openapi'
import { withHeader } from './output/header.ts'
import { renderIndexDts, renderIndexJs, renderIndexTs } from './render/data.ts'
import type { Document } from './render/document.ts'
import { renderTypes } from './render/types.ts'

/** How to generate. */
export interface GenerateOptions {
  /** Globs over the path without its first slash, `v3/pay/**`: only these operations. */
  readonly only?: readonly string[] | undefined
  /** Globs over the path without its first slash: not these operations. */
  readonly except?: readonly string[] | undefined
  /**
   * `index.js` and `index.d.ts` in place of `index.ts`: as an ES module, or for a package that is
   * `commonjs`. Default: `index.ts`.
   */
  readonly js?: 'module' | 'commonjs' | undefined
  /** Called with the name of each step, for long work. */
  readonly onProgress?: ((line: string) => void) | undefined
}

/** What was generated. Nothing is written. */
export interface GeneratedFiles {
  /** The text of each file by its name. The same documents always give the same text. */
  readonly files: { readonly [name: string]: string }
  /** Defaults that were applied, and what was left out. */
  readonly notes: readonly DocumentNote[]
  /** The number of operations. */
  readonly operations: number
}

const known: { readonly [Name in keyof Required<GenerateOptions>]: true } = {
  only: true,
  except: true,
  js: true,
  onProgress: true,
}

/**
 * Makes typed operations for `createWeChatPay({ spec })` and `createMock({ spec })` from OpenAPI
 * documents. An input is a file (YAML or JSON), or a folder of them.
 *
 * @throws DocumentError with all problems of the documents
 *
 * @example
 * ```ts
 * import { generate } from '@wechatpay-entrust/codegen'
 *
 * const { files, notes } = await generate(['refund.yaml'], { only: ['v3/refund/**'] })
 * console.log(Object.keys(files), notes.length)
 * ```
 */
export async function generate(
  inputs: readonly string[],
  options: GenerateOptions = {},
): Promise<GeneratedFiles> {
  rejectUnknown(options)
  const { only, except, js, onProgress } = options
  const { document, spec, notes } = await readDocuments(inputs, {
    ...(only && { only }),
    ...(except && { except }),
    ...(onProgress && { onProgress }),
  })
  onProgress?.('types')
  const types = await renderTypes(document as unknown as Document, spec)
  const typeSource = [
    "import type { OperationCall } from 'wechatpay-entrust'\n",
    types.openApi,
    types.byId,
    types.byPath,
    types.events,
  ].join('\n')
  onProgress?.('data')
  const sources = js
    ? { 'index.js': renderIndexJs(spec, js), 'index.d.ts': renderIndexDts(spec) }
    : { 'index.ts': renderIndexTs(spec) }
  const files = Object.entries({ ...sources, 'types.d.ts': typeSource }).map(
    ([name, source]) => [name, withHeader(source)] as const,
  )
  const operations = Object.keys(spec.operations).length
  return { files: Object.fromEntries(files), notes, operations }
}

function rejectUnknown(options: GenerateOptions): void {
  const unknown = findUnknownName(options, Object.keys(known))
  if (unknown === undefined) return
  const { name, nearest } = unknown
  throw new TypeError(
    `generate: found an unknown option ${JSON.stringify(name)}; expected one of ${Object.keys(known).join(', ')}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
  )
}
