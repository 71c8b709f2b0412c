import { expect, test } from 'vitest'
import { requestIdOf } from './request-id.ts'

test('a Request-ID is cut, and has no characters that could forge a log line (C9)', () => {
  const of = (value: string) => requestIdOf({ get: () => value })
  expect(of('08F78BB9AF0610D302')).toBe('08F78BB9AF0610D302')
  expect(of(`${'x'.repeat(2_000)}`)).toHaveLength(129)
  expect(of('a\u001b[31mb\u2028c')).toBe('a [31mb c')
  expect([requestIdOf({ get: () => null }), of('')]).toEqual([undefined, undefined])
})
