import { afterAll, expect, test } from 'vitest'
import { whereFound } from '../../../packages/inbox/src/testing/where-found.ts'
import { faults, formatTable, type Line } from '../table.ts'
import { syncedBeforeResponse } from './fsync.ts'
import { type StoreKind, setStage } from './harness.ts'
import { planFor, small, stores } from './plan.ts'

/** Only stops a run that hangs: far more than a run needs, even on a busy machine. */
const hangLimitMs = 30 * 60_000
const lines: Line[] = []
afterAll(() => void process.stdout.write(`\n${formatTable(lines)}\n\n`))

for (const [kind, found] of Object.entries(stores) as [StoreKind, object][]) {
  whereFound(`the proofs on ${kind}`, found, () => {
    for (const { target, what, needs = {}, run } of planFor(kind, small)) {
      whereFound(`${target} ${kind}: ${what}`, needs, () => {
        test(`${target} ${kind}: ${what}`, { timeout: hangLimitMs }, async () => {
          const stage = await setStage(kind)
          const start = performance.now()
          try {
            const { outcome, note, faults } = await run(stage)
            const seconds = (performance.now() - start) / 1000
            lines.push({
              target,
              store: kind,
              what,
              seconds,
              faults,
              ...(outcome && { outcome }),
              ...(note && { note }),
            })
            expect(faults).toEqual([])
          } finally {
            await stage.end()
          }
        })
      })
    }
  })
}

const marks = { asked: /"POST/, answered: /"HTTP\/1\.1 204/ }
const [asked, sync, answered] = [
  '10 read(20, "POST /n"..., 65536) = 9',
  '11 fdatasync(21) = 0',
  '10 write(20, "HTTP/1.1 204"..., 30) = 30',
]

test('R19 only a trace with the sync between request and response passes', () => {
  expect(syncedBeforeResponse([asked, sync, answered].join('\n'), marks)).toBe(true)
  expect(
    syncedBeforeResponse(
      [asked, '11 fdatasync(21 <unfinished ...>', '11 <... fdatasync resumed>) = 0', answered].join(
        '\n',
      ),
      marks,
    ),
  ).toBe(true)
  expect(syncedBeforeResponse([sync, asked, answered, sync].join('\n'), marks)).toBe(false)
  expect(
    syncedBeforeResponse([asked, '11 fdatasync(21 <unfinished ...>', answered].join('\n'), marks),
  ).toBe(false)
  expect(
    syncedBeforeResponse([asked, '11 fdatasync(21) = -1 EIO', answered].join('\n'), marks),
  ).toBe(false)
  expect(() => syncedBeforeResponse(sync ?? '', marks)).toThrow('no request')
  expect(() => syncedBeforeResponse(asked ?? '', marks)).toThrow('no answer')
})

test('each count that must be 0 is a fault when it is not', () => {
  const good = {
    sent: 1,
    recalls: 3,
    p50: 1,
    p99: 1,
    max: 1,
    lost: 0,
    doubleEffects: 0,
    strangeEffects: 0,
    rejectedGenuine: 0,
    acceptedForged: 0,
    lateResponses: 0,
  }
  expect(faults(good)).toEqual([])
  for (const name of [
    'lost',
    'doubleEffects',
    'strangeEffects',
    'rejectedGenuine',
    'acceptedForged',
    'lateResponses',
  ]) {
    expect(faults({ ...good, [name]: 1 })).toEqual([`${name}: 1`])
  }
})
