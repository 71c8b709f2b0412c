import { expect, test } from 'vitest'
import { andThen, isPending, orElse } from './maybe-promise.ts'

const failing = () => {
  throw new Error('now')
}

test('only what can be waited for is pending', () => {
  // biome-ignore lint/suspicious/noThenProperty: a promise of another realm is one by its `then`
  const foreign = { then: (take: (value: number) => void) => take(1) } as Promise<number>
  expect([Promise.resolve(1), foreign].map(isPending)).toEqual([true, true])
  expect([1, true, null, undefined, 'then', new Uint8Array(1), {}].map(isPending)).not.toContain(true)
})

test('what is there is used at once, what is to come later', async () => {
  expect(andThen(1, (value) => value + 1)).toBe(2)
  expect(orElse<number>(() => 1, failing)).toBe(1)
  expect(await andThen(Promise.resolve(1), (value) => value + 1)).toBe(2)
  expect(await andThen(1, async (value) => value + 1)).toBe(2)
  expect(await orElse<number>(async () => 1, failing)).toBe(1)
})

test('what fails now throws, what fails later rejects, and both are recovered from', async () => {
  expect(() => andThen(1, failing)).toThrow('now')
  await expect(andThen(Promise.resolve(1), failing)).rejects.toThrow('now')
  const says = (error: unknown) => (error as Error).message
  expect(orElse<string>(failing, says)).toBe('now')
  expect(await orElse<string>(() => Promise.reject(new Error('later')), says)).toBe('later')
  expect(() => orElse(failing, failing)).toThrow('now')
  await expect(orElse(() => Promise.reject(new Error('later')), failing)).rejects.toThrow('now')
})
