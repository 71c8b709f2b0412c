import { expect, test } from 'vitest'
import { matchesPattern } from './glob.ts'

test.each([
  ['/v3/pay/orders', 'v3/pay/**', true],
  ['/v3/pay', 'v3/pay/**', true],
  ['/v3/payscore', 'v3/pay/**', false],
  ['/v3/pay/orders/{id}', '/v3/pay/orders/{id}', true],
  ['/v3/pay/orders/{id}', 'v3/pay/orders/*', true],
  ['/v3/pay/orders/{id}/close', 'v3/pay/orders/*', false],
  ['/v3/pay/orders/{id}/close', 'v3/**/close', true],
  ['/v3/pay/orders/{id}/close', '**/orders/**', true],
  ['/v3/pay/orders', 'v3/p*y/ord*s', true],
  ['/v3/pay.orders', 'v3/pay+orders', false],
  ['/v3/pay', 'v3', false],
])('%s fits %s: %s', (path, pattern, fits) => {
  expect(matchesPattern(path, pattern)).toBe(fits)
})
