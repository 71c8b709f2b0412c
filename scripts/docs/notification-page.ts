import { createMock, generateTestNotification } from '@wechatpay-entrust/mock'
import { createWeChatPay } from 'wechatpay-entrust'
import { curl, shownAt } from './exchange.ts'
import { badge } from './field-list.ts'
import { fence, html, kebab, paragraphs, prose } from './markdown.ts'
import { head, meaning, messageFields, parametersIn, schemaFields } from './page-parts.ts'
import { type Operation, resolve, type Spec } from './read-spec.ts'

export const notificationFile = (id: string): string => `reference/${kebab(id)}.md`

/** What our client calls it. */
const kindOf = (id: string) => (id === 'contractTerminated' ? 'terminated' : 'signed')

/** A notification of this kind from the mock, the same in every run. */
const exampleNotification = (id: string) =>
  generateTestNotification({
    kind: kindOf(id),
    clock: () => shownAt,
    seed: 1,
  })

/**
 * The page of one notification: how to take it, what is in it, what to answer, and one to look at.
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
    '## To take it',
    fence('ts', receiving(id)),
    'With a framework: [adapters](../guide/adapters.md). Stored before it is answered: [the inbox](../guide/inbox.md). All about it: [notifications](../guide/notifications.md).',
    opened &&
      paragraphs(
        '## The opened resource',
        meaning(spec, opened),
        schemaFields(spec, 'resource', opened),
      ),
    '## As it is sent',
    prose(requestBody?.description ?? ''),
    requestBody && paragraphs('### Body', messageFields(spec, 'body', requestBody)),
    parametersIn(spec, webhook, 'header', 'Headers'),
    '## What to answer',
    `<dl class="fields">\n\n${Object.entries(responses)
      .map(([status, answer]) => {
        const { description = '' } = resolve(spec, answer)
        return paragraphs(
          `<dt><span class="status">${html(status)}</span></dt>\n<dd>`,
          prose(description),
          '</dd>',
        )
      })
      .join('\n')}\n</dl>`,
    '## With curl',
    `One from the mock, really sealed and signed with its test keys at ${new Date(shownAt).toISOString()}. A receiver with the mock’s keys and a clock at that moment takes it; later ones refuse it as stale.`,
    fence('bash', curl(request).replace('$WECHATPAY_URL', '$NOTIFY_URL')),
    '## What the client makes of it',
    fence('json', JSON.stringify(await received(id), null, 2)),
  )
}

/** What `receiveNotification` gives for it. */
async function received(id: string): Promise<unknown> {
  const client = createWeChatPay({ ...createMock().merchant, clock: () => shownAt })
  const { headers, body } = await exampleNotification(id)
  return client.receiveNotification(
    new Request('https://yourapp.com/notify', { method: 'POST', headers: { ...headers }, body }),
  )
}

function receiving(id: string): string {
  return `import type { WeChatPay } from 'wechatpay-entrust'

declare const client: WeChatPay
declare const request: Request // raw: no body parser has touched it
const event = await client.receiveNotification(request)
if (event.kind === '${kindOf(id)}') console.log(event.id, event.resource.out_contract_code)`
}
