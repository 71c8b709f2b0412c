import type { SpecInput } from '@wechatpay-entrust/core'
import type { EventTypes } from '../message/events.ts'
import { isText } from '../receive/option-check.ts'
import type { NodeRequest } from '../receive/request-forms.ts'
import { createHandling, handle } from '../respond/handle.ts'
import type { HandleOptions } from '../respond/handle-options.ts'
import { closeUnread } from './node-http.ts'

/** The part of a Fastify request that is used here. */
export interface FastifyRequestLike {
  readonly raw: NodeRequest
}

interface Reply {
  code(status: number): {
    headers(headers: Record<string, string>): { send(body?: string): unknown }
  }
}

/**
 * The part of a Fastify instance that is used here. The type of a route is left to Fastify.
 */
export interface FastifyInstanceLike {
  route(route: never): unknown
}

/** Options of {@link createFastifyPlugin}. */
export type FastifyPluginOptions<
  Sent extends FastifyRequestLike,
  S extends SpecInput = readonly [],
  Names extends EventTypes = EventTypes,
> = HandleOptions<Sent, S, Names> & {
  /** The route, with parameters if you like: `/notify/:tenant`. */
  readonly path: string
}

/**
 * A plugin for Fastify 5: one POST route. It responds in the route's `onRequest` hook, which runs
 * before any body parser, so it works with every parser of the application.
 *
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`, `not-text`,
 * `malformed-api-v3-key`, `malformed-mchid`
 *
 * @example
 * ```ts
 * import type { PlatformKeys } from '@wechatpay-entrust/auth'
 * import { createFastifyPlugin } from '@wechatpay-entrust/notification/fastify'
 * import { createMemoryInbox } from '@wechatpay-entrust/inbox/memory'
 * import { serverTimeouts } from '@wechatpay-entrust/notification/node'
 * import fastify from 'fastify'
 *
 * declare const platformKeys: PlatformKeys
 * declare const apiV3Key: string
 *
 * const app = fastify({ http: serverTimeouts })
 * const inbox = createMemoryInbox()
 * app.register(createFastifyPlugin({ path: '/notify', platformKeys, apiV3Key, mchid: '1900009191', inbox }))
 * ```
 */
export function createFastifyPlugin<
  Sent extends FastifyRequestLike,
  const S extends SpecInput = readonly [],
  const Names extends EventTypes = EventTypes,
>(options: FastifyPluginOptions<Sent, S, Names>): (app: FastifyInstanceLike) => Promise<void> {
  const handling = createHandling(options, { path: isText }, ['path'])
  return async (app) => {
    const route = {
      method: 'POST',
      url: options.path,
      async onRequest(request: Sent, reply: Reply) {
        const { status, headers, body } = await handle(request.raw, request, handling, {
          framework: 'fastify',
        })
        reply
          .code(status)
          .headers({ ...headers })
          .send(body === '' ? undefined : body)
        closeUnread(request.raw)
        return reply
      },
      /** Never reached: the hook has sent the response. */
      handler() {},
    }
    app.route(route as never)
  }
}
