import type { SpecInput } from '@wechatpay-entrust/core'
import type { EventTypes } from '../message/events.ts'
import type { NodeRequest } from '../receive/request-forms.ts'
import { createHandling, handle } from '../respond/handle.ts'
import type { HandleOptions } from '../respond/handle-options.ts'
import { type NodeResponse, send } from './node-http.ts'

/**
 * A handler for Express 5 and 4. Mount it above `app.use(express.json())`, which consumes the raw
 * bytes. Below the parser it works only if the parser stores them: `express.raw({ type: '*\/*' })`
 * on the route, or `verify: (request, _, bytes) => { request.rawBody = bytes }` in the parser's
 * options.
 *
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`, `not-text`,
 * `malformed-api-v3-key`, `malformed-mchid`
 *
 * @example
 * ```ts
 * import type { PlatformKeys } from '@wechatpay-entrust/auth'
 * import { createExpressHandler } from '@wechatpay-entrust/notification/express'
 * import { createMemoryInbox } from '@wechatpay-entrust/inbox/memory'
 * import express from 'express'
 *
 * declare const platformKeys: PlatformKeys
 * declare const apiV3Key: string
 *
 * const app = express()
 * const inbox = createMemoryInbox()
 * app.post('/notify', createExpressHandler({ platformKeys, apiV3Key, mchid: '1900009191', inbox }))
 * app.use(express.json())
 * ```
 */
export function createExpressHandler<
  Sent extends NodeRequest,
  const S extends SpecInput = readonly [],
  const Names extends EventTypes = EventTypes,
>(
  options: HandleOptions<Sent, S, Names>,
): (request: Sent, response: NodeResponse) => Promise<void> {
  const handling = createHandling(options)
  return async (request, response) =>
    send(request, response, await handle(request, request, handling, { framework: 'express' }))
}
