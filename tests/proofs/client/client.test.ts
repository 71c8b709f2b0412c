import { expect, test } from 'vitest'
import type { CallFigures } from './caller.ts'
import { judge, smallSoak, soakClient } from './soak.ts'

test(`R11 ${smallSoak.calls} calls, three in ten with a fault, and a service that is completely down`, async () => {
  const { note, faults } = await soakClient(smallSoak)
  process.stdout.write(`\nR11: ${note}\n\n`)
  expect(faults).toEqual([])
}, 1_800_000) // Only stops a run that hangs; a busy machine may be slow.

test('R11 each count that must be 0 is a fault when it is not', () => {
  const codes = Array.from({ length: 12 }, (_, at) => [`CODE${at}`, 1])
  const good: CallFigures = {
    ...{
      calls: 100,
      attempts: 120,
      answered: 0,
      unverified: 0,
      latestMs: 250,
      grownBytes: 0,
      unhandled: [],
    },
    outcomes: Object.fromEntries(codes),
  }
  const all = {
    ...{ faulty: { ...good, answered: 70, attempts: 150 }, down: good, unreachable: good },
    ...{ sockets: 0, code: 0, lateMs: 250 },
  }
  expect(judge(all)).toEqual([])
  const down = (wrong: Partial<CallFigures>) => judge({ ...all, down: { ...good, ...wrong } })
  expect(down({ unverified: 1 })).toEqual(['1 unverified results'])
  expect(down({ unhandled: ['Error: x'] })).toEqual(['unhandled: Error: x'])
  expect(down({ latestMs: 251 })).toEqual(['a call ended 251 ms past its deadline'])
  expect(down({ grownBytes: 10_000_000 })).toEqual([
    '10000000 bytes of heap grown in the second half',
  ])
  expect(down({ answered: 1 })).toEqual(['1 answered while wholly down'])
  expect(down({ attempts: 121 })).toEqual(['121 attempts of 100 calls while wholly down'])
  expect(judge({ ...all, faulty: { ...all.faulty, answered: 60 } })).toEqual([
    'only 60 of 100 answered',
  ])
  expect(judge({ ...all, faulty: { ...all.faulty, outcomes: { answered: 100 } } })).toEqual([
    'outcomes: answered',
  ])
  expect(judge({ ...all, sockets: 1, code: null })).toEqual(['1 sockets left', 'exit null'])
})
