import { isRecord } from '@wechatpay-entrust/base'
import type { Json } from '../bundle/bundle.ts'
import { nameOf } from '../problems/name-of.ts'
import type { OperationContext } from './context.ts'
import { readExamples } from './example-files.ts'
import { findJson, isMultipart } from './media-types.ts'
import { extensionsOf } from './members.ts'

/** `upload`: the operation has another body than JSON. */
export function cleanRequestBody(
  given: unknown,
  context: OperationContext,
): Json | 'upload' | undefined {
  const { report, title, method } = context
  if (given === undefined) return undefined
  const place = (isRecord(given) && context.originOf(given)) || context.place
  if (!isRecord(given) || (Object.keys(given).length > 0 && !isRecord(given.content))) {
    const found = `a requestBody of ${title} that ${isRecord(given) ? 'has no content' : `is ${nameOf(given)}`}`
    report.problem('structure', place, found, 'an object with content')
    return undefined
  }
  if (!isRecord(given.content)) return undefined
  const { content } = given
  const types = Object.keys(content)
  const type = findJson(types)
  if (type === undefined) {
    if (types.some(isMultipart)) return 'upload'
    if (types.length > 0)
      report.problem('media-type', place, `the request body ${types.join(', ')} of ${title}`)
    return undefined
  }
  if (method === 'get') {
    report.note('media-type', place, 'A GET has no body in APIv3; left out', title)
    return undefined
  }
  noteOthers(type, types, context)
  const { description, required } = given
  return {
    ...(typeof description === 'string' && { description }),
    ...(required === true && { required }),
    content: { 'application/json': cleanMedia(content[type], context) },
    ...extensionsOf(given),
  }
}

/**
 * The responses by status. The result always has a success: if the document has none, it is
 * `default`, else one without a body.
 */
export function cleanResponses(given: unknown, context: OperationContext): Json {
  const { report, place, title } = context
  const responses: Json = {}
  const statuses = isRecord(given) ? Object.entries(given) : []
  for (const [status, response] of statuses) {
    if (status.startsWith('x-')) continue
    if (!isRecord(response) || !/^([1-5](\d\d|xx)|default)$/i.test(status)) {
      const found = isRecord(response)
        ? `the status ${JSON.stringify(status)}`
        : `a response that is ${nameOf(response)}`
      report.problem(
        'structure',
        place,
        `${found} in ${title}`,
        'objects by status (200, 4XX, default)',
      )
      continue
    }
    responses[/^2xx$/i.test(status) ? '200' : status] = cleanResponse(
      withoutForbiddenBody(status, response, context),
      context,
    )
  }
  if (Object.keys(responses).some((status) => /^2\d\d$/.test(status))) return responses
  const { default: other, ...documented } = responses
  report.note(
    'response',
    place,
    other
      ? 'The only success is "default": read as 200'
      : 'No success is documented: 200 without body is assumed',
    title,
  )
  return { '200': other ?? { description: '' }, ...documented }
}

/** A frequent slip: HTTP allows no body with 204 and 205. */
function withoutForbiddenBody(
  status: string,
  response: Json,
  { report, place, title }: OperationContext,
): Json {
  if (response.content === undefined || (status !== '204' && status !== '205')) return response
  report.note(
    'response',
    place,
    `HTTP allows no body with ${status}: its schema is left out`,
    title,
  )
  const { content: _, ...rest } = response
  return rest
}

function cleanResponse(given: Json, context: OperationContext): Json {
  const content = isRecord(given.content) ? given.content : {}
  const types = Object.keys(content)
  const type = findJson(types)
  if (type === undefined && types.length > 0)
    context.report.note(
      'media-type',
      context.originOf(given) ?? context.place,
      `A response is ${types.join(', ')}, not JSON: no data is read from it`,
      context.title,
    )
  if (type !== undefined) noteOthers(type, types, context)
  return {
    description: typeof given.description === 'string' ? given.description : '',
    ...(type !== undefined && {
      content: { 'application/json': cleanMedia(content[type], context) },
    }),
    ...extensionsOf(given),
  }
}

function noteOthers(
  type: string,
  types: readonly string[],
  { report, place, title }: OperationContext,
) {
  const others = types.filter((one) => one !== type)
  if (others.length > 0)
    report.note(
      'media-type',
      place,
      `Of several media types JSON is read, not ${others.join(', ')}`,
      title,
    )
}

function cleanMedia(given: unknown, context: OperationContext): Json {
  const { normalise, place } = context
  if (!isRecord(given)) return { schema: {} }
  const { schema, example, examples } = given
  return {
    schema: schema === undefined ? {} : normalise(schema, place),
    ...(example !== undefined && { example }),
    ...(isRecord(examples) && { examples: readExamples(examples, context) }),
  }
}
