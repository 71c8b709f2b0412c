import { expect, test } from 'vitest'
import { createQueue } from './queue.ts'

test('urgent work runs first, then urgent and other work alternate', async () => {
  const queue = createQueue()
  const order: string[] = []
  const add = (name: string, urgent: boolean) => queue.add(() => void order.push(name), urgent)
  await Promise.all([
    ...['other 1', 'other 2'].map((name) => add(name, false)),
    ...['urgent 1', 'urgent 2', 'urgent 3'].map((name) => add(name, true)),
  ])
  expect(order).toEqual(['urgent 1', 'other 1', 'urgent 2', 'other 2', 'urgent 3'])
})

test('work runs one at a time: the next starts when the previous has ended, also by failing', async () => {
  const queue = createQueue()
  let running = 0
  const work = async () => {
    running++
    await new Promise((resolve) => setTimeout(resolve, 1))
    const found = running--
    if (found !== 1) throw new Error(`${found} at once`)
    throw new Error('failed')
  }
  const outcomes = await Promise.allSettled([
    queue.add(work),
    queue.add(work, true),
    queue.add(() => 'done'),
  ])
  expect(
    outcomes.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message)),
  ).toEqual(['failed', 'failed', 'done'])
})

test('idle resolves when all waiting work has run', async () => {
  const queue = createQueue()
  const order: string[] = []
  void queue.add(() => void order.push('first'))
  void queue.add(() => void order.push('second'))
  await queue.idle
  expect(order).toEqual(['first', 'second'])
  await queue.idle
})
