import { spec as data } from '@wechatpay-entrust/core/spec'
import { curl, messageText, playExample, shownAt } from './exchange.ts'
import { badge } from './field-list.ts'
import { fence, kebab, paragraphs, prose } from './markdown.ts'
import { errorList, head, headersOf, messageFields, parametersIn, route } from './page-parts.ts'
import { type Operation, resolve, type Spec } from './read-spec.ts'
import { callSamples } from './samples.ts'

export const operationFile = (id: string): string => `reference/${kebab(id)}.md`

/**
 * The page of one operation: the call, the fields of request and response, the errors, and an
 * example of both messages.
 */
export async function operationPage(spec: Spec, operation: Operation): Promise<string> {
  const { operationId: id, externalDocs, requestBody, responses } = operation
  const { method, path, retry } = data.operations[id as keyof typeof data.operations]
  const success = resolve(spec, responses['200'] ?? {})
  const { request, response } = await playExample(id)
  const samples = callSamples(id, method, path).map(({ title, code }) =>
    fence(`ts [${title}]`, code),
  )
  return paragraphs(
    head(operation, route(method, path)),
    `- Official page: [${externalDocs.description}](${externalDocs.url})\n- Repeat: ${badge(retry, retry)} ${prose(operation['x-retry-says'])}`,
    '## The call',
    `::: code-group\n\n${samples.join('\n\n')}\n\n:::`,
    'How to create `options`: [start](../start.md). More about the styles: [calls](../guide/calls.md).',
    '## Request',
    parametersIn(spec, operation, 'path', 'Path'),
    parametersIn(spec, operation, 'query', 'Query'),
    requestBody &&
      paragraphs(
        '### Body',
        prose(requestBody.description ?? ''),
        messageFields(spec, 'body', requestBody),
      ),
    parametersIn(spec, operation, 'header', 'Headers'),
    'The client sets the headers.',
    '## Response',
    prose(success.description ?? ''),
    messageFields(spec, 'response', success),
    '### Response headers',
    headersOf(spec, 'response-header', success),
    '## Errors',
    'An error is an `ApiError` with this `code`; the list is open. See [all codes](errors.md) and [failures and repeats](../guide/retries.md).',
    errorList(operation['x-errors']),
    '## With curl',
    `The example above, signed with the mock’s test key at ${new Date(shownAt).toISOString()}. The signature is real, but it expires five minutes after that time: a later request has to be signed again.`,
    fence('bash', curl(request)),
    '## The mock’s response',
    'To this request, from a mock whose clock shows that time (`createMock({ seed: 1, clock })`).',
    fence('http', messageText(`HTTP/1.1 ${response.status} OK`, response.headers, response.body)),
  )
}
