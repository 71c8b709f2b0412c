import { createMock, generateTestNotification } from '@wechatpay-entrust/mock'
import { createWeChatPay } from 'wechatpay-entrust'
import { curl, shownAt } from './exchange.ts'
import { badge } from './field-list.ts'
import { fence, html, kebab, paragraphs, prose } from './markdown.ts'
import { describeSchema, head, messageFields, parametersIn, schemaFields } from './page-parts.ts'
import { type Operation, resolve, type Spec } from './read-spec.ts'

export const notificationFile = (id: string): string => `reference/${kebab(id)}.md`

/** The `kind` of the client's event. */
const kindOf = (id: string) => (id === 'contractTerminated' ? 'terminated' : 'signed')

/** A notification of this kind from the mock; the same bytes in every run. */
const exampleNotification = (id: string) =>
  generateTestNotification({
    kind: kindOf(id),
    clock: () => shownAt,
    seed: 1,
  })

/**
 * The page of one notification: how to receive it, its fields, the responses to it, and an example.
 */
export async function notificationPage(spec: Spec, webhook: Operation): Promise<string> {
  const { operationId: id, externalDocs, requestBody, responses } = webhook
  const opened = webhook['x-opened-resource']
  const { headers, body } = await exampleNotification(id)
  const text = new TextDecoder().decode(body)
  const request = { method: 'POST', url: '', headers, body: text }
  return paragraphs(
    head(webhook, `<span class="method">POST</span> your <code>notify_url</code>`),
    `- \`event_type\`: ${(webhook['x-event-types'] ?? []).map((type) => `\`${type}\``).join(', ')} ${badge('inferred', 'inferred')}\n- Official page: [${externalDocs.description}](${externalDocs.url})`,
    '## Receive it',
    fence('ts', receivingCode(id)),
    'With a framework: [adapters](../guide/adapters.md). To store it before you respond: [the inbox](../guide/inbox.md). All details: [notifications](../guide/notifications.md).',
    opened &&
      paragraphs(
        '## Decrypted resource',
        describeSchema(spec, opened),
        schemaFields(spec, 'resource', opened),
      ),
    '## Request',
    prose(requestBody?.description ?? ''),
    requestBody && paragraphs('### Body', messageFields(spec, 'body', requestBody)),
    parametersIn(spec, webhook, 'header', 'Headers'),
    '## Response',
    `<dl class="fields">\n\n${Object.entries(responses)
      .map(([status, response]) => {
        const { description = '' } = resolve(spec, response)
        return paragraphs(
          `<dt><span class="status">${html(status)}</span></dt>\n<dd>`,
          prose(description),
          '</dd>',
        )
      })
      .join('\n')}\n</dl>`,
    '## With curl',
    `A notification from the mock, encrypted and signed with its test keys at ${new Date(shownAt).toISOString()}. A receiver with the mock’s keys accepts it if its clock shows that time; later it rejects the notification as stale.`,
    fence('bash', curl(request).replace('$WECHATPAY_URL', '$NOTIFY_URL')),
    '## The client’s event',
    fence('json', JSON.stringify(await receivedEvent(id), null, 2)),
  )
}

/** The event that `receiveNotification` returns for it. */
async function receivedEvent(id: string): Promise<unknown> {
  const client = createWeChatPay({ ...createMock().merchant, clock: () => shownAt })
  const { headers, body } = await exampleNotification(id)
  return client.receiveNotification(
    new Request('https://yourapp.com/notify', { method: 'POST', headers: { ...headers }, body }),
  )
}

function receivingCode(id: string): string {
  return `import type { WeChatPay } from 'wechatpay-entrust'

declare const client: WeChatPay
declare const request: Request // raw: no body parser has touched it
const event = await client.receiveNotification(request)
if (event.kind === '${kindOf(id)}') console.log(event.id, event.resource.out_contract_code)`
}
