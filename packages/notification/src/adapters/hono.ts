import type { SpecInput } from '@wechatpay-entrust/core'
import type { EventTypes } from '../message/events.ts'
import type { NotificationRequest } from '../receive/request-forms.ts'
import { createHandling, handle } from '../respond/handle.ts'
import type { HandleOptions } from '../respond/handle-options.ts'
import { toResponse } from '../respond/response.ts'

/** The part of a Hono context that is used here. */
export interface HonoContextLike {
  readonly req: {
    readonly raw: Request
    /** What a middleware has read. Of all forms only this one is still the bytes. */
    readonly bodyCache?: { readonly arrayBuffer?: Promise<ArrayBuffer> | ArrayBuffer }
  }
}

/**
 * A handler for Hono, on any of its runtimes. A middleware may read the body before it with
 * `c.req.arrayBuffer()`; after `json()`, `text()` or `parseBody()` the raw bytes are lost.
 *
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`, `not-text`,
 * `malformed-api-v3-key`, `malformed-mchid`
 *
 * @example
 * ```ts
 * import type { PlatformKeys } from '@wechatpay-entrust/auth'
 * import { createHonoHandler } from '@wechatpay-entrust/notification/hono'
 * import { createMemoryInbox } from '@wechatpay-entrust/inbox/memory'
 * import { Hono } from 'hono'
 *
 * declare const platformKeys: PlatformKeys
 * declare const apiV3Key: string
 *
 * const app = new Hono()
 * const inbox = createMemoryInbox()
 * app.post('/notify', createHonoHandler({ platformKeys, apiV3Key, mchid: '1900009191', inbox }))
 * ```
 */
export function createHonoHandler<
  Sent extends HonoContextLike,
  const S extends SpecInput = readonly [],
  const Names extends EventTypes = EventTypes,
>(options: HandleOptions<Sent, S, Names>): (context: Sent) => Promise<Response> {
  const handling = createHandling(options)
  return async (context) =>
    toResponse(await handle(await requestOf(context), context, handling, { framework: 'hono' }))
}

async function requestOf({ req }: HonoContextLike): Promise<NotificationRequest> {
  const { raw, bodyCache } = req
  const { method, headers } = raw
  try {
    return bodyCache?.arrayBuffer ? { method, headers, body: await bodyCache.arrayBuffer } : raw
  } catch {
    // The body was already read in a middleware, and the request shows it.
    return raw
  }
}
