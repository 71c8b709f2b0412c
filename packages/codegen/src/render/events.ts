/** The types of notifications: the decrypted resource of each `event_type`. */

import { isRecord } from '@wechatpay-entrust/base'
import type { Spec } from '@wechatpay-entrust/core'
import { type Document, type Schema, schemaName } from './document.ts'
import { comment, quoted } from './source.ts'

/**
 * The document with a schema of its own for the resource of each webhook, so that openapi-typescript
 * makes a type of it. Without webhooks it is the same document.
 */
export function withResourceSchemas(
  document: Document,
  webhooks: Spec['webhooks'],
): { readonly document: Document; readonly schemaNames: ReadonlyMap<string, string> } {
  const schemas: Record<string, Schema> = { ...document.components?.schemas }
  const schemaNames = new Map<string, string>()
  for (const [name, { resource }] of Object.entries(webhooks)) {
    if (resource === undefined) continue
    const ref = isRecord(resource) && resource.$ref
    if (typeof ref === 'string') schemaNames.set(name, schemaName(ref))
    else {
      const own = unusedName(`${name.replace(/\W+/g, '_')}_resource`, schemas)
      schemas[own] = resource as Schema
      schemaNames.set(name, own)
    }
  }
  return { document: { ...document, components: { ...document.components, schemas } }, schemaNames }
}

function unusedName(name: string, schemas: object): string {
  return Object.hasOwn(schemas, name) ? unusedName(`${name}_`, schemas) : name
}

/** `interface Events`. */
export function renderEvents(
  webhooks: Spec['webhooks'],
  schemaNames: ReadonlyMap<string, string>,
): string {
  const members = new Map<string, string>()
  for (const [name, { eventTypes }] of Object.entries(webhooks)) {
    const schema = schemaNames.get(name)
    const type = schema === undefined ? 'unknown' : `components['schemas'][${quoted(schema)}]`
    for (const eventType of eventTypes) members.set(eventType, type)
  }
  return [
    ...comment(['The decrypted resource of each `event_type`.']),
    'export interface Events {',
    ...[...members].map(([eventType, type]) => `  readonly ${quoted(eventType)}: ${type}`),
    '}',
    '',
  ].join('\n')
}
