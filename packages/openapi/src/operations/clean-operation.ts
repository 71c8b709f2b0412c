import { isRecord } from '@wechatpay-entrust/base'
import type { Json } from '../bundle/bundle.ts'
import { cleanRequestBody, cleanResponses } from './bodies.ts'
import type { OperationContext, Tools } from './context.ts'
import { cleanExtensions, isSigned } from './extensions.ts'
import { cleanParameters } from './parameters.ts'
import { type SelectedOperation, titleOf } from './select.ts'
import { convertOperation } from './swagger.ts'
import { readList, readTexts } from './texts.ts'

/** An operation in the form of OpenAPI 3.1; its references are tokens. */
export interface CleanOperation {
  readonly context: OperationContext
  readonly operation: Json
}

/** undefined: it cannot be called, and that was noted. */
export function cleanOperation(
  selected: SelectedOperation,
  { sources, bundle, normalise, report }: Tools,
): CleanOperation | undefined {
  const { document, method, path, operation: target, shared } = selected
  const { prefix } = document
  const title = titleOf(selected)
  const context: OperationContext = {
    report,
    normalise,
    sources,
    originOf: bundle.originOf,
    document,
    place: target,
    title,
    method,
    path,
  }
  const given = bundle.copy(target, 'object', prefix) as Json
  const inherited = shared && bundle.copy(shared, 'object', prefix)
  const all: Json & { parameters: unknown[] } = {
    ...given,
    parameters: [
      ...readList(inherited, 'parameters', context),
      ...readList(given.parameters, 'parameters', context),
    ],
  }
  checkPath(context)
  const operation: Json = document.isSwagger
    ? convertOperation(withoutOverridden(all), document, target, report)
    : all
  if (operation.callbacks !== undefined)
    report.note(
      'operation-left-out',
      target,
      'Callbacks are left out: describe notifications as webhooks',
      title,
    )
  const requestBody = cleanRequestBody(operation.requestBody, context)
  if (requestBody === 'upload') {
    report.note(
      'operation-left-out',
      target,
      'The body is multipart/form-data: call it with client.upload(path, { file })',
      title,
    )
    return undefined
  }
  const responses = cleanResponses(operation.responses, context)
  const parameters = cleanParameters(readList(operation.parameters, 'parameters', context), context)
  const extensions = cleanExtensions(operation, context)
  if (!isSigned(operation, responses)) {
    report.note(
      'operation-left-out',
      target,
      'The success is not signed (x-signed-response), so a call could not return it; left out: use client.download or client.downloadUnverified',
      title,
    )
    return undefined
  }

  return {
    context,
    operation: {
      ...readTexts(operation, context),
      ...(parameters.length > 0 && { parameters }),
      ...(requestBody && { requestBody }),
      responses,
      ...extensions,
    },
  }
}

/** The converter would make one body of a parameter of the path and one of the operation. */
function withoutOverridden(operation: Json & { parameters: unknown[] }): Json {
  const byKey = new Map(
    operation.parameters
      .filter(isRecord)
      .map((one) => [one.in === 'body' ? 'body' : `${one.in} ${one.name}`, one]),
  )
  return { ...operation, parameters: [...byKey.values()] }
}

/** What cannot be a path, or not be filled. */
function checkPath({ path, place, report }: OperationContext): void {
  const names = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)
  const rest = path.replaceAll(/\{[^{}]*\}/g, '')
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  const why =
    (/[?#]/.test(rest) && 'a query or fragment') ||
    (/[{}]/.test(rest) && 'a brace without its other half') ||
    (path.includes('//') && 'an empty segment') ||
    (/\s/.test(rest) && 'a space') ||
    (names.includes('') && 'a parameter without name') ||
    (twice !== undefined && `the parameter {${twice}} twice`)
  if (why) report.problem('path', place, `the path ${JSON.stringify(path)} with ${why}`)
}
