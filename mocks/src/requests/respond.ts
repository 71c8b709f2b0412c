import { pause } from '@wechatpay-entrust/base'
import type { Fault } from '../faults/fault.ts'
import { type FaultContext, replaceResponse, spoilResponse } from '../faults/fault-response.ts'
import { type FaultSource, happensBefore } from '../faults/faults.ts'
import type { Clock } from '../platform/clock.ts'
import type { Feed } from '../platform/feed.ts'
import type { Identity, Signer } from '../platform/identity.ts'
import type { PlatformSource } from '../platform/platform.ts'
import type { RandomHex } from '../platform/random.ts'
import type { Report } from '../report.ts'
import { invalidRequest, notFound, Rejection } from './error-response.ts'
import type { OpenEntry, RequestLog } from './request-log.ts'
import { draftJson, type ResponseSignature, toResponse } from './signed-response.ts'
import type { StepName } from './verification.ts'
import { checkHeaders, chooseSigner, type Verifier } from './verify.ts'
import { abandonment, type Exchange, readExchange, speaksScheme } from './wire.ts'

export interface ResponderParts {
  readonly identity: Identity
  readonly platform: PlatformSource
  /** The time on signatures. */
  readonly clock: Clock
  readonly verifier: Verifier
  readonly requests: RequestLog
  readonly faults: FaultSource
  readonly randomHex: RandomHex
  readonly feed: Feed
  readonly report: Report
}

/** A response before it is signed. */
export interface Reply {
  readonly status: number
  /** The value of the JSON; undefined: no body. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * The effect of a request after all checks. A {@link Rejection} that it throws becomes the response.
 */
export type Act = (signer: Signer, exchange: Exchange) => Promise<Reply> | Reply

/** What a request's method and path lead to. */
export interface Target {
  /** The operation's id, for `requests()`. */
  readonly id: string | undefined
  /** What permissions, rate limits and faults refer to; undefined: an unknown path has none. */
  readonly subject: string | undefined
  readonly act: Act
}

interface Outcome extends Reply {
  readonly reason: string | null
}

/** The state of one request during the checks. */
interface RequestContext {
  readonly exchange: Exchange
  readonly open: OpenEntry
  /** The check that it has come to. */
  step: StepName
  signature: ResponseSignature | undefined
  fault: Fault | undefined
}

/**
 * Decides what the mock responds: verifies the signature, checks the fields, runs the operation,
 * signs the response. Nothing of the body is read before its signature is verified.
 */
export function createResponder(parts: ResponderParts) {
  const { platform, clock, verifier, requests, faults, randomHex, feed, report } = parts
  let inFlight = 0

  const pass = async (context: RequestContext, { subject, act }: Target, replace: Replace) => {
    const { exchange, open } = context
    open.entry.at = clock()
    // An unknown path needs no signature to get its 404.
    if (subject === undefined && !speaksScheme(exchange.headers)) throw notFound()
    await verifier.verify(exchange)
    open.entry.verified = true
    const named = chooseSigner(exchange.headers, platform)
    // From here on errors are signed too, with the default key if the requested key does not exist.
    context.signature = { signer: named ?? platform.defaultSigner, clock, concurrent: inFlight > 1 }
    context.step = 'headers'
    checkHeaders(exchange)
    context.step = 'response_key'
    if (named === undefined)
      throw invalidRequest(
        'Http头Wechatpay-Serial的值有误',
        'Wechatpay-Serial names no key of the platform',
      )
    context.step = 'permission'
    if (subject !== undefined) platform.admit(subject)
    context.fault = subject === undefined ? undefined : faults.take(subject)
    if (context.fault !== undefined) {
      open.entry.fault = context.fault.name
      feed.emit({ type: 'faults' })
    }
    const replaced =
      context.fault && happensBefore(context.fault) ? await replace(context.fault) : undefined
    context.step = 'effect'
    return replaced ?? { ...(await act(named, exchange)), reason: null }
  }

  return async function answer(request: Request, target: Target): Promise<Response> {
    inFlight += 1
    const exchange = await readExchange(request)
    const open = requests.begin(exchange)
    const { entry } = open
    entry.operation = target.id ?? null
    const context: RequestContext = {
      exchange,
      open,
      step: 'authorization',
      signature: undefined,
      fault: undefined,
    }
    const faultContext = (): FaultContext => ({
      randomHex,
      signature: context.signature,
      signal: abandonment(request),
    })
    const replace: Replace = async (fault) => {
      if (fault.name === 'latency') await pause(fault.delay_ms ?? 1000, abandonment(request))
      const replaced = await replaceResponse(fault, faultContext())
      if (replaced !== undefined)
        Object.assign(entry, { status: replaced.status || null, reason: `fault: ${fault.name}` })
      return replaced
    }
    try {
      const outcome: Response | Outcome = await pass(context, target, replace).catch((error) => {
        const refusal = error instanceof Rejection ? error : unexpected(error, report)
        open.failed = failedStep(refusal, context.step)
        return refusal
      })
      if (outcome instanceof Response) return outcome
      const { fault, signature } = context
      const replaced = fault && !happensBefore(fault) ? await replace(fault) : undefined
      if (replaced !== undefined) return replaced
      const { status, body, reason } = outcome
      Object.assign(entry, { status, reason })
      // The signature covers what arrives, and for HEAD that is no body.
      const drafted = await draftJson(
        status,
        exchange.method === 'HEAD' ? undefined : body,
        randomHex,
        signature,
      )
      const draft = outcome.headers
        ? { ...drafted, headers: { ...drafted.headers, ...outcome.headers } }
        : drafted
      open.draft = draft
      return fault === undefined
        ? toResponse(draft)
        : await spoilResponse(fault, draft, faultContext())
    } finally {
      inFlight -= 1
      feed.emit({ type: 'request', id: entry.id })
    }
  }
}

/**
 * The response of a fault instead of that of the operation; undefined for a fault that only delays.
 */
type Replace = (fault: Fault) => Promise<Response | undefined>

/**
 * A rejected signature names the item that failed. A rejected parameter failed in the step
 * `fields`.
 */
function failedStep({ status, body }: Rejection, step: StepName): StepName {
  if (status === 401) return (body.detail?.field as StepName | undefined) ?? 'authorization'
  return body.code === 'PARAM_ERROR' ? 'fields' : step
}

function unexpected(error: unknown, report: Report): Rejection {
  report({ type: 'mock:failed', error })
  return new Rejection(
    500,
    { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' },
    'the mock itself failed',
  )
}
