import { expect, test } from 'vitest'
import { createRequestLog } from './request-log.ts'

test('the latest 10,000 requests are kept, and what is listed does not change afterwards', () => {
  const log = createRequestLog()
  for (let index = 0; index < 10_000; index += 1) log.begin('GET', `/${index}`)
  const last = log.begin('GET', '/last')
  const listed = log.list()
  last.status = 200
  expect([listed.length, listed[0]?.path, listed.at(-1)?.path]).toEqual([10_000, '/1', '/last'])
  expect([listed.at(-1)?.status, log.list().at(-1)?.status]).toEqual([null, 200])
})
