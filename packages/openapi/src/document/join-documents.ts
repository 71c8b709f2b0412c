import { isRecord } from '@wechatpay-entrust/base'
import type { Json } from '../bundle/bundle.ts'
import type { InputDocument } from '../operations/input-document.ts'
import type { CleanWebhook } from '../operations/webhooks.ts'
import type { Report } from '../problems/report.ts'
import type { Place } from '../source/source.ts'
import type { Places } from '../spec/to-spec.ts'
import { giveIds } from './give-ids.ts'
import { joinPaths } from './join-paths.ts'
import type { OpenApiDocument } from './openapi-document.ts'
import type { Parts } from './parts.ts'

/** Makes one document of all. */
export function joinDocuments(
  parts: Parts,
  report: Report,
): { document: OpenApiDocument; places: Places } {
  const { documents, webhooks, schemas, names, file } = parts
  const operations = giveIds(parts, report)
  const paths = joinPaths(operations, report)
  const hooks = joinWebhooks(webhooks, report)
  if (operations.length + hooks.size === 0 && report.problems.length === 0)
    report.problem('no-operations', { file }, `none${leftOut(report)}`)
  const byName = schemas.map(
    ({ schema, value }) => [names.get(schema.token) ?? schema.name, value] as const,
  )
  // Of equal schemas the first remains.
  const components = new Map(byName.toReversed())
  const ordered = [...components.keys()].sort()
  const document: OpenApiDocument = {
    openapi: '3.1.1',
    info: infoOf(documents),
    ...sharedMembers(documents),
    paths,
    webhooks: Object.fromEntries(
      [...hooks].map(([name, { operation }]) => [name, { post: operation }]),
    ),
    components: {
      schemas: Object.fromEntries(ordered.map((name) => [name, components.get(name)])),
    },
  }
  return {
    document,
    places: {
      operations: new Map(
        operations.map(({ operation, context }) => [String(operation.operationId), context.place]),
      ),
      webhooks: new Map([...hooks].map(([name, { place }]): [string, Place] => [name, place])),
    },
  }
}

/** Why nothing is left. */
function leftOut(report: Report): string {
  const notes = report.notes().filter(({ code }) => code === 'operation-left-out')
  return notes.map(({ message }) => ` (${message})`).join('')
}

function joinWebhooks(
  webhooks: readonly CleanWebhook[],
  report: Report,
): Map<string, CleanWebhook> {
  const joined = new Map<string, CleanWebhook>()
  for (const webhook of webhooks) {
    const known = joined.get(webhook.name)
    if (known === undefined) joined.set(webhook.name, webhook)
    else
      report.problem(
        'webhook-repeated',
        webhook.place,
        `the webhook ${JSON.stringify(webhook.name)}, which is in ${known.place.source.file}, too`,
      )
  }
  return joined
}

function infoOf(documents: readonly InputDocument[]): OpenApiDocument['info'] {
  const [first] = documents
  const info = isRecord(first?.value.info) ? first.value.info : {}
  const version = typeof info.version === 'string' ? info.version : '0'
  const title = [...new Set(documents.map((document) => document.title))].join(', ')
  return { ...info, title, version }
}

/** Members of the first document that has them; tags and error codes of all. */
function sharedMembers(documents: readonly InputDocument[]): Json {
  const first = (name: string) => {
    const value = documents.find((document) => document.value[name] !== undefined)?.value[name]
    return value === undefined ? {} : { [name]: structuredClone(value) }
  }
  const joined = (name: string, key: string) => {
    const lists = documents.map(({ value }) => value[name]).filter(Array.isArray)
    const items = new Map(
      lists
        .flat()
        .filter(isRecord)
        .toReversed()
        .map((one) => [one[key], one]),
    )
    return items.size === 0 ? {} : { [name]: structuredClone([...items.values()].toReversed()) }
  }
  return {
    ...first('externalDocs'),
    ...serversOf(documents),
    ...joined('tags', 'name'),
    ...joined('x-error-codes', 'code'),
  }
}

/** The hosts only: a path of a server is part of the paths already. */
function serversOf(documents: readonly InputDocument[]): Json {
  const all = documents.flatMap(({ value }) => (Array.isArray(value.servers) ? value.servers : []))
  const hosts = all.filter(isRecord).flatMap(({ url, description }) => {
    const origin = typeof url === 'string' ? URL.parse(url)?.origin : undefined
    if (origin === undefined || origin === 'null') return []
    return [{ url: origin, ...(typeof description === 'string' && { description }) }]
  })
  const servers = [...new Map(hosts.toReversed().map((host) => [host.url, host])).values()]
  return servers.length === 0 ? {} : { servers: servers.toReversed() }
}
