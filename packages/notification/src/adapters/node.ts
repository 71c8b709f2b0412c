import type { SpecInput } from '@wechatpay-entrust/core'
import type { EventTypes } from '../message/events.ts'
import { isText } from '../receive/option-check.ts'
import type { NodeRequest } from '../receive/request-forms.ts'
import { createHandling, handle } from '../respond/handle.ts'
import type { HandleOptions } from '../respond/handle-options.ts'
import { notFoundResponse } from '../respond/response.ts'
import { type NodeResponse, send } from './node-http.ts'

export type { NodeResponse }

/**
 * Timeouts for a public server, in milliseconds: headers within 5 s, a whole request within 10 s,
 * both checked every second. Node's defaults are 60 s, 300 s and 30 s. For `createServer`, and for
 * what passes options to it, such as Fastify's `http`.
 */
export const serverTimeouts = Object.freeze({
  headersTimeout: 5000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1000,
})

/** Options of {@link createNodeHandler}. */
export type NodeHandlerOptions<
  Sent extends NodeRequest,
  S extends SpecInput = readonly [],
  Names extends EventTypes = EventTypes,
> = HandleOptions<Sent, S, Names> & {
  /** Other paths get 404. Default: accepts every path. */
  readonly path?: string | undefined
}

/**
 * A listener for `node:http`, and for frameworks with the same two arguments: Next.js `pages/api`
 * with `bodyParser: false`, `polka`. It never rejects.
 *
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`, `not-text`,
 * `malformed-api-v3-key`, `malformed-mchid`
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import type { PlatformKeys } from '@wechatpay-entrust/auth'
 * import { createNodeHandler, serverTimeouts } from '@wechatpay-entrust/notification/node'
 * import { createMemoryInbox } from '@wechatpay-entrust/inbox/memory'
 *
 * declare const platformKeys: PlatformKeys
 * declare const apiV3Key: string
 *
 * const inbox = createMemoryInbox()
 * const handler = createNodeHandler({ path: '/notify', platformKeys, apiV3Key, mchid: '1900009191', inbox })
 * createServer(serverTimeouts, handler).listen(3000)
 * ```
 */
export function createNodeHandler<
  Sent extends NodeRequest,
  const S extends SpecInput = readonly [],
  const Names extends EventTypes = EventTypes,
>(
  options: NodeHandlerOptions<Sent, S, Names>,
): (request: Sent, response: NodeResponse) => Promise<void> {
  const handling = createHandling(options, { path: isText })
  const { path } = options
  return async (request, response) => {
    const elsewhere = path !== undefined && pathOf(request) !== path
    send(request, response, elsewhere ? notFoundResponse : await handle(request, request, handling))
  }
}

const pathOf = (request: object) => (request as { readonly url?: string }).url?.split('?', 1)[0]
