import { paragraphs } from './markdown.ts'
import { operationFile } from './operation-page.ts'
import { errorList, front } from './page-parts.ts'
import type { Operation, Spec } from './read-spec.ts'

/** All error codes, and which operation documents them. */
export function errorsPage(spec: Spec, operations: readonly Operation[]): string {
  return paragraphs(
    front(
      'Errors',
      'Every documented error code of the family, with what to do, in English and Chinese',
    ),
    '# Errors',
    'What WeChat Pay answers with, as `error.code` of an `ApiError`; its text holds the remedy in both languages. The list is open: judge an unknown code by its status. Our own errors, which are thrown before anything is sent or when a proof is missing, are in [start](../start.md); when a call is repeated, in [failures and repeats](../guide/retries.md).',
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

/** `partner/4012715383` and `global 4012354972` are how the spec names pages. */
function sourceLink(source: string): string {
  const [, place, number] = /^(partner|merchant|global)[/ ](\d+)$/.exec(source) ?? []
  if (number === undefined)
    throw new Error(`spec/openapi.yaml: ${source} is no page that a link can be made of`)
  const address = place === 'global' ? `global/v3/zh/${number}` : `v3/${place}/${number}`
  return `[${source}](https://pay.weixin.qq.com/doc/${address})`
}
