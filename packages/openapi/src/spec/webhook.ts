import type { SpecWebhook } from '@wechatpay-entrust/core'
import type { Json } from '../bundle/bundle.ts'
import type { Report } from '../problems/report.ts'
import { schemaData } from '../schemas/schema-data.ts'
import type { Place } from '../source/source.ts'
import { jsonSchemaOf, type Schema } from './media.ts'
import { propertiesOf } from './properties.ts'

/** The form of an event type: `TRANSACTION.SUCCESS`. */
const eventType = /^[A-Z0-9_]+(\.[A-Z0-9_]+)+$/

/**
 * A webhook as data. Without extensions: the event types are the `enum` of the body's `event_type`,
 * or the webhook's name if it has their form; the resource is the body, unless that is the sealed
 * envelope.
 */
export function webhookOf(
  name: string,
  operation: Json,
  schemas: { readonly [name: string]: Schema },
  place: Place | undefined,
  report: Report,
): SpecWebhook {
  const body = jsonSchemaOf(operation.requestBody)
  const properties = propertiesOf(body, schemas)
  const isEnvelope = 'event_type' in properties && 'resource' in properties
  const opened = operation['x-opened-resource']
  const resource =
    opened === undefined ? (isEnvelope ? undefined : body) : (schemaData(opened) as Schema)
  const eventTypes = eventTypesOf(name, operation['x-event-types'], properties.event_type)
  if (place && eventTypes.length === 0)
    report.note(
      'webhook',
      place,
      'A webhook has no x-event-types, and its name is no event type: name the event types where you receive it',
      name,
    )
  if (place && resource === undefined)
    report.note(
      'webhook',
      place,
      'A webhook has no x-opened-resource: its resource has no type',
      name,
    )
  return {
    eventTypes,
    ...(resource && { resource }),
    ...(operation['x-inferred'] === true && { inferred: true }),
  }
}

function eventTypesOf(name: string, given: unknown, property: Schema | undefined): string[] {
  if (Array.isArray(given)) return given.filter((one) => typeof one === 'string')
  const values = property?.enum?.filter((one) => typeof one === 'string') ?? []
  if (values.length > 0) return values
  return eventType.test(name) ? [name] : []
}
