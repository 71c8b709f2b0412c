import { paragraphs } from './markdown.ts'
import { operationFile } from './operation-page.ts'
import { errorList, front } from './page-parts.ts'
import type { Operation, Spec } from './read-spec.ts'

/** All error codes, and the operations that document each. */
export function errorsPage(spec: Spec, operations: readonly Operation[]): string {
  return paragraphs(
    front(
      'Errors',
      'Every documented error code of the family, with what to do, in English and Chinese',
    ),
    '# Errors',
    'The error codes of WeChat Pay, as `error.code` of an `ApiError`; its message contains the remedy in both languages. The list is open: handle an unknown code by its status. The errors that the client throws itself, before it sends anything or when a response cannot be verified, are in [start](../start.md). When a call is retried: [failures and repeats](../guide/retries.md).',
    errorList(spec['x-error-codes'], ({ code, source }) => {
      const users = operations.filter((operation) =>
        operation['x-errors'].some((error) => error.code === code),
      )
      const which =
        users.length === operations.length
          ? 'Every operation lists it.'
          : `Listed by ${users.map(({ operationId }) => `[\`${operationId}\`](${operationFile(operationId).replace('reference/', '')})`).join(', ')}.`
      return `${which}${source ? ` Source: ${sourceLink(source)}.` : ''}`
    }),
  )
}

/** The spec names official pages as `partner/4012715383` or `global 4012354972`. */
function sourceLink(source: string): string {
  const [, section, number] = /^(partner|merchant|global)[/ ](\d+)$/.exec(source) ?? []
  if (number === undefined)
    throw new Error(`spec/openapi.yaml: ${source} is not the name of an official page`)
  const address = section === 'global' ? `global/v3/zh/${number}` : `v3/${section}/${number}`
  return `[${source}](https://pay.weixin.qq.com/doc/${address})`
}
