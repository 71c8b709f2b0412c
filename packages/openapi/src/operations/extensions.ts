import { isRecord, nearestName } from '@wechatpay-entrust/base'
import type { Json } from '../bundle/bundle.ts'
import { below } from '../source/pointer.ts'
import type { OperationContext } from './context.ts'
import { extensionsOf } from './members.ts'

type Check = (value: unknown) => boolean
const isText: Check = (value) => typeof value === 'string' && value !== ''
const isOneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(String(value))
const isTexts: Check = (value) => Array.isArray(value) && value.length > 0 && value.every(isText)

/** The extensions of an operation that mean something, and their values. */
const known: { readonly [name: string]: readonly [expected: string, check: Check] } = {
  'x-retry': ['safe or unsafe', isOneOf('safe', 'unsafe')],
  'x-retry-says': ['a text', isText],
  'x-retry-says-zh': ['a text', isText],
  'x-errors': ['a list of rows with status and code, or of codes of x-error-codes', Array.isArray],
  'x-echo': ['a list of names of fields', isTexts],
  'x-effect': [
    'pre-sign, query, terminate, order or certificates',
    isOneOf('pre-sign', 'query', 'terminate', 'order', 'certificates'),
  ],
  'x-signed-response': ['required, optional or absent', isOneOf('required', 'optional', 'absent')],
  'x-event-types': ['a list of event types', isTexts],
  'x-inferred': ['true or false', (value) => typeof value === 'boolean'],
}
/** Those of a document that belong to no operation, and those that only people read. */
const others = [
  'x-error-codes',
  'x-event-types',
  'x-opened-resource',
  'x-inferred-why',
  'x-unknown',
]

/** The extensions of an operation, checked; `x-errors` has the whole rows. */
export function cleanExtensions(operation: Json, context: OperationContext): Json {
  const { report, place, title } = context
  const given = extensionsOf(operation)
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(known, name) ? known[name] : undefined
    const at = { source: place.source, pointer: below(place.pointer, name) }
    const isValid = rule === undefined || rule[1](value)
    if (!isValid) delete given[name]
    if (rule && !isValid)
      report.problem('extension', at, `${name}: ${JSON.stringify(value)?.slice(0, 60)}`, rule[0])
    const nearest = nearestName(name, [...Object.keys(known), ...others])
    if (!rule && nearest !== undefined && known[nearest] !== undefined)
      report.note(
        'extension',
        at,
        `Unknown extension ${name}: did you mean ${nearest}? Ignored`,
        title,
      )
  }
  const rows = given['x-errors']
  return Array.isArray(rows) ? { ...given, 'x-errors': errorRows(rows, context) } : given
}

/** Only the operation and its success decide: errors are never trusted without a signature. */
export function isSigned(operation: Json, responses: Json): boolean {
  const isUnsigned = (value: unknown) => value === 'absent' || value === 'optional'
  const [success] = Object.entries(responses).filter(([status]) => /^2\d\d$/.test(status))
  return !(
    isUnsigned(operation['x-signed-response']) ||
    (isRecord(success?.[1]) && isUnsigned(success[1]['x-signed-response']))
  )
}

/** The rows of an error table, those named by code looked up in `x-error-codes`. */
function errorRows(
  rows: readonly unknown[],
  { document, report, place }: OperationContext,
): Json[] {
  const table = document.value['x-error-codes']
  const all = Array.isArray(table) ? table.filter(isRecord) : []
  return rows.flatMap((given, index) => {
    const row = typeof given === 'string' ? all.find(({ code }) => code === given) : given
    if (isErrorRow(row)) return [row]
    const at = { source: place.source, pointer: below(place.pointer, 'x-errors', index) }
    const isUnknown = typeof given === 'string' && row === undefined
    report.problem(
      'extension',
      at,
      isUnknown
        ? `the code ${given}`
        : 'a row without status or code, or with another value in a text',
      isUnknown
        ? 'a code of x-error-codes'
        : 'status (a number), and the texts code, zh, remedyZh and remedyEn; causes have contains, remedyZh and remedyEn',
    )
    return []
  })
}

const isTextOrAbsent: Check = (value) => value === undefined || typeof value === 'string'

function isErrorRow(row: unknown): row is Json {
  if (!isRecord(row) || !Number.isInteger(row.status) || !isText(row.code)) return false
  const { zh, remedyZh, remedyEn, causes = [] } = row
  const isCause: Check = (cause) =>
    isRecord(cause) && [cause.contains, cause.remedyZh, cause.remedyEn].every(isText)
  return (
    [zh, remedyZh, remedyEn].every(isTextOrAbsent) && Array.isArray(causes) && causes.every(isCause)
  )
}
