import 'reflect-metadata'
import { type INestApplication, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect, test } from 'vitest'
import {
  type Bench,
  createBench,
  failBody,
  genuine,
  post,
  testAdapter,
} from '../testing/adapter-suite.ts'
import { createNestHandler, NotificationModule } from './nest.ts'

/** What an application provides and the module is given: a store, say. */
class Store {
  readonly name = 'store'
}
Module({ providers: [Store], exports: [Store] })(class StoreModule {})

async function start(app: INestApplication) {
  await app.listen(0, '127.0.0.1')
  return { url: (await app.getUrl()).replace('[::1]', '127.0.0.1'), close: () => app.close() }
}

function moduleOf({ options }: Bench) {
  class AppModule {}
  const store = { module: class StoreModule {}, providers: [Store], exports: [Store] }
  const useFactory = async (injected: Store) => {
    expect(injected.name).toBe('store')
    return options
  }
  Module({
    imports: [
      NotificationModule.register({
        path: 'notify',
        imports: [store],
        inject: [Store],
        useFactory,
      }),
    ],
  })(AppModule)
  return AppModule
}

class EmptyModule {}
Module({})(EmptyModule)

const platforms: [string, () => ExpressAdapter | FastifyAdapter][] = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
]

for (const [platform, adapter] of platforms) {
  for (const rawBody of [false, true]) {
    testAdapter(`NestJS on ${platform}, app.use(), rawBody: ${rawBody}`, async ({ options }) => {
      const app = await NestFactory.create(EmptyModule, adapter(), { logger: false, rawBody })
      app.use('/notify', createNestHandler(options))
      return start(app)
    })
  }
}

test.each([
  ['Express', true],
  ['Fastify', true],
  ['Fastify', false],
])(
  'NestJS on %s, the module, rawBody: %s: stored and 204, also under a global prefix',
  async (name, rawBody) => {
    for (const prefix of ['', 'api']) {
      const bench = createBench()
      const adapter = platforms.find(([platform]) => platform === name)?.[1] as () => ExpressAdapter
      const app = await NestFactory.create(moduleOf(bench), adapter(), { logger: false, rawBody })
      if (prefix) app.setGlobalPrefix(prefix)
      const { url, close } = await start(app)
      const message = await genuine()
      expect((await post(`${url}/${prefix ? 'api/' : ''}notify`, message)).status).toBe(204)
      expect(bench.stored.map(({ sealed }) => Buffer.from(sealed))).toEqual([
        Buffer.from(message.body),
      ])
      await close()
    }
  },
)

test('T-17 NestJS on Express, the module without rawBody: 500, and the event names Nest’s fix', async () => {
  const bench = createBench()
  const app = await NestFactory.create(moduleOf(bench), new ExpressAdapter(), { logger: false })
  const { url, close } = await start(app)
  const response = await post(`${url}/notify`, await genuine())
  expect([response.status, await response.text()]).toEqual([500, failBody])
  const { error } = bench.events[0] as { error: Error }
  expect(error.message).toContain('{ rawBody: true }')
  expect(error.message).toContain('createNestHandler')
  expect(error.message).not.toContain('Koa')
  await close()
})
