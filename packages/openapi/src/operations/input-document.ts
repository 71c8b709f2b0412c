import { basename } from 'node:path'
import { isRecord } from '@wechatpay-entrust/base'
import { nameOf } from '../problems/name-of.ts'
import type { Report } from '../problems/report.ts'
import type { InputFile } from '../source/find-files.ts'
import type { Source } from '../source/source.ts'
import type { Sources } from '../source/sources.ts'

/** A file that is an OpenAPI document. */
export interface InputDocument {
  readonly source: Source
  readonly value: Readonly<Record<string, unknown>>
  readonly title: string
  /** Swagger 2.0 is converted; the others are read as 3.1. */
  readonly isSwagger: boolean
  /** How its schemas are referred to before and after the conversion. */
  readonly prefix: '#/definitions/' | '#/components/schemas/'
}

/** Reads the files; those of a folder that are no documents are noted. */
export function readInputs(
  files: readonly InputFile[],
  sources: Sources,
  report: Report,
): InputDocument[] {
  return files.flatMap(({ path, isFound }) => {
    const source = sources.read(path)
    if (source === undefined) return []
    const { value } = source
    if (isRecord(value) && ('openapi' in value || 'swagger' in value))
      return documentOf(source, value, report)
    if (isFound)
      report.note(
        'reference-target',
        { source, pointer: '' },
        'Not an OpenAPI document, so only what a $ref names is read',
        source.file,
      )
    else report.problem('not-openapi', { source, pointer: '' }, describe(value))
    return []
  })
}

function documentOf(
  source: Source,
  value: Readonly<Record<string, unknown>>,
  report: Report,
): InputDocument[] {
  const isSwagger = 'swagger' in value
  const name = isSwagger ? 'swagger' : 'openapi'
  const version = String(value[name])
  const at = { source, pointer: `/${name}` }
  if (!(isSwagger ? /^2(\.0)?$/ : /^3(\.[0-2](\.\d+.*)?)?$/).test(version)) {
    report.problem('openapi-version', at, `${name}: ${JSON.stringify(value[name])}`)
    return []
  }
  if (version.startsWith('3.2'))
    report.note('version', at, 'OpenAPI 3.2 is read as 3.1, without what is new in it', source.file)
  const title = isRecord(value.info) ? value.info.title : undefined
  return [
    {
      source,
      value,
      title: typeof title === 'string' && title !== '' ? title : basename(source.path),
      isSwagger,
      prefix: isSwagger ? '#/definitions/' : '#/components/schemas/',
    },
  ]
}

function describe(value: unknown): string {
  if (!isRecord(value)) return value === null ? 'an empty file' : nameOf(value)
  const names = Object.keys(value)
  const list = names.slice(0, 3).map((name) => JSON.stringify(name))
  return names.length === 0
    ? 'an empty object'
    : `an object with ${list.join(', ')}${names.length > 3 ? ' …' : ''}`
}
