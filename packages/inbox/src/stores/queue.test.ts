import { expect, test } from 'vitest'
import { createQueue } from './queue.ts'

test('urgent work runs first, then urgent and other work alternate', async () => {
  const turns = createQueue()
  const order: string[] = []
  const take = (name: string, urgent: boolean) => turns.take(() => void order.push(name), urgent)
  await Promise.all([
    ...['other 1', 'other 2'].map((name) => take(name, false)),
    ...['urgent 1', 'urgent 2', 'urgent 3'].map((name) => take(name, true)),
  ])
  expect(order).toEqual(['urgent 1', 'other 1', 'urgent 2', 'other 2', 'urgent 3'])
})

test('work runs one at a time: the next starts when the previous has ended, also by failing', async () => {
  const turns = createQueue()
  let running = 0
  const work = async () => {
    running++
    await new Promise((resolve) => setTimeout(resolve, 1))
    const found = running--
    if (found !== 1) throw new Error(`${found} at once`)
    throw new Error('failed')
  }
  const outcomes = await Promise.allSettled([
    turns.take(work),
    turns.take(work, true),
    turns.take(() => 'done'),
  ])
  expect(
    outcomes.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message)),
  ).toEqual(['failed', 'failed', 'done'])
})

test('idle resolves when all waiting work has run', async () => {
  const turns = createQueue()
  const order: string[] = []
  void turns.take(() => void order.push('first'))
  void turns.take(() => void order.push('second'))
  await turns.idle
  expect(order).toEqual(['first', 'second'])
  await turns.idle
})
