import { afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { createClient } from '../call/client.ts'
import { loadKy, responding, verified } from './handler.ts'

export const start = Date.parse('2026-11-23T08:00:00Z')
/** Call once at the top of a file: fake timers, and the middle of the jitter. */
export function useFakeWait(): void {
  beforeAll(loadKy)
  beforeEach(() => {
    vi.useFakeTimers({ now: start })
    // The middle of the jitter.
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
}

export const code = { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' }
export const notFound = () =>
  verified({ code: 'RESOURCE_NOT_EXISTS', message: 'm' }, { status: 404 })
export const contract = (contract_state: string) =>
  verified({
    ...code,
    contract_state,
    mchid: '1900009191',
    contract_id: '123124412412423431',
    appid: 'wxcbda96de0b165486',
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    contract_signed_time: '2026-11-23T16:00:00+08:00',
  })

/**
 * A client with one response for each query; the last one is repeated. `at`: the time of each query
 * in seconds.
 */
export function client(...responses: (() => Response)[]) {
  const at: number[] = []
  const { fetch, seen } = responding(() => {
    at.push(Math.round((Date.now() - start) / 1000))
    return (responses[Math.min(at.length, responses.length) - 1] ?? notFound)()
  })
  return { at, seen, client: createClient({ fetch, maxAttempts: 1 }) }
}
