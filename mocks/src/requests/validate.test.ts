import { expect, test } from 'vitest'
import { createMock } from '../index.ts'
import { ask } from '../testing/by-hand.ts'

const refusal = async (target: string) => {
  const { status, json } = await ask(createMock(), { target })
  return [status, json.code, json.detail?.field, json.detail?.location]
}

test.each(['0x30F7', '1e4', '12535.0', '%2012535', '+12535', '90071992547409930'])(
  'the service_id %s in a path is not an integer: PARAM_ERROR',
  async (id) => {
    const target = `/v3/password-exempt-contract/contracts/service-id/${id}/out-contract-code/x`
    expect(await refusal(target)).toEqual([400, 'PARAM_ERROR', 'service_id', 'url'])
  },
)

test('the whole query parameter is read, with its question marks: PARAM_ERROR', async () => {
  for (const value of ['DSA', 'RSA?x', '', 'RSA%20'])
    expect(await refusal(`/v3/certificates?algorithm_type=${value}`)).toEqual([
      400,
      'PARAM_ERROR',
      'algorithm_type',
      'query',
    ])
  expect(
    (await ask(createMock(), { target: '/v3/certificates?algorithm_type=RSA&x=?' })).status,
  ).toBe(200)
})
