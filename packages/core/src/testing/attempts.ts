/** Calls whose attempts get given responses, and what was sent. */
import { type Client, createClient } from '../call/client.ts'
import type { ClientOptions } from '../call/client-options.ts'
import type { ApiError } from '../errors/api-error.ts'
import { preSignBody, preSignResponse, responding, unverified, verified } from './handler.ts'

const path = { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' }
export const operations = {
  preSign: (client: Client) => client.qsMiniProgramPreEntrustSign({ json: preSignBody }),
  query: (client: Client) => client.getContractByCode({ path }),
  terminate: (client: Client) =>
    client.terminateContractByCode({ path, json: { contract_termination_remark: '用户解约' } }),
  get: (client: Client) => client.request('GET', '/v3/x'),
  post: (client: Client) => client.request('POST', '/v3/x', { json: {} }),
  safePost: (client: Client) => client.request('POST', '/v3/x', { json: {}, retry: 'safe' }),
  unsafeGet: (client: Client) => client.request('GET', '/v3/x', { retry: 'unsafe' }),
}
export type Operation = keyof typeof operations
export const all = Object.keys(operations) as Operation[]
export const safe: readonly Operation[] = ['preSign', 'query', 'get', 'safePost']

/** A step: a status, or what the fetch rejects with. */
export type Step = number | Error | Response
const network = (fields: object) =>
  Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('system'), fields),
  })
export const connectionRefused = network({ code: 'ECONNREFUSED', syscall: 'connect' })
export const reset = network({ code: 'ECONNRESET', syscall: 'read' })
export const probe = Object.assign(new Error('probe'), {
  name: 'SignatureError',
  code: 'mismatch',
  probe: true,
  status: 200,
})
export const forged = Object.assign(new Error('forged'), {
  name: 'SignatureError',
  code: 'mismatch',
  probe: false,
})
export const responseFor = (status: number) =>
  status === 200 || status === 202
    ? verified(preSignResponse, { status })
    : unverified('{"code":"SYSTEM_ERROR","message":"m"}', {
        status,
        headers: { 'request-id': `id-${status}` },
      })

/** Makes one call. Each attempt gets the next step as its response; the last step is repeated. */
export async function run(
  operation: Operation,
  steps: readonly Step[],
  options: Partial<ClientOptions> = {},
) {
  let at = 0
  const { fetch, seen } = responding(async () => {
    const step = steps[Math.min(at, steps.length - 1)] ?? 200
    at += 1
    if (step instanceof Error) throw step
    return typeof step === 'number' ? responseFor(step) : step
  })
  const client = createClient({ fetch, ...options })
  const result = await operations[operation](client).then(
    ({ response }) => response.status,
    (error) => error as ApiError,
  )
  return {
    result,
    seen,
    attempts: seen.length,
    hosts: seen.map(({ url }) => new URL(url).hostname),
    client,
  }
}
export const attemptsOf = async (
  operation: Operation,
  steps: readonly Step[],
  options?: Partial<ClientOptions>,
) => (await run(operation, steps, options)).attempts
