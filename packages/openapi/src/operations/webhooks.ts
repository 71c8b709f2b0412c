import { isRecord } from '@wechatpay-entrust/base'
import type { Json } from '../bundle/bundle.ts'
import type { Resolver, Target } from '../bundle/resolve.ts'
import { nameOf } from '../problems/name-of.ts'
import { below } from '../source/pointer.ts'
import { cleanRequestBody, cleanResponses } from './bodies.ts'
import type { OperationContext, Tools } from './context.ts'
import { cleanExtensions } from './extensions.ts'
import type { InputDocument } from './input-document.ts'
import { readTexts } from './texts.ts'

/** A notification that WeChat Pay sends, in the form of OpenAPI 3.1. */
export interface CleanWebhook {
  readonly name: string
  readonly place: Target
  readonly operation: Json
}

/** The webhooks of a document; OpenAPI 3.0 has them as `x-webhooks`. */
export function cleanWebhooks(
  document: InputDocument,
  resolver: Resolver,
  { sources, bundle, normalise, report }: Tools,
): CleanWebhook[] {
  const { source, value, prefix } = document
  const member = value.webhooks === undefined ? 'x-webhooks' : 'webhooks'
  const webhooks = value[member]
  if (webhooks === undefined) return []
  if (!isRecord(webhooks)) {
    const at = { source, pointer: below('', member) }
    report.problem('structure', at, `${member} that is ${nameOf(webhooks)}`, 'an object')
    return []
  }
  return Object.entries(webhooks).flatMap(([name, given]) => {
    const item = resolver.follow({ source, pointer: below('', member, name), value: given })
    if (item === undefined || !isRecord(item.value)) return []
    const { post } = item.value
    const place: Target = { source: item.source, pointer: below(item.pointer, 'post'), value: post }
    if (!isRecord(post)) {
      report.note(
        'webhook',
        item,
        'WeChat Pay sends notifications by POST; a webhook without post is left out',
        name,
      )
      return []
    }
    const operation = bundle.copy(place, 'object', prefix) as Json
    const context: OperationContext = {
      report,
      normalise,
      sources,
      originOf: bundle.originOf,
      document,
      place,
      title: `the webhook ${name}`,
      method: 'post',
      path: '',
    }
    const body = cleanRequestBody(operation.requestBody, context)
    const opened = operation['x-opened-resource']
    const { operationId, ...texts } = readTexts(operation, context)
    const cleaned = {
      // Other tools take the ids of webhooks for those of operations.
      ...texts,
      ...(operationId === name && { operationId }),
      ...(isRecord(body) && { requestBody: body }),
      responses: isRecord(operation.responses)
        ? cleanResponses(operation.responses, context)
        : { '204': { description: '' } },
      ...cleanExtensions(operation, context),
      ...(opened !== undefined && { 'x-opened-resource': normalise(opened, place) }),
    }
    return [{ name, place, operation: cleaned }]
  })
}
