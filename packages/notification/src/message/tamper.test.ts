import { expect, test } from 'vitest'
import { receiveNotification } from '../receive/receive.ts'
import { flipBit, options, signed } from '../testing/fixtures.ts'

test('R5 T-04 no bit of the body, the four signed headers or the signature type can change: 0 accepted, typed errors only', async () => {
  const message = signed()
  await receiveNotification(message, options)
  const outcomes = new Map<string, number>()
  const count = async (changed: typeof message) => {
    const outcome = await receiveNotification(changed, options).then(
      () => 'ACCEPTED',
      (error: Error) => error.name,
    )
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }

  for (let bit = 0; bit < message.body.length * 8; bit++)
    await count({ ...message, body: flipBit(message.body, bit) })
  let bits = message.body.length * 8
  for (const name of Object.keys(message.headers).filter((key) => key.startsWith('Wechatpay-'))) {
    const value = Buffer.from(message.headers[name] ?? '', 'latin1')
    for (let bit = 0; bit < value.length * 8; bit++) {
      const changed = Buffer.from(flipBit(value, bit)).toString('latin1')
      await count({ ...message, headers: { ...message.headers, [name]: changed } })
    }
    bits += value.length * 8
  }

  expect(bits).toBeGreaterThan(8000)
  expect(Object.fromEntries(outcomes)).toEqual({ SignatureError: bits })
})
