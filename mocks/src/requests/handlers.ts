import type { OperationId, OperationInfo } from '@wechatpay-entrust/core'
import { operationTable } from '@wechatpay-entrust/core/spec'
import { type HttpHandler, http } from 'msw'
import type { Signer } from '../platform/identity.ts'
import { echoPath } from './echo.ts'
import { notFound } from './error-response.ts'
import type { Operations } from './operations.ts'
import { type Act, createResponder, type ResponderParts } from './respond.ts'
import { type PathTexts, readArguments } from './validate.ts'
import { isAddressed, speaksScheme } from './wire.ts'

export interface HandlerParts extends ResponderParts {
  readonly operations: Operations
  readonly echo: Act
  /** Called with each request that comes through MSW for this mock. */
  readonly onIntercepted: () => void
  /** Called when MSW removes the handlers. */
  readonly onRemoved: () => void
}

/**
 * The MSW handlers: one for each operation of the spec, on any host, one for the echo, and one for
 * every other path under `/v3/` that is requested in WeChat Pay's scheme. `/v3/` addresses of other
 * services fall through, and so does a request whose `Authorization` names another merchant: a
 * second mock may follow this one. A request to the mock's own port or `fetch` is always for this
 * mock.
 */
export function createHandlers(parts: HandlerParts): HttpHandler[] {
  const answer = createResponder(parts)
  const { mchid } = parts.identity
  const isForThis = (request: Request): boolean => {
    if (isAddressed(request)) return true
    if (isForOther(request, mchid)) return false
    parts.onIntercepted()
    return true
  }
  const known = Object.values<OperationInfo>(operationTable).map(({ id, method, path }) =>
    http[methodOf(method)](`*${path.replace(/\{(\w+)\}/g, ':$1')}`, ({ request, params }) =>
      isForThis(request)
        ? answer(request, id as OperationId, (signer, exchange) =>
            perform(parts.operations, id as OperationId, params, exchange, signer),
          )
        : undefined,
    ),
  )
  const echo = http.post(`*${echoPath}`, ({ request }) =>
    isForThis(request) ? answer(request, undefined, parts.echo) : undefined,
  )
  const refuse: Act = () => {
    throw notFound()
  }
  const unknown = http.all('*/v3/*', ({ request }) => {
    if (!speaksScheme(request.headers) && !isAddressed(request)) return undefined
    return isForThis(request) ? answer(request, undefined, refuse) : undefined
  })
  // The hook of MSW for a handler that leaves; the handlers come and go together.
  unknown.dispose = parts.onRemoved
  return [...known, echo, unknown]
}

function isForOther(request: Request, mchid: string): boolean {
  // Only to find the recipient; the handler that receives it checks whether it is genuine.
  const named = /[\s,]mchid="([^"]*)"/.exec(request.headers.get('authorization') ?? '')?.[1]
  return named !== undefined && named !== mchid
}

const methodOf = (method: OperationInfo['method']) =>
  method.toLowerCase() as Lowercase<OperationInfo['method']>

async function perform<Id extends OperationId>(
  operations: Operations,
  id: Id,
  path: PathTexts,
  exchange: Parameters<Act>[1],
  signer: Signer,
): Promise<object> {
  return operations[id](readArguments(id, path, exchange), signer)
}
