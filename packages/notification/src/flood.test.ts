import { expect, test } from 'vitest'
import { flood } from './testing/flood.ts'

test('T-41 R17 in a flood of forged posts every genuine notification is answered, and no forged one accepted', async () => {
  const { forged, genuine, other, counts } = await flood({ rate: 1000, seconds: 1, connections: 16 })
  expect(forged.sent).toBeGreaterThan(16)
  expect([forged.accepted, other]).toEqual([0, 0])
  expect(genuine.sent).toBeGreaterThan(0)
  expect(genuine.accepted).toBe(genuine.sent)
  expect(counts).toEqual({ 'notification:accepted': genuine.sent, 'notification:refused': forged.sent })
})
