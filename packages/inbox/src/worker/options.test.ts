import { expect, test } from 'vitest'
import { defaultBackoff } from './options.ts'

test('the default delays double from 2 s up to 1 h, less at most half', () => {
  for (const [attempt, full] of [
    [1, 2_000],
    [2, 4_000],
    [11, 2_048_000],
    [12, 3_600_000],
    [5_000, 3_600_000],
  ] as const) {
    const delays = Array.from({ length: 200 }, () => defaultBackoff(attempt))
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(full / 2)
    expect(Math.max(...delays)).toBeLessThanOrEqual(full)
    expect(new Set(delays).size).toBeGreaterThan(50)
  }
})
