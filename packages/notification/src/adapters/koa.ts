import type { SpecInput } from '@wechatpay-entrust/core'
import type { EventTypes } from '../message/events.ts'
import { isText } from '../receive/option-check.ts'
import type { NodeRequest } from '../receive/request-forms.ts'
import { createHandling, handle } from '../respond/handle.ts'
import type { HandleOptions } from '../respond/handle-options.ts'
import { closeUnread } from './node-http.ts'

/** The part of a Koa context that is used here. */
export interface KoaContextLike {
  readonly req: NodeRequest
  readonly path: string
  status: number
  body: unknown
  set(headers: Record<string, string>): void
}

/** Options of {@link createKoaHandler}. */
export type KoaHandlerOptions<
  Sent extends KoaContextLike,
  S extends SpecInput = readonly [],
  Names extends EventTypes = EventTypes,
> = HandleOptions<Sent, S, Names> & {
  /**
   * Leaves other paths to the next middleware. Default: accepts every path, because a router has
   * already selected it.
   */
  readonly path?: string | undefined
}

/**
 * A middleware for Koa 3. Mount it above the body parser, which consumes the raw bytes. Below the
 * parser it works only if the parser skips this route.
 *
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`, `not-text`,
 * `malformed-api-v3-key`, `malformed-mchid`
 *
 * @example
 * ```ts
 * import type { PlatformKeys } from '@wechatpay-entrust/auth'
 * import { createMemoryInbox } from '@wechatpay-entrust/inbox/memory'
 * import { createKoaHandler } from '@wechatpay-entrust/notification/koa'
 * import Koa from 'koa'
 *
 * declare const platformKeys: PlatformKeys
 * declare const apiV3Key: string
 *
 * const app = new Koa()
 * const inbox = createMemoryInbox()
 * app.use(createKoaHandler({ path: '/notify', platformKeys, apiV3Key, mchid: '1900009191', inbox }))
 * // app.use(bodyParser()) comes after it
 * ```
 */
export function createKoaHandler<
  Sent extends KoaContextLike,
  const S extends SpecInput = readonly [],
  const Names extends EventTypes = EventTypes,
>(
  options: KoaHandlerOptions<Sent, S, Names>,
): (context: Sent, next: () => Promise<unknown>) => Promise<unknown> {
  const handling = createHandling(options, { path: isText })
  const { path } = options
  return async (context, next) => {
    if (path !== undefined && context.path !== path) return next()
    const response = await handle(context.req, context, handling, { framework: 'koa' })
    context.status = response.status
    context.set({ ...response.headers })
    context.body = response.body === '' ? null : response.body
    // Koa turns an empty body into a 204.
    context.status = response.status
    closeUnread(context.req)
    return undefined
  }
}
