import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findPostgres, startPostgres } from '../../../packages/inbox/src/testing/postgres-server.ts'
import { whereFound } from '../../../packages/inbox/src/testing/where-found.ts'
import { runLoads } from '../../bench/inbox/run.ts'
import type { StorePlace, Variant } from '../../bench/inbox/variants.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughput-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/**
 * A short run of R16: it only checks that every notification is acknowledged. `npm run bench --
 * inbox` measures the speed.
 */
async function requireAllAcknowledged(variant: Variant, place: StorePlace): Promise<void> {
  const [run] = await runLoads({ variant, place }, [{ perSecond: 200, seconds: 0.5 }])
  expect({ answers: run?.ms.length, failed: run?.failed }).toEqual({ answers: 100, failed: 0 })
  if (variant !== 'by hand') expect(run?.cost.claims).toHaveLength(100)
}

for (const variant of ['by hand', 'ours, with worker'] as const) {
  test(`R16, small: everything is acknowledged under load that does not wait for responses, SQLite, ${variant}`, () =>
    requireAllAcknowledged(variant, { kind: 'sqlite', path: join(folder, `${variant}.db`) }))
}

whereFound('R16, small: PostgreSQL', findPostgres(), () => {
  test('R16, small: everything is acknowledged under load that does not wait for responses, PostgreSQL, ours, with worker', async () => {
    const server = await startPostgres()
    try {
      await requireAllAcknowledged('ours, with worker', { kind: 'postgres', url: server.url })
    } finally {
      await server.end()
    }
  })
})
