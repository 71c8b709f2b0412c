import type { LastRequest } from '../notifications/last-request.ts'
import type { OperationList } from '../operations/operation-list.ts'
import type { Report } from '../report.ts'
import { replyAsGiven } from '../responses/reply.ts'
import type { Responses } from '../responses/responses.ts'
import { echoPath } from './echo.ts'
import { notFound } from './error-response.ts'
import type { PlayOperation } from './operations.ts'
import type { Act, Target } from './respond.ts'
import { parseBody, readArguments } from './validate.ts'

export interface TargetParts {
  readonly list: OperationList
  readonly play: PlayOperation
  readonly responses: Responses
  readonly echo: Act
  readonly lastRequest: LastRequest
  readonly report: Report
}

/** Finds what a method and path lead to; undefined for a path that the mock does not know. */
export type FindTarget = (method: string, path: string) => Target | undefined

/** A response that the test gave is first, then an operation, then the echo. */
export function createTargets(parts: TargetParts): FindTarget {
  const { list, play, responses, lastRequest, report } = parts

  const findOwn = (method: string, path: string): Target | undefined => {
    const found = list.route(method, path)
    if (found !== undefined) {
      const { played, texts } = found
      const { id } = played.operation
      const act: Act = (signer, exchange) => {
        const args = readArguments(played, texts, exchange)
        lastRequest.note(signer, args.json)
        return play(played, args, signer)
      }
      return { id, subject: id, act }
    }
    const isEcho = method === 'POST' && path === echoPath
    return isEcho ? { id: undefined, subject: undefined, act: parts.echo } : undefined
  }

  return (method, path) => {
    const own = findOwn(method, path)
    const given = responses.find(method, path)
    if (given === undefined) return own
    const act: Act = (signer, exchange) => {
      // Another request may have used it up while this one was verified.
      const left = responses.find(method, path)
      if (left === undefined) return (own ?? unknownTarget).act(signer, exchange)
      const { body } = exchange
      lastRequest.note(signer, body.byteLength === 0 ? undefined : parseBody(body))
      return replyAsGiven(left, exchange, report)
    }
    return { id: own?.id, subject: own?.subject ?? `${method} ${given.path}`, act }
  }
}

/** The target of a path that the mock does not know. */
export const unknownTarget: Target = {
  id: undefined,
  subject: undefined,
  act: () => {
    throw notFound()
  },
}
