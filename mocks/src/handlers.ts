import type { OperationId, OperationInfo } from '@wechatpay-entrust/core'
import { operationTable } from '@wechatpay-entrust/core/spec'
import { type HttpHandler, http } from 'msw'
import { type AnswerSignature, answerJson, draftJson, toResponse } from './answer.ts'
import type { Clock } from './clock.ts'
import { abandonment, type Exchange, isOnWire, readExchange } from './exchange.ts'
import { type FaultContext, replaceAnswer, spoilAnswer } from './fault-answer.ts'
import { sleep } from './fault-body.ts'
import { type Fault, type FaultSource, happensBefore } from './faults.ts'
import type { Identity, Signer } from './identity.ts'
import type { Operations } from './operations.ts'
import type { RandomHex } from './random.ts'
import { invalidRequest, Refusal } from './refusal.ts'
import type { RequestLog } from './request-log.ts'
import { type PathTexts, readArguments } from './validate.ts'
import { checkHeaders, chooseSigner, type Verifier } from './verify.ts'

export interface HandlerParts {
  readonly identity: Identity
  /** The time on signatures. */
  readonly clock: Clock
  readonly verifier: Verifier
  readonly operations: Operations
  readonly requests: RequestLog
  readonly faults: FaultSource
  readonly randomHex: RandomHex
  readonly log: (line: string) => void
}

/**
 * The MSW handlers: one for each operation of the spec, on any host, and one for every other path under `/v3/` that is
 * asked for in WeChat Pay's scheme. Other people's `/v3/` addresses fall through; on the mock's own port there are none.
 */
export function createHandlers(parts: HandlerParts): HttpHandler[] {
  const answer = createAnswer(parts)
  const known = Object.values(operationTable).map(({ id, method, path }) =>
    http[methodOf(method)](`*${path.replace(/\{(\w+)\}/g, ':$1')}`, ({ request, params }) =>
      answer(request, id, (signer, exchange) => perform(parts.operations, id, params, exchange, signer)),
    ),
  )
  const unknown = http.all('*/v3/*', async ({ request }) => {
    const refusal = notFound()
    if (/^WECHATPAY/i.test(request.headers.get('authorization') ?? '')) {
      return answer(request, undefined, () => {
        throw refusal
      })
    }
    if (!isOnWire(request)) return undefined
    const { method, target } = await readExchange(request)
    const { status, body, reason } = refusal
    Object.assign(parts.requests.begin(method, target), { status, reason })
    return answerJson(status, body)
  })
  return [...known, unknown]
}

const methodOf = (method: OperationInfo['method']) => method.toLowerCase() as Lowercase<OperationInfo['method']>

/** The real service's answer to an unknown path is not documented. */
export function notFound(): Refusal {
  return new Refusal(
    404,
    { code: 'RESOURCE_NOT_EXISTS', message: '请求的资源不存在' },
    'no operation has this method and path',
  )
}

async function perform<Id extends OperationId>(
  operations: Operations,
  id: Id,
  path: PathTexts,
  exchange: Exchange,
  signer: Signer,
): Promise<object> {
  return operations[id](readArguments(id, path, exchange), signer)
}

type Act = (signer: Signer, exchange: Exchange) => Promise<object>

interface Outcome {
  readonly status: number
  readonly body: object
  readonly reason: string | null
}

/** Verify, then check, then do, then sign: nothing of the body is read before its signature holds. */
function createAnswer({ identity, clock, verifier, requests, faults, randomHex, log }: HandlerParts) {
  let inFlight = 0
  return async function answer(request: Request, id: OperationId | undefined, act: Act): Promise<Response> {
    inFlight += 1
    const exchange = await readExchange(request)
    const entry = requests.begin(exchange.method, exchange.target)
    let signature: AnswerSignature | undefined
    let fault: Fault | undefined
    const context = (): FaultContext => ({ randomHex, signature, signal: abandonment(request) })
    /** What comes in place of the operation's answer. A delay only delays. */
    const replace = async (met: Fault): Promise<Response | undefined> => {
      if (met.name === 'latency') await sleep(met.delay_ms ?? 1000, abandonment(request))
      const replaced = await replaceAnswer(met, context())
      if (replaced !== undefined)
        Object.assign(entry, { status: replaced.status || null, reason: `fault: ${met.name}` })
      return replaced
    }
    const proceed = async (): Promise<Response | Outcome> => {
      await verifier.verify(exchange)
      entry.verified = true
      const named = chooseSigner(exchange.headers, identity)
      // From here on errors are signed too, with the default key when the key asked for does not exist.
      signature = { signer: named ?? identity.certificate, clock, concurrent: inFlight > 1 }
      checkHeaders(exchange)
      if (named === undefined)
        throw invalidRequest('Http头Wechatpay-Serial的值有误', 'Wechatpay-Serial names no key of the platform')
      fault = id && faults.take(id)
      if (fault !== undefined) entry.fault = fault.name
      const replaced = fault && happensBefore(fault) ? await replace(fault) : undefined
      return replaced ?? { status: 200, body: await act(named, exchange), reason: null }
    }
    try {
      const outcome = await proceed().catch((error) => (error instanceof Refusal ? error : unexpected(error, log)))
      if (outcome instanceof Response) return outcome
      const replaced = fault && !happensBefore(fault) ? await replace(fault) : undefined
      if (replaced !== undefined) return replaced
      const { status, body, reason } = outcome
      Object.assign(entry, { status, reason })
      // What is signed is what arrives, and with HEAD that is nothing.
      const draft = await draftJson(status, exchange.method === 'HEAD' ? undefined : body, randomHex, signature)
      return fault === undefined ? toResponse(draft) : await spoilAnswer(fault, draft, context())
    } finally {
      inFlight -= 1
    }
  }
}

function unexpected(error: unknown, log: (line: string) => void): Refusal {
  log(`the mock itself failed: ${error instanceof Error ? error.stack : error}`)
  return new Refusal(500, { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' }, 'the mock itself failed')
}
