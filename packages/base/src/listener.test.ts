import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { callListener } from './listener.ts'

test('errors of a listener are ignored, thrown or rejected, with any kind of promise', async () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', note)
  const seen: unknown[] = []
  const listeners: ((event: string) => unknown)[] = [
    (event) => seen.push(event),
    () => {
      throw new Error('thrown')
    },
    async () => {
      throw new Error('rejected')
    },
    // C10: a promise of another realm, or a thenable, is not `instanceof Promise`.
    runInNewContext('async () => { throw new Error("of another realm") }'),
    () => ({
      // biome-ignore lint/suspicious/noThenProperty: the case under test
      then: (_: unknown, reject: (reason: unknown) => void) => reject(new Error('a thenable')),
    }),
  ]
  for (const listener of [...listeners, undefined]) callListener(listener, 'event')
  await new Promise((resolve) => setTimeout(resolve, 10))
  process.off('unhandledRejection', note)
  expect([seen, unhandled]).toEqual([['event'], []])
})
