import { resolve } from 'node:path'
import type { CliContext } from '../context.ts'
import { exitCodes } from '../failure.ts'
import { importOptional } from '../input/import-optional.ts'
import type { CommonFlags } from '../settings/flags.ts'

export type GenerateFlags = CommonFlags & {
  readonly out: string
  readonly only?: readonly string[]
  readonly except?: readonly string[]
  readonly js?: boolean
  readonly check?: boolean
}

type Write = (
  folder: string,
  files: Readonly<Record<string, string>>,
) => Promise<{ readonly changed: readonly string[]; readonly stale: readonly string[] }>

/** The part that is used here. The package is optional, so its types may be missing. */
interface Codegen {
  generate(
    inputs: readonly string[],
    options: object,
  ): Promise<{
    readonly files: Readonly<Record<string, string>>
    readonly notes: readonly object[]
    readonly operations: number
  }>
  readonly noteLine: (note: object) => string
  readonly moduleFormatOf: (folder: string) => 'module' | 'commonjs'
  readonly compareFiles: Write
  readonly writeFiles: Write
}

/** Generates typed operations from OpenAPI documents; the user must have installed the package. */
export async function generate(
  this: CliContext,
  { out, only = [], except = [], js = false, check = false }: GenerateFlags,
  ...documents: readonly string[]
): Promise<void> {
  const { output, cwd } = this
  const codegen = await importOptional<Codegen>(
    () => import('@wechatpay-entrust/codegen' as string),
    'generate',
    '@wechatpay-entrust/codegen',
  )
  const { files, notes, operations } = await codegen.generate(documents, {
    ...(js && { js: codegen.moduleFormatOf(resolve(cwd, out)) }),
    ...(only.length > 0 && { only }),
    ...(except.length > 0 && { except }),
    onProgress: output.progress,
  })
  const write = check ? codegen.compareFiles : codegen.writeFiles
  const { changed, stale } = await write(resolve(cwd, out), files)
  if (check && changed.length + stale.length > 0) this.setExitCode(exitCodes.failed)
  for (const note of output.json ? [] : notes) output.note(codegen.noteLine(note))
  output.result({ out, operations, changed, removed: stale, notes }, [
    `${out}: ${summary(changed, stale, check)}; ${operations} ${operations === 1 ? 'operation' : 'operations'}`,
  ])
}

function summary(changed: readonly string[], stale: readonly string[], check: boolean): string {
  if (changed.length + stale.length === 0) return check ? 'up to date' : 'nothing changed'
  if (check) return `not up to date: ${[...changed, ...stale].join(', ')}`
  const parts = [
    changed.length > 0 ? `wrote ${changed.join(', ')}` : '',
    stale.length > 0 ? `removed ${stale.join(', ')}` : '',
  ]
  return parts.filter(Boolean).join('; ')
}
