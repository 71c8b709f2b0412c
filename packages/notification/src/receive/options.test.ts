import { afterEach, expect, test, vi } from 'vitest'
import { createExpressHandler } from '../adapters/express.ts'
import { createFastifyPlugin } from '../adapters/fastify.ts'
import { createHonoHandler } from '../adapters/hono.ts'
import { createKoaHandler } from '../adapters/koa.ts'
import { createNestHandler, NotificationModule } from '../adapters/nest.ts'
import { createNodeHandler } from '../adapters/node.ts'
import { createWebHandler } from '../adapters/web.ts'
import type { NotificationEvent } from '../respond/events.ts'
import { handleNotification } from '../respond/handle.ts'
import { options, signed } from '../testing/fixtures.ts'
import { openNotification } from './open-notification.ts'
import { receiveNotification } from './receive.ts'

interface Failure {
  readonly code: string
  readonly slot: string
  readonly message: string
  readonly remedy: { readonly zh: string }
}

const inbox = { claim: async () => 'new' as const }
const seen = new Map<string, Failure>()

afterEach(() => {
  vi.restoreAllMocks()
})

/** What a function throws, or undefined. */
async function thrownBy(work: () => unknown): Promise<Failure | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return error as Failure
  }
}

/** What `handleNotification` reports: it never rejects. */
async function reportedBy(given: unknown): Promise<Failure | undefined> {
  const events: NotificationEvent[] = []
  const onEvent = (event: NotificationEvent) => events.push(event)
  const more = { ...(given as object), onEvent }
  const { status } = await handleNotification(signed() as never, more as never)
  const [event] = events
  if (event === undefined || event.type !== 'notification:failed') return undefined
  expect(status).toBe(500)
  return event.error as Failure
}

const receivers: Record<string, (given: object) => Promise<Failure | undefined>> = {
  receiveNotification: (given) =>
    thrownBy(() => receiveNotification(signed(), { ...options, ...given })),
  handleNotification: (given) => reportedBy({ ...options, inbox, ...given }),
}
const adapters = {
  createExpressHandler,
  createFastifyPlugin,
  createHonoHandler,
  createKoaHandler,
  createNestHandler,
  createNodeHandler,
  createWebHandler,
}
for (const [name, create] of Object.entries(adapters)) {
  const own = name === 'createFastifyPlugin' ? { path: '/notify' } : {}
  receivers[name] = (given) =>
    thrownBy(() => (create as (all: object) => unknown)({ ...options, ...own, inbox, ...given }))
}

const note = (failure: Failure) => seen.set(`${failure.code} ${failure.slot}`, failure)
const none = async () => {}

/** Wrong options of every receiver: the code, the option that is named, and words of the text. */
const wrong: [object, code: string, slot: string, text: string][] = [
  [{ expects: () => true }, 'unknown-option', 'expects', 'expect'],
  [{ onevent: none }, 'unknown-option', 'onevent', 'onEvent'],
  [{ budget: 3000 }, 'unknown-option', 'budget', 'budgetMs'],
  [{ maxbytes: 10 }, 'unknown-option', 'maxbytes', 'maxBytes'],
  [{ nonsense: 'x' }, 'unknown-option', 'nonsense', 'one of'],
  [{ expect: true }, 'malformed-option', 'expect', 'expected a function'],
  [{ expect: null }, 'malformed-option', 'expect', 'found null'],
  [{ eventTypes: ['ENTRUST.SIGN'] }, 'malformed-option', 'eventTypes', 'signed or terminated'],
  [{ eventTypes: { signed: 'ENTRUST.SIGN' } }, 'malformed-option', 'eventTypes', 'array of texts'],
  [{ eventTypes: { signed: [7] } }, 'malformed-option', 'eventTypes', 'array of texts'],
  [{ eventTypes: { sign: ['X'] } }, 'unknown-option', 'eventTypes.sign', 'expected signed'],
  [{ eventTypes: 'ENTRUST.SIGN' }, 'malformed-option', 'eventTypes', 'of type string'],
  [{ platformKeys: undefined }, 'malformed-option', 'platformKeys', 'createPlatformKeys'],
  [{ platformKeys: 'PEM' }, 'malformed-option', 'platformKeys', 'of type string'],
  [{ platformKeys: { find: none } }, 'malformed-option', 'platformKeys', 'createPlatformKeys'],
  [{ clock: 0 }, 'malformed-option', 'clock', 'found 0'],
  [{ maxBytes: '64kb' }, 'malformed-option', 'maxBytes', 'whole number'],
  [{ maxBytes: Number.NaN }, 'malformed-option', 'maxBytes', 'found NaN'],
  [{ maxBytes: Number.POSITIVE_INFINITY }, 'malformed-option', 'maxBytes', 'whole number'],
  [{ maxBytes: 0 }, 'malformed-option', 'maxBytes', 'found 0'],
  [{ onEvent: 'log' }, 'malformed-option', 'onEvent', 'expected a function'],
  [{ debug: 'yes' }, 'malformed-option', 'debug', 'true or false'],
  [{ spec: { openapi: '3.1.0' } }, 'openapi-document', 'spec', 'npx @wechatpay-entrust/codegen'],
  [{ spec: [{}] }, 'malformed-spec', 'spec[0]', 'codegen writes'],
  [{ budgetMs: 4501 }, 'malformed-option', 'budgetMs', 'found 4501'],
  [{ budgetMs: '20s' }, 'malformed-option', 'budgetMs', 'of type string'],
  [{ mchid: 1900009191 }, 'malformed-mchid', 'mchid', ''],
  [{ apiV3Key: 'short' }, 'malformed-api-v3-key', 'apiV3Key', ''],
]

const silent = ['onEvent'] // without a listener the event of handleNotification goes to the console

test.each(Object.keys(receivers))('%s rejects unknown and wrong options by name', async (name) => {
  for (const [given, code, slot, text] of wrong) {
    if (name === 'handleNotification' && silent.includes(slot)) continue
    const failure = await receivers[name]?.(given)
    expect(failure, JSON.stringify(given)).toMatchObject({
      name: 'ConfigurationError',
      code,
      slot,
      message: expect.stringContaining(text),
      remedy: { zh: expect.stringMatching(/。$/) },
    })
    note(failure as Failure)
  }
  expect(await receivers[name]?.({ eventTypes: { signed: ['X'], terminated: undefined } })).toBe(
    undefined,
  )
})

test.each([[undefined], [null], ['options'], [[]]])('options that are %j', async (given) => {
  const expected = { name: 'ConfigurationError', code: 'malformed-option', slot: 'options' }
  const receiving = () => receiveNotification(signed(), given as never)
  vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(await thrownBy(receiving)).toMatchObject(expected)
  for (const create of Object.values(adapters))
    expect(await thrownBy(() => (create as (given: unknown) => unknown)(given))).toMatchObject(
      expected,
    )
})

const handlers = Object.keys(receivers).slice(1)

test.each(handlers)('%s checks destination and tenant', async (name) => {
  const { platformKeys, apiV3Key, mchid, expect: _, ...rest } = { expect: undefined, ...options }
  const none = { platformKeys: undefined, apiV3Key: undefined, mchid: undefined }
  const cases: [object, slot: string, text: string][] = [
    [{ inbox: undefined }, 'inbox, onNotification', 'found neither'],
    [{ onNotification: () => {} }, 'inbox, onNotification', 'found both'],
    [{ inbox: {} }, 'inbox', 'the method claim'],
    [{ inbox: null }, 'inbox', 'found null'],
    [{ inbox: undefined, onNotification: 'x' }, 'onNotification', 'expected a function'],
    [{ tenant: new Map() }, 'tenant', 'expected a function'],
    [{ ...none, tenant: 'a' }, 'tenant', 'expected a function'],
    [{ ...none, tenant: null }, 'tenant', 'found null'],
    [{ tenant: () => options }, 'apiV3Key', 'beside tenant'],
    [{ ...none, expect: () => true, tenant: () => options }, 'expect', 'beside tenant'],
  ]
  for (const [given, slot, text] of cases) {
    const failure = await receivers[name]?.(given)
    expect(failure, `${slot} ${text}`).toMatchObject({
      code: 'malformed-option',
      slot,
      message: expect.stringContaining(text),
    })
    note(failure as Failure)
  }
  const tenant = { platformKeys, apiV3Key, mchid }
  expect(await receivers[name]?.({ ...none, ...rest, tenant: () => tenant })).toBeUndefined()
})

test('what tenant returns is checked, too: a mistyped expect would accept everything', async () => {
  const { platformKeys, apiV3Key, mchid } = options
  const own = { platformKeys, apiV3Key, mchid }
  const cases: [unknown, code: string, slot: string][] = [
    [{ ...own, expects: () => true }, 'unknown-option', 'tenant().expects'],
    [{ ...own, expect: 'yes' }, 'malformed-option', 'tenant().expect'],
    [{ ...own, eventTypes: [] }, 'malformed-option', 'tenant().eventTypes'],
    [{ apiV3Key, mchid }, 'malformed-option', 'tenant().platformKeys'],
    ['a', 'malformed-option', 'tenant()'],
    [null, 'malformed-option', 'tenant()'],
  ]
  for (const [tenant, code, slot] of cases) {
    const failure = await reportedBy({ tenant: () => tenant, inbox })
    expect(failure).toMatchObject({ name: 'ConfigurationError', code, slot })
    note(failure as Failure)
  }
})

test.each<[string, object]>([
  ['createFastifyPlugin', { path: undefined }],
  ['createFastifyPlugin', { path: 7 }],
  ['createKoaHandler', { path: /notify/ }],
  ['createNodeHandler', { path: '' }],
])('the path of %s is text', async (name, given) => {
  expect(await receivers[name]?.(given)).toMatchObject({ code: 'malformed-option', slot: 'path' })
})

test('adapters that have no path reject one', async () => {
  for (const name of ['createExpressHandler', 'createHonoHandler', 'createNestHandler'])
    expect(await receivers[name]?.({ path: '/notify' })).toMatchObject({
      code: 'unknown-option',
      slot: 'path',
    })
})

test('NotificationModule.register rejects unknown and wrong options', async () => {
  const useFactory = () => ({ ...options, inbox })
  const cases: [object, code: string, slot: string][] = [
    [{ path: 'notify', useFactory, import: [] }, 'unknown-option', 'import'],
    [{ useFactory }, 'malformed-option', 'path'],
    [{ path: 'notify' }, 'malformed-option', 'useFactory'],
    [{ path: 'notify', useFactory, inject: 'KEYS' }, 'malformed-option', 'inject'],
  ]
  for (const [given, code, slot] of cases)
    expect(await thrownBy(() => NotificationModule.register(given as never))).toMatchObject({
      code,
      slot,
    })
})

test('openNotification rejects unknown and wrong options, and accepts those of a receiver', async () => {
  const { body } = signed()
  expect((await openNotification(body, options)).kind).toBe('signed')
  for (const [given, code, slot] of wrong.filter(([, , name]) => name !== 'platformKeys'))
    if (slot !== 'budgetMs' && slot !== 'mchid')
      expect(await thrownBy(() => openNotification(body, { ...options, ...given }))).toMatchObject({
        code,
        slot,
      })
})

test('the texts of options, in English and Chinese', async () => {
  const own = [...seen.values()].filter(({ code }) => code.endsWith('-option'))
  const texts = own.map(({ code, message, remedy }) => `${code}\n  ${message}\n  ${remedy.zh}\n`)
  await expect(texts.sort().join('\n')).toMatchFileSnapshot('../testing/option-texts.txt')
})
