import { type HttpHandler, http } from 'msw'
import { createResponder, type ResponderParts } from './respond.ts'
import { type FindTarget, unknownTarget } from './targets.ts'
import { isAddressed, speaksScheme } from './wire.ts'

export interface HandlerParts extends ResponderParts {
  readonly findTarget: FindTarget
  /** Called with each request that comes through MSW for this mock. */
  readonly onIntercepted: () => void
  /** Called when MSW removes the handlers. */
  readonly onRemoved: () => void
}

/**
 * The MSW handler for every path under `/v3/`, on any host. A path that the mock does not know is
 * answered if the request uses WeChat Pay's scheme. `/v3/` addresses of other services fall through,
 * and so does a request whose `Authorization` names another merchant: a second mock may follow this
 * one. A request to the mock's own port or `fetch` is always for this mock.
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
  const handler = http.all('*/v3/*', ({ request }) => {
    const target = parts.findTarget(request.method, pathOf(request))
    const isKnown = target !== undefined || speaksScheme(request.headers) || isAddressed(request)
    return isKnown && isForThis(request) ? answer(request, target ?? unknownTarget) : undefined
  })
  // The hook of MSW for a handler that leaves.
  handler.dispose = parts.onRemoved
  return [handler]
}

/** The path from `/v3/` on: a base URL may have a path of its own. */
function pathOf(request: Request): string {
  const { pathname } = new URL(request.url)
  return pathname.slice(Math.max(0, pathname.indexOf('/v3/')))
}

function isForOther(request: Request, mchid: string): boolean {
  // Only to find the recipient; the handler that receives it checks whether it is genuine.
  const named = /[\s,]mchid="([^"]*)"/.exec(request.headers.get('authorization') ?? '')?.[1]
  return named !== undefined && named !== mchid
}
