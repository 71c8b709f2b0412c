import { spec } from '@wechatpay-entrust/core/spec'
import { errorsPage } from './errors-page.ts'
import { html, paragraphs, prose } from './markdown.ts'
import { notificationFile, notificationPage } from './notification-page.ts'
import { operationFile, operationPage } from './operation-page.ts'
import { front, route, titlesOf } from './page-parts.ts'
import { type Operation, readSpec, type Spec } from './read-spec.ts'

/**
 * The pages of the reference by site file: an overview, a page for each operation and notification,
 * and the errors.
 */
export async function referencePages(spec: Spec = readSpec()): Promise<Map<string, string>> {
  const operations = operationsOf(spec)
  const webhooks = webhooksOf(spec)
  const pages = new Map([
    ['reference/index.md', overview(spec)],
    ['reference/errors.md', errorsPage(spec, operations)],
  ])
  for (const operation of operations)
    pages.set(operationFile(operation.operationId), await operationPage(spec, operation))
  for (const webhook of webhooks)
    pages.set(notificationFile(webhook.operationId), await notificationPage(spec, webhook))
  return pages
}

export const operationsOf = (spec: Spec): Operation[] =>
  Object.values(spec.paths).flatMap((path) => Object.values(path))
const webhooksOf = (spec: Spec): Operation[] => Object.values(spec.webhooks).map(({ post }) => post)

/** The operations of each tag, in the order of the spec. */
export const operationsByTag = (
  spec: Spec,
): { tag: Spec['tags'][number]; operations: Operation[] }[] =>
  spec.tags.map((tag) => ({
    tag,
    operations: [...operationsOf(spec), ...webhooksOf(spec)].filter(
      ({ tags: [name] }) => name === tag.name,
    ),
  }))

function overview(spec: Spec): string {
  return paragraphs(
    front('Reference', 'Every operation and notification, from the spec'),
    '# Reference',
    `Generated from \`spec/openapi.yaml\` (${spec.info.version}), like the client, its types and the mock. Each page has every field with its limits, the call in all styles, the errors with what to do, a signed request and the mock’s response. What no official page says is marked <span class="badge inferred">inferred</span> or “not documented”.`,
    ...operationsByTag(spec).map(({ tag, operations }) =>
      paragraphs(
        `## ${tag.name[0]?.toUpperCase()}${tag.name.slice(1)}`,
        `${prose(tag.description)}.`,
        `<dl class="fields">\n\n${operations.map(entry).join('\n')}\n</dl>`,
      ),
    ),
    '## Errors',
    '[All error codes](errors.md), with what to do.',
  )
}

function entry(operation: Operation): string {
  const { operationId: id } = operation
  const { zh, en } = titlesOf(operation)
  const info = Object.values(spec.operations).find((one) => one.id === id)
  const file = operationFile(id).replace('reference/', '')
  return paragraphs(
    '<dt>',
    `[\`${id}\`](${file})`,
    '</dt>\n<dd>',
    `<span lang="zh">${html(zh)}</span>: ${prose(en)}`,
    info && `<span class="route">${route(info.method, info.path)}</span>`,
    '</dd>',
  )
}
