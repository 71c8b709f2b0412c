import { type DynamicModule, Inject, Module } from '@nestjs/common'
import type { SpecInput } from '@wechatpay-entrust/core'
import type { EventTypes } from '../message/events.ts'
import { type Check, isFunction, isText, requireOptions } from '../receive/option-check.ts'
import type { NodeRequest } from '../receive/request-forms.ts'
import { createHandling, handle } from '../respond/handle.ts'
import type { HandleOptions } from '../respond/handle-options.ts'
import { type NodeResponse, send } from './node-http.ts'

/** A middleware of NestJS, on Express and on Fastify. */
export type NestHandler<Sent extends NodeRequest> = (
  request: Sent,
  response: NodeResponse,
) => Promise<void>

/**
 * A middleware for `app.use(path, handler)` in `main.ts`. It runs before Nest's body parser, so it
 * needs no `rawBody`.
 *
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`, `not-text`,
 * `malformed-api-v3-key`, `malformed-mchid`
 *
 * @example
 * ```ts
 * import type { INestApplication } from '@nestjs/common'
 * import type { PlatformKeys } from '@wechatpay-entrust/auth'
 * import { createMemoryInbox } from '@wechatpay-entrust/inbox/memory'
 * import { createNestHandler } from '@wechatpay-entrust/notification/nest'
 *
 * declare const app: INestApplication
 * declare const platformKeys: PlatformKeys
 * declare const apiV3Key: string
 *
 * const inbox = createMemoryInbox()
 * app.use('/notify', createNestHandler({ platformKeys, apiV3Key, mchid: '1900009191', inbox }))
 * await app.listen(3000)
 * ```
 */
export function createNestHandler<
  Sent extends NodeRequest,
  const S extends SpecInput = readonly [],
  const Names extends EventTypes = EventTypes,
>(options: HandleOptions<Sent, S, Names>): NestHandler<Sent> {
  const handling = createHandling(options)
  return async (request, response) =>
    send(request, response, await handle(request, request, handling, { framework: 'nest' }))
}

/** Options of {@link NotificationModule}. */
export interface NotificationModuleOptions {
  /** The route, under the global prefix. */
  readonly path: string
  readonly imports?: DynamicModule['imports']
  /** Tokens of what `useFactory` gets. */
  readonly inject?: readonly unknown[]
  readonly useFactory: (
    // biome-ignore lint/suspicious/noExplicitAny: tokens name what is injected, and carry no type
    ...injected: any[]
  ) => HandleOptions<NodeRequest> | Promise<HandleOptions<NodeRequest>>
}

interface Consumer {
  apply(handler: NestHandler<NodeRequest>): { forRoutes(path: string): unknown }
}

const isList = (value: unknown) => (Array.isArray(value) ? undefined : 'an array')
const moduleChecks: { readonly [Name in keyof Required<NotificationModuleOptions>]: Check } = {
  path: isText,
  imports: isList,
  inject: isList,
  useFactory: isFunction,
}

const handlerToken = Symbol('wechatpay-entrust notification handler')
const pathToken = Symbol('wechatpay-entrust notification path')

/**
 * The same as a module, for an application created with `rawBody: true` (not needed on Fastify). It
 * is a middleware, so guards, pipes and interceptors do not run before it.
 *
 * @example
 * ```ts
 * import type { PlatformKeys } from '@wechatpay-entrust/auth'
 * import { createMemoryInbox } from '@wechatpay-entrust/inbox/memory'
 * import { NotificationModule } from '@wechatpay-entrust/notification/nest'
 *
 * declare const platformKeys: PlatformKeys
 * declare const apiV3Key: string
 *
 * // in the imports of your module
 * export const notifications = NotificationModule.register({
 *   path: 'notify',
 *   useFactory: () => ({ platformKeys, apiV3Key, mchid: '1900009191', inbox: createMemoryInbox() }),
 * })
 * ```
 */
export class NotificationModule {
  readonly #path: string
  readonly #handler: NestHandler<NodeRequest>

  constructor(path: string, handler: NestHandler<NodeRequest>) {
    this.#path = path
    this.#handler = handler
  }

  /** @throws {ConfigurationError} `unknown-option`, `malformed-option` */
  static register(options: NotificationModuleOptions): DynamicModule {
    requireOptions(options, moduleChecks, ['path', 'useFactory'])
    const { path, imports = [], inject = [], useFactory } = options
    return {
      module: NotificationModule,
      imports,
      providers: [
        { provide: pathToken, useValue: path },
        {
          provide: handlerToken,
          inject: [...inject] as never[],
          useFactory: async (...injected: unknown[]) =>
            createNestHandler(await useFactory(...injected)),
        },
      ],
    }
  }

  configure(consumer: Consumer): void {
    consumer.apply(this.#handler).forRoutes(this.#path)
  }
}

// Does what the decorators would do. Node does not support their syntax.
Module({})(NotificationModule)
Inject(pathToken)(NotificationModule, undefined, 0)
Inject(handlerToken)(NotificationModule, undefined, 1)
