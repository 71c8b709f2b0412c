import { operationTable } from '@wechatpay-entrust/core/spec'
import { curl, playExample, shownAt, wire } from './exchange.ts'
import { badge } from './field-list.ts'
import { fence, kebab, paragraphs, prose } from './markdown.ts'
import { errorList, head, headersOf, messageFields, parametersIn, route } from './page-parts.ts'
import { type Operation, resolve, type Spec } from './read-spec.ts'
import { callSamples } from './samples.ts'

export const operationFile = (id: string): string => `reference/${kebab(id)}.md`

/**
 * The page of one operation: the call, what goes in, what comes out, what can fail, and an exchange
 * to look at.
 */
export async function operationPage(spec: Spec, operation: Operation): Promise<string> {
  const { operationId: id, externalDocs, requestBody, responses } = operation
  const { method, path, retry } = operationTable[id as keyof typeof operationTable]
  const success = resolve(spec, responses['200'] ?? {})
  const { request, answer } = await playExample(id)
  const samples = callSamples(id, method, path).map(({ title, code }) =>
    fence(`ts [${title}]`, code),
  )
  return paragraphs(
    head(operation, route(method, path)),
    `- Official page: [${externalDocs.description}](${externalDocs.url})\n- Repeat: ${badge(retry, retry)} ${prose(operation['x-retry-says'])}`,
    '## The call',
    `::: code-group\n\n${samples.join('\n\n')}\n\n:::`,
    'Where `options` come from: [start](../start.md). What the styles have in common: [calls](../guide/calls.md).',
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
    '## Answer',
    prose(success.description ?? ''),
    messageFields(spec, 'answer', success),
    '### Headers of the answer',
    headersOf(spec, 'answer-header', success),
    '## Errors',
    'An error is an `ApiError` with this `code`; the list is open. See [all codes](errors.md) and [failures and repeats](../guide/retries.md).',
    errorList(operation['x-errors']),
    '## With curl',
    `The example above, signed with the mock’s test key at ${new Date(shownAt).toISOString()}. The signature is real, and fresh for five minutes only: whoever asks later has to sign anew.`,
    fence('bash', curl(request)),
    '## The mock’s answer',
    'To just this request, from a mock whose clock stands at that moment (`createMock({ seed: 1, clock })`).',
    fence('http', wire(`HTTP/1.1 ${answer.status} OK`, answer.headers, answer.body)),
  )
}
