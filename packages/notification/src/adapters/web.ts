import type { SpecInput } from '@wechatpay-entrust/core'
import type { EventTypes } from '../message/events.ts'
import { createHandling, handle } from '../respond/handle.ts'
import type { HandleOptions } from '../respond/handle-options.ts'
import { toResponse } from '../respond/response.ts'

/**
 * A handler from Web `Request` to `Response`: for a Next.js route handler, Workers, Bun and Deno.
 * Your router chooses the path.
 *
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`, `not-text`,
 * `malformed-api-v3-key`, `malformed-mchid`
 *
 * @example
 * ```ts
 * import { createPlatformKeys } from '@wechatpay-entrust/auth'
 * import { createMemoryInbox } from '@wechatpay-entrust/inbox/memory'
 * import { createWebHandler } from '@wechatpay-entrust/notification/web'
 *
 * declare const publicKey: { id: string; pem: string }
 * declare const apiV3Key: string
 *
 * // app/notify/route.ts in Next.js
 * export const POST = createWebHandler({
 *   platformKeys: createPlatformKeys({ publicKey }),
 *   apiV3Key,
 *   mchid: '1900009191',
 *   inbox: createMemoryInbox(),
 * })
 * ```
 */
export function createWebHandler<
  const S extends SpecInput = readonly [],
  const Names extends EventTypes = EventTypes,
>(options: HandleOptions<Request, S, Names>): (request: Request) => Promise<Response> {
  const handling = createHandling(options)
  return async (request) =>
    toResponse(await handle(request, request, handling, { framework: 'web' }))
}
