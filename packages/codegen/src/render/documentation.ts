/** The documentation of an operation, as an editor shows it at `post`, `postAsync` and the id. */
import type { OperationError, SpecOperation } from '@wechatpay-entrust/core'
import { type Document, jsonSchemaOf, type Operation } from './document.ts'
import { fieldLine, fieldLines } from './fields.ts'
import { withoutTags } from './source.ts'

const mostLines = 12

/** The lines inside the JSDoc comment of an operation. */
export function documentationOf(
  document: Document,
  operation: Operation,
  { method, path, summary, retry, retrySays, errors, page }: SpecOperation,
): string[] {
  const title = summary ?? operation.summary
  return sections([
    title === undefined ? [] : [withoutTags(title)],
    [`\`${method} ${path}\``],
    shortened(operation.description),
    parameterLines(document, operation, 'path', 'Path'),
    parameterLines(document, operation, 'query', 'Query'),
    bodyLines(document, operation),
    [`Retry class: ${retry}.${retrySays ? ` ${withoutTags(retrySays.en)}` : ''}`],
    errors === undefined
      ? errorResponses(operation)
      : [
          'Documented error codes:',
          ...errors.map((error) => errorLine(error, inferredCodes(operation))),
        ],
    page === undefined ? [] : [`@see ${page}`],
  ])
}

function errorLine(
  { status, code, zh, remedyEn, remedyZh }: OperationError,
  inferred: readonly unknown[],
): string {
  const mark = inferred.includes(code) ? ' (inferred)' : ''
  return withoutTags(`- ${status} \`${code}\` ${zh}${mark}. ${remedyEn} (${remedyZh}).`)
}

/** The codes that no official page documents. */
const inferredCodes = ({ 'x-errors': rows = [] }: Operation): unknown[] =>
  rows.filter((row) => row['x-inferred'] === true).map(({ code }) => code)

const sections = (parts: readonly (readonly string[])[]): string[] =>
  parts.filter((part) => part.length > 0).flatMap((part, at) => (at === 0 ? part : ['', ...part]))

function shortened(description: string | undefined): string[] {
  const lines = (description ?? '').trim().split(/\r\n|[\r\n]/)
  const shown = lines.length > mostLines ? [...lines.slice(0, mostLines), '…'] : lines
  return shown.every((line) => line === '') ? [] : shown.map(withoutTags)
}

function parameterLines(
  document: Document,
  { parameters = [] }: Operation,
  location: string,
  title: string,
): string[] {
  const lines = parameters
    .filter((parameter) => parameter.in === location)
    .map(({ name, schema = {}, required = false, description }) => {
      const described = description === undefined ? schema : { ...schema, description }
      return fieldLine(document, { name, schema: described, isRequired: required })
    })
  return lines.length === 0 ? [] : [`${title}:`, ...lines]
}

function bodyLines(document: Document, { requestBody }: Operation): string[] {
  const schema = jsonSchemaOf(requestBody)
  const lines = schema === undefined ? [] : fieldLines(document, schema)
  return lines.length === 0 ? [] : ['Body:', ...lines]
}

/** What the document says about other statuses, where it has no table of error codes. */
function errorResponses({ responses = {} }: Operation): string[] {
  const lines = Object.entries(responses)
    .filter(([status]) => /^[45]/.test(status))
    .map(([status, { description = '' }]) => `- ${status} ${withoutTags(description.trim())}`)
  return lines.length === 0
    ? [
        'Error codes: those of the APIv3 rules, such as 400 `PARAM_ERROR` and 429 `RATELIMIT_EXCEEDED`.',
      ]
    : ['Error codes: those of the APIv3 rules. Documented statuses:', ...lines]
}
