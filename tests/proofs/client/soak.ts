// R11: the facade calls the mock over real HTTP. A fault applies to three calls in ten; after that
// the service is completely down.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FaultName, MockMerchant } from '@wechatpay-entrust/mock'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { createWeChatPay } from 'wechatpay-entrust'
import request from '../../../spec/examples/qs-mini-program-pre-entrust-sign.request.json' with {
  type: 'json',
}
import type { Result } from '../inbox/plan.ts'
import type { CallerConfig, CallFigures } from './caller.ts'

const faultNames: readonly FaultName[] = [
  ...([
    'connection-reset',
    'truncated-body',
    'slow-drip',
    '500',
    '502',
    '503',
    '504',
    '429',
    '202',
  ] as const),
  ...(['unsigned', 'wrong-signature', 'wrong-serial', 'stale-timestamp', 'tampered-body'] as const),
  ...(['html', 'redirect', 'compressed-bomb', 'signtest', 'latency'] as const),
]
/** The size in `npm test`. It allows more delay, because the machine is busy then. */
export const smallSoak: SoakSize = { calls: 5_000, lateMs: 5_000 }
export const fullSoak: SoakSize = { calls: 100_000, lateMs: 250 }

/** The share of requests with a fault, all faults together. */
const share = 0.3

export interface SoakSize {
  readonly calls: number
  /** How long after its deadline a call may end, in milliseconds. */
  readonly lateMs: number
}

export async function soakClient({ calls, lateMs }: SoakSize): Promise<Result> {
  const { baseUrl, mock, close } = await startMockServer({ deliver: async () => 204 })
  const { merchant } = mock
  await signContract(mock.merchant, mock.fetch, mock.user.signs)
  const config: CallerConfig = { merchant, baseUrl, calls, inFlight: 16, timeout: 1_500 }
  const child = fork(fileURLToPath(new URL('caller.ts', import.meta.url)), {
    execArgv: ['--conditions=@wechatpay-entrust/source', '--expose-gc'],
    env: { ...process.env, CALLER: JSON.stringify(config) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  const next = async <Said>(): Promise<Said> => {
    const said = once(child, 'message')
    child.send('go')
    const [first] = await Promise.race([said, exited.then(() => [undefined])])
    if (first === undefined) throw new Error('the caller ended before it was done')
    return first as Said
  }
  try {
    for (const [index, name] of faultNames.entries()) {
      // The first matching fault applies, so each share is of the requests that the earlier faults
      // left.
      const probability = share / faultNames.length / (1 - (share * index) / faultNames.length)
      mock.faults.add({
        operation: '*',
        name,
        probability,
        seed: index + 1,
        ...(name === 'compressed-bomb' && { size_bytes: 4_194_304 }),
        ...((name === 'latency' || name === 'slow-drip') && { delay_ms: 200 }),
      })
    }
    const faulty = await next<CallFigures>()
    mock.faults.clear()
    mock.faults.add({ operation: '*', name: '503' })
    const down = await next<CallFigures>()
    await close()
    const unreachable = await next<CallFigures>()
    const sockets = await next<number>()
    const [code] = await exited
    return {
      note: noteOf(faulty, down, unreachable),
      faults: judge({ faulty, down, unreachable, sockets, code, lateMs }),
    }
  } finally {
    child.kill('SIGKILL')
    await close()
  }
}

/** The contract that three calls in four query. */
async function signContract(
  merchant: MockMerchant,
  fetch: typeof globalThis.fetch,
  signs: (session: { readonly pre_entrustweb_id: string }) => Promise<unknown>,
): Promise<void> {
  const wechatpay = createWeChatPay({ ...merchant, fetch })
  await signs((await wechatpay.qsMiniProgramPreEntrustSign({ json: request })).data)
  wechatpay.close()
}

interface Soaked {
  readonly faulty: CallFigures
  readonly down: CallFigures
  readonly unreachable: CallFigures
  readonly sockets: number
  readonly code: number | null
  readonly lateMs: number
}

/** The faults of a run; empty when it passed. */
export function judge({ faulty, down, unreachable, sockets, code, lateMs }: Soaked): string[] {
  const runs = [faulty, down, unreachable]
  const late = Math.max(...runs.map(({ latestMs }) => latestMs))
  const grown = Math.max(...runs.map(({ grownBytes }) => grownBytes))
  return [
    ...runs.flatMap(({ unverified }) =>
      unverified === 0 ? [] : [`${unverified} unverified results`],
    ),
    ...runs.flatMap(({ unhandled }) => unhandled.map((error) => `unhandled: ${error}`)),
    ...(late <= lateMs ? [] : [`a call ended ${Math.round(late)} ms past its deadline`]),
    ...(grown < 10_000_000 ? [] : [`${grown} bytes of heap grown in the second half`]),
    ...[down, unreachable].flatMap(({ answered, attempts, calls }) => [
      ...(answered === 0 ? [] : [`${answered} answered while wholly down`]),
      ...(attempts <= 1.1 * calls + 10
        ? []
        : [`${attempts} attempts of ${calls} calls while wholly down`]),
    ]),
    // With fewer, too many calls failed for the test to mean anything.
    ...(faulty.answered > faulty.calls * 0.6
      ? []
      : [`only ${faulty.answered} of ${faulty.calls} answered`]),
    ...(Object.keys(faulty.outcomes).length > 8
      ? []
      : [`outcomes: ${Object.keys(faulty.outcomes).join(', ')}`]),
    ...(sockets === 0 ? [] : [`${sockets} sockets left`]),
    ...(code === 0 ? [] : [`exit ${code}`]),
  ]
}

const noteOf = (faulty: CallFigures, down: CallFigures, unreachable: CallFigures) =>
  `${faulty.answered} answered, ${faulty.unverified} of them unverified, ${faulty.attempts} attempts; ` +
  `wholly down ${down.attempts} and ${unreachable.attempts} of ${down.calls}; ` +
  `heap ${(faulty.grownBytes / 1e6).toFixed(1)} MB, ${Math.max(0, Math.round(faulty.latestMs))} ms late`
