import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fill, held, ratios, tables } from './capacity.ts'
import { type Receiver, simulate } from './model.ts'

const load = { perSecond: 500, seconds: 10, seed: 1 }
const sqlite: Receiver = {
  loopMs: 0.4,
  workMs: 0,
  wakes: [0],
  concurrency: 4,
  store: { kind: 'sqlite', commits: [0.3] },
}
const postgres = (changes: object = {}): Receiver => ({
  ...{ loopMs: 0.4, workMs: 0, wakes: [0], concurrency: 4 },
  store: {
    kind: 'postgres',
    claimMs: 0.2,
    completeMs: 0.4,
    waitMs: 1,
    cores: 1,
    connections: 10,
    ...changes,
  },
})

test('the same seed gives the same figures, another seed other figures', () => {
  expect(simulate(postgres(), load)).toEqual(simulate(postgres(), load))
  expect(simulate(postgres(), load)).not.toEqual(simulate(postgres(), { ...load, seed: 2 }))
})

test('without other load, a response takes the sum of its parts', () => {
  const alone = { perSecond: 1, seconds: 2000, seed: 1 }
  expect(simulate(sqlite, alone).p50).toBeCloseTo(0.4 + 0.3, 6)
  expect(simulate(postgres(), alone).p50).toBeCloseTo(0.4 + 0.2 + 1, 6)
})

test('the event loop is busy for rate times work, and so is the database', () => {
  const { loopBusy, serverBusy } = simulate(postgres(), { ...load, seconds: 60 })
  expect(loopBusy).toBeCloseTo(0.5 * 0.4, 1)
  expect(serverBusy).toBeCloseTo(0.5 * 0.2, 1)
  const working = simulate({ ...postgres(), workMs: 0.4 }, { ...load, seconds: 60 })
  expect(working.loopBusy).toBeCloseTo(0.5 * 0.8, 1)
  expect(working.serverBusy).toBeCloseTo(0.5 * 0.6, 1)
})

test('the mean wait agrees with queueing theory: constant service, random arrivals (Pollaczek–Khinchine)', () => {
  // Only one core of the server takes time: mean wait = busy · service / (2 (1 − busy)).
  const receiver: Receiver = { ...postgres({ claimMs: 1, waitMs: 0, connections: 100 }), loopMs: 0 }
  const { mean } = simulate(receiver, { perSecond: 700, seconds: 200, seed: 3 })
  expect(mean).toBeGreaterThan((1 + (0.7 * 1) / (2 * 0.3)) * 0.93)
  expect(mean).toBeLessThan((1 + (0.7 * 1) / (2 * 0.3)) * 1.07)
})

test('claims share a commit, so more arrive than single commits could handle', () => {
  const slowDisk: Receiver = { ...sqlite, store: { kind: 'sqlite', commits: [5] } }
  expect(simulate(slowDisk, load).p99).toBeLessThan(30)
})

test('too few connections make responses slow when claims wait for long', () => {
  const waitMs = 20
  expect(simulate(postgres({ waitMs, connections: 2 }), load).p99).toBeGreaterThan(1000)
  expect(simulate(postgres({ waitMs, connections: 20 }), load).p99).toBeLessThan(50)
})

test('the model predicts the measured times at the rates that did not calibrate it', () => {
  const { p50, p99 } = ratios()
  expect(p50.length).toBeGreaterThanOrEqual(8)
  for (const ratio of p50) expect(ratio).toBeGreaterThan(1 / held.p50)
  for (const ratio of p50) expect(ratio).toBeLessThan(held.p50)
  for (const ratio of p99) expect(ratio).toBeGreaterThan(1 / held.p99)
  for (const ratio of p99) expect(ratio).toBeLessThan(held.p99)
})

test('the tables of the guide match the measurement and the model', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/guide/capacity.md'), 'utf8')
  for (const name of Object.keys(tables)) expect(page).toContain(`<!-- ${name} -->`)
  expect(fill(page)).toBe(page)
})
