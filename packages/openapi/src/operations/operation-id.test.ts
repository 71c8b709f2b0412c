import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deriveOperationId } from './operation-id.ts'

test.each([
  ['GET', '/v3/pay/transactions/id/{transaction_id}', 'get_v3_pay_transactions_id_$transactionId'],
  ['post', '/v3/password-exempt-contract/contracts', 'post_v3_passwordExemptContract_contracts'],
  ['get', '/v3/mch_operate/risk', 'get_v3_mch__operate_risk'],
  ['get', '/v3/_a', 'get_v3_$5Fa'],
  ['get', '/v3/a/', 'get_v3_a_'],
  ['get', '/v3/getSpInviteUrl', 'get_v3_get$53p$49nvite$55rl'],
  ['get', '/v3/{outTradeNo}', 'get_v3_$out$54rade$4Eo'],
  ['get', '/v3/{2fa}', 'get_v3_$$32fa'],
  ['get', '/v3/a--b-', 'get_v3_a$2DB$2D'],
  ['get', '/v3/{a}.json', 'get_v3_$7Ba$7D$2Ejson'],
  ['get', '/v3/订单', 'get_v3_$E8$AE$A2$E5$8D$95'],
])('%s %s is %s', (method, path, id) => {
  expect(deriveOperationId(method, path)).toBe(id)
})

const segment = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'F', '_', '-', '$', '4', '.'), maxLength: 5 }),
  fc
    .string({
      unit: fc.constantFrom('a', 'A', 'F', '_', '-', '4', '$'),
      minLength: 1,
      maxLength: 4,
    })
    .map((name) => `{${name}}`),
)
// An empty segment is allowed only at the end.
const path = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((segments) => segments.filter((one, index) => one !== '' || index === segments.length - 1))
  .map((segments) => `/${segments.join('/')}`)

test('two paths never have the same id', () => {
  fc.assert(
    fc.property(
      path,
      path,
      (a, b) => a === b || deriveOperationId('get', a) !== deriveOperationId('get', b),
    ),
    { numRuns: 5_000, seed: 15 },
  )
  const all = new Map<string, string>()
  for (const one of fc.sample(path, { numRuns: 20_000, seed: 15 })) {
    const id = deriveOperationId('get', one)
    expect(all.get(id) ?? one).toBe(one)
    expect(id).toMatch(/^[\w$]+$/)
    all.set(id, one)
  }
})
