import { afterEach, beforeEach, vi } from 'vitest'
import type { AuthEvent } from '../events.ts'
import {
  createDownloadedKeys,
  type DownloadedKeys,
  type DownloadedKeysOptions,
} from '../keys/downloaded-keys.ts'
import {
  type CertificateService,
  certificateService,
  platformCertificate,
} from './certificate-service.ts'
import { credentials } from './responding.ts'
import { testingKeys } from './vectors.ts'

export const minute = 60_000
export const hour = 60 * minute
export const first = platformCertificate('A1', '2020', '2030')
export const second = platformCertificate('B2', '2025', '2035')

/** A fake service, clock and timers for the tests of a file; new for each test. */
export interface Downloads {
  now: number
  events: AuthEvent[]
  service: CertificateService
  readonly clock: () => number
  create(options?: Partial<DownloadedKeysOptions>): DownloadedKeys
  /** Advances clock and timers, then waits for the download to end, which sets the next timer. */
  advance(milliseconds: number): Promise<void>
  /** The number of downloads so far. */
  count(): number
}

export function setUpDownloads(): Downloads {
  const created: DownloadedKeys[] = []
  const clock = () => setup.now
  const setup: Downloads = {
    now: 0,
    events: [],
    service: certificateService([first], clock),
    clock,
    create(options = {}) {
      const keys = createDownloadedKeys({
        credentials,
        apiV3Key: testingKeys.apiV3Key,
        fetch: setup.service.fetch,
        clock,
        onEvent: (event) => setup.events.push(event),
        random: () => 0.5,
        ...options,
      })
      created.push(keys)
      return keys
    },
    async advance(milliseconds) {
      setup.now += milliseconds
      await vi.advanceTimersByTimeAsync(milliseconds)
      await until(() => vi.getTimerCount() === 1)
    },
    count: () => setup.service.sent.filter(({ url }) => url.endsWith('/v3/certificates')).length,
  }
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    setup.now = Date.parse('2026-01-01T00:00:00Z')
    setup.events = []
    setup.service = certificateService([first], clock)
  })
  afterEach(() => {
    for (const keys of created.splice(0)) keys.close()
    vi.useRealTimers()
  })
  return setup
}

export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; !condition(); turn++) {
    if (turn === 100_000) throw new Error('the condition did not become true')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

export const failToConnect = () => Promise.reject(new TypeError('fetch failed'))
