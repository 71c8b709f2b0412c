import { expect, test } from 'vitest'
import { isPending } from './maybe-promise.ts'

test('only a thenable is pending, also one of another realm', () => {
  // biome-ignore lint/suspicious/noThenProperty: only `then` shows a promise of another realm
  const foreign = { then: (take: (value: number) => void) => take(1) } as Promise<number>
  expect([Promise.resolve(1), foreign].map(isPending)).toEqual([true, true])
  expect([1, true, null, undefined, 'then', new Uint8Array(1), {}].map(isPending)).not.toContain(
    true,
  )
})
