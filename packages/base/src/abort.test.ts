import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { pause } from './abort.ts'

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

test('T-38: a pause ends at an abort, also an earlier one, and leaves no timer and no listener', async () => {
  const before = timers()
  const controller = new AbortController()
  await pause(1, controller.signal)
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  const long = pause(3_600_000, controller.signal)
  controller.abort()
  await long
  await pause(3_600_000, controller.signal)
  expect(timers()).toBe(before)
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
})

test('a pause longer than the longest timer does not end at once', async () => {
  for (const ms of [Number.POSITIVE_INFINITY, 2 ** 31]) {
    const controller = new AbortController()
    const ended = pause(ms, controller.signal).then(() => 'ended')
    const short = pause(20).then(() => 'short')
    expect(await Promise.race([ended, short])).toBe('short')
    controller.abort()
    await ended
  }
})
