import { expect, onTestFinished, test, vi } from 'vitest'
import { createClock } from './clock.ts'

test('advance runs the tasks that are due, in order, each at its own time, and stops at the requested time', async () => {
  const clock = createClock(() => 1000)
  const ran: [string, number][] = []
  const task = (name: string) => async () => void ran.push([name, clock.now()])
  clock.schedule(31_000, task('second'))
  clock.schedule(16_000, async () => {
    ran.push(['first', clock.now()])
    clock.schedule(clock.now() + 1000, task('planned by the first'))
  })
  clock.schedule(61_001, task('not yet'))
  expect(await clock.advance(60)).toBe(61_000)
  expect(ran).toEqual([
    ['first', 16_000],
    ['planned by the first', 17_000],
    ['second', 31_000],
  ])
})

test('two calls of advance run one after the other and add up', async () => {
  const clock = createClock(() => 0)
  expect(await Promise.all([clock.advance(1), clock.advance(2)])).toEqual([1000, 3000])
})

test('without an injected clock a task runs by itself when it is due, also after advance made it due earlier', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const clock = createClock()
  const ran = vi.fn(async () => undefined)
  clock.schedule(clock.now() + 10_020, ran)
  await clock.advance(10)
  vi.advanceTimersByTime(19)
  expect(ran).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(ran).toHaveBeenCalledOnce()
})

test('reset drops the tasks and advances, also while advance runs', async () => {
  const clock = createClock(() => 0)
  const never = vi.fn(async () => undefined)
  clock.schedule(1000, async () => clock.reset())
  clock.schedule(2000, never)
  await clock.advance(60)
  expect([clock.now(), never.mock.calls.length]).toEqual([0, 0])
})

test('a task in a month does not run at once: no delay is longer than setTimeout allows', () => {
  const timers = vi.spyOn(globalThis, 'setTimeout')
  const clock = createClock()
  clock.schedule(clock.now() + 30 * 86_400_000, async () => undefined)
  expect(timers.mock.calls.map(([, wait]) => wait)).toEqual([2 ** 31 - 1])
  clock.reset()
  timers.mockRestore()
})
