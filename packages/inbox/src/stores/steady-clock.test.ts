import { expect, test, vi } from 'vitest'
import { createSteadyClock } from './steady-clock.ts'

const hour = 3_600_000

test('a step back is ignored: the clock continues from the time before', () => {
  let time = 10 * hour
  vi.spyOn(performance, 'now').mockReturnValue(5_000)
  const clock = createSteadyClock(() => time)
  expect(clock()).toBe(10 * hour)
  time -= hour
  expect(clock()).toBe(10 * hour)
  time += 1_500
  expect(clock()).toBe(10 * hour + 1_500)
  time -= 2 * hour
  expect(clock()).toBe(10 * hour + 1_500)
  time += 1
  expect(clock()).toBe(10 * hour + 1_501)
  vi.restoreAllMocks()
})

test('the time that passed while the clock stepped back is counted', () => {
  let time = 10 * hour
  const now = vi.spyOn(performance, 'now').mockReturnValue(5_000)
  const clock = createSteadyClock(() => time)
  clock()
  time -= hour
  now.mockReturnValue(8_000)
  expect(clock()).toBe(10 * hour + 3_000)
  vi.restoreAllMocks()
})

test('when the clock is ahead again, it is followed', () => {
  let time = 10 * hour
  const clock = createSteadyClock(() => time)
  clock()
  time -= hour
  clock()
  time += 2 * hour
  expect(clock()).toBe(11 * hour)
  time += 1
  expect(clock()).toBe(11 * hour + 1)
})

test('the clock is never before the floor, and has whole milliseconds', () => {
  let time = 10 * hour + 0.7
  vi.spyOn(performance, 'now').mockReturnValue(0)
  expect(createSteadyClock(() => time)()).toBe(10 * hour)
  const clock = createSteadyClock(() => time, 11 * hour)
  expect(clock()).toBe(11 * hour)
  time += 250.5
  expect(clock()).toBe(11 * hour + 251)
  vi.restoreAllMocks()
})
