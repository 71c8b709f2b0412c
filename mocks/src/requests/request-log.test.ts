import { expect, test } from 'vitest'
import { mockIdentity } from '../platform/identity.ts'
import { createRequestLog } from './request-log.ts'

const exchange = (path: string, body = '') => ({
  method: 'GET',
  target: path,
  headers: new Headers({ Accept: '*/*' }),
  body: new TextEncoder().encode(body),
  onWire: false,
})

test('the log has a limit: it drops the bodies of old requests, then the requests', () => {
  const log = createRequestLog(mockIdentity('1'))
  for (let count = 0; count < 10_001; count += 1) log.begin(exchange(`/${count}`, 'a'))
  const paths = log.list().map(({ path }) => path)
  expect([paths.length, paths[0], paths.at(-1)]).toEqual([10_000, '/1', '/10000'])
  expect([log.find(10_001)?.body, log.find(9001)?.body, log.find(1)]).toEqual([
    'a',
    undefined,
    undefined,
  ])
})

test('a large body is not stored, and the log returns copies', () => {
  const log = createRequestLog(mockIdentity('1'))
  const { entry } = log.begin(exchange('/a', 'a'.repeat(70_000)))
  expect(log.find(entry.id)).toBeUndefined()
  Object.assign(log.list()[0] ?? {}, { status: 1 })
  expect(log.list()[0]?.status).toBeNull()
  log.reset()
  expect(log.list()).toEqual([])
})
