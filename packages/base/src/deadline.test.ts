import { expect, test } from 'vitest'
import { thrownBy } from '../../auth/src/testing/vectors.ts'
import { deadlinePassed, startDeadline } from './deadline.ts'

const never = new Promise<never>(() => {})
const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

test('at its end a deadline rejects work that ignores its signal, and aborts the signal', async () => {
  const deadline = startDeadline(20, undefined)
  expect(await deadline.race(Promise.resolve('in time'))).toBe('in time')
  expect(await thrownBy(() => deadline.race(never))).toBe(deadlinePassed)
  expect(deadline.signal.reason).toMatchObject({ name: 'TimeoutError' })
  expect(deadline.remaining()).toBeLessThanOrEqual(0)
  deadline.release()
})

test("the caller's abort ends the deadline with the caller's reason", async () => {
  const controller = new AbortController()
  const deadline = startDeadline(60_000, controller.signal)
  const reason = new Error('stopped')
  setTimeout(() => controller.abort(reason), 5)
  expect(await thrownBy(() => deadline.race(never))).toBe(reason)
  expect(await thrownBy(() => deadline.wait(60_000, 'late'))).toBe(reason)
  expect(deadline.signal.reason).toBe(reason)
  deadline.release()
})

test('T-38 a wait ends in time, or with `late` at the end of the deadline, and leaves no timer', async () => {
  const before = timers()
  const deadline = startDeadline(40, undefined)
  await deadline.wait(1, 'late')
  expect(await thrownBy(() => deadline.wait(3_600_000, 'late'))).toBe('late')
  deadline.release()
  expect(timers()).toBe(before)
})
