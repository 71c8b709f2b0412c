import { expect, test, vi } from 'vitest'
import { createClient } from '../call/client.ts'
import { preSignBody, rejection } from '../testing/handler.ts'

// As after a deployment that took the file away from under a running process.
vi.mock('./failure.ts', () => {
  throw new Error('no such file')
})

test('where what makes errors of failures cannot be loaded, the failure itself comes through', async () => {
  const reset = new TypeError('fetch failed')
  let attempts = 0
  const { qsMiniProgramPreEntrustSign } = createClient({
    fetch: () => {
      attempts += 1
      return Promise.reject(reset)
    },
  })
  const error = await rejection(qsMiniProgramPreEntrustSign({ json: preSignBody }))
  expect((error as Error & { cause?: unknown }).cause ?? error).toBe(reset)
  expect(attempts).toBe(1)
})
