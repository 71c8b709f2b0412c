import { formatTime } from '@wechatpay-entrust/notification/platform'
import type { SessionRef } from '../contracts/references.ts'
import type { Fault } from '../faults/fault.ts'
import type { Mock } from '../mock.ts'
import { partsOf } from '../mock-parts.ts'
import type { Delivery } from '../notifications/notification.ts'
import type { NotificationToSend } from '../notifications/send.ts'
import { explainSignature } from '../requests/explain-signature.ts'
import {
  type CustomResponse,
  type ResponseRule,
  requireRuleWithResponse,
} from '../responses/response-rule.ts'
import type { ListedResponse } from '../responses/responses.ts'
import type { Fields } from './control-fields.ts'

/** One method of a path of the control API. */
export interface Route {
  /**
   * The allowed sets of body fields; all fields of a set are required. Undefined for a route that
   * reads the body itself.
   */
  readonly forms: readonly (readonly (keyof Fields)[])[] | undefined
  readonly run: (mock: Mock, fields: Fields) => unknown
}

const get = (run: (mock: Mock) => unknown): Route => ({ forms: [[]], run })

function post<Name extends keyof Fields>(
  names: readonly Name[],
  run: (mock: Mock, fields: Pick<Fields, Name>) => unknown,
): Route {
  return { forms: [names], run }
}

/** A session by its id, or by service and code: the response of `pay-redirect-sign` has no id. */
function postSession(run: (mock: Mock, session: SessionRef) => unknown): Route {
  return { forms: [['pre_entrustweb_id'], ['service_id', 'out_contract_code']], run }
}

/** Changes the platform and responds with its new state. */
function command<Name extends keyof Fields>(
  names: readonly Name[],
  run: (platform: Mock['platform'], fields: Pick<Fields, Name>) => void,
): Route {
  return post(names, ({ platform }, fields) => {
    run(platform, fields)
    return platform.state()
  })
}

const summarise = ({ notification_id, url, status, attempt }: Delivery) => ({
  notification_id,
  url,
  status,
  attempt,
})

/** The routes by path and method. */
export const routes: Readonly<Record<string, { readonly GET?: Route; readonly POST?: Route }>> = {
  '/sign': { POST: postSession((mock, session) => mock.user.signs(session)) },
  '/abandon': { POST: postSession((mock, session) => mock.user.abandons(session)) },
  '/fail': { POST: postSession((mock, session) => mock.user.fails(session)) },
  '/terminate': {
    POST: post(['service_id', 'out_contract_code'], (mock, key) => mock.terminate(key)),
  },
  '/deliveries': { GET: get((mock) => mock.deliveries().map(summarise)) },
  '/requests': {
    GET: get((mock) =>
      mock.requests().map(({ method, path, status, verified, reason }) => ({
        method,
        path,
        status,
        verified,
        reason,
      })),
    ),
  },
  '/operations': { GET: get((mock) => mock.operations()) },
  '/sessions': { GET: get((mock) => mock.sessions()) },
  '/contracts': { GET: get((mock) => mock.contracts()) },
  '/clock': {
    GET: get(({ clock }) => ({ now: formatTime(clock.now()), frozen: clock.frozen })),
    POST: post(['advance_seconds'], ({ clock }, { advance_seconds }) =>
      clock.advance(advance_seconds).then((now) => ({ now: formatTime(now) })),
    ),
  },
  '/clock/freeze': {
    POST: post(['frozen'], ({ clock }, { frozen }) => {
      if (frozen) clock.freeze()
      else clock.resume()
      return { now: formatTime(clock.now()) }
    }),
  },
  '/faults': {
    GET: get((mock) => mock.faults.list()),
    POST: { forms: undefined, run: (mock, body) => setFaults(mock, body) },
  },
  '/respond': {
    GET: get((mock) => partsOf(mock).responses.list()),
    POST: { forms: undefined, run: (mock, body) => setResponses(mock, body) },
  },
  '/notifications': {
    GET: get((mock) => mock.notifications.list()),
    POST: {
      forms: undefined,
      run: async ({ notifications }, body: unknown) => {
        const sent = await notifications.send(body as NotificationToSend)
        const { notification_id, url, status, attempt } = sent
        return { notification_id, url, status, attempt }
      },
    },
  },
  '/notifications/hold': {
    POST: post([], ({ notifications }) => {
      notifications.hold()
      return {}
    }),
  },
  '/notifications/release': {
    POST: {
      forms: [[], ['order']],
      run: async (mock, { order }) => {
        await mock.notifications.release(order)
        return mock.deliveries().map(summarise)
      },
    },
  },
  '/notifications/repeat': {
    POST: post(['notification_id'], async ({ notifications }, { notification_id }) =>
      summarise(await notifications.repeat(notification_id)),
    ),
  },
  '/notifications/probe': {
    POST: post(['notification_id'], async ({ notifications }, { notification_id }) =>
      summarise(await notifications.probe(notification_id)),
    ),
  },
  '/notifications/stale': {
    POST: post(
      ['notification_id', 'age_seconds'],
      async ({ notifications }, { notification_id, age_seconds }) =>
        summarise(await notifications.stale(notification_id, age_seconds)),
    ),
  },
  '/platform': { GET: get((mock) => mock.platform.state()) },
  '/platform/publish-certificate': {
    POST: command([], (platform) => platform.publishCertificate()),
  },
  '/platform/rotate-certificate': { POST: command([], (platform) => platform.rotateCertificate()) },
  '/platform/retire-certificate': { POST: command([], (platform) => platform.retireCertificate()) },
  '/platform/use-public-key-only': { POST: command([], (platform) => platform.usePublicKeyOnly()) },
  '/platform/notification-key': {
    POST: command(['notification_key'], (platform, { notification_key }) =>
      platform.signNotificationsWith(notification_key ?? undefined),
    ),
  },
  '/platform/forbid': {
    POST: command(['operation'], (platform, { operation }) => platform.forbid(operation)),
  },
  '/platform/permit': {
    POST: command(['operation'], (platform, { operation }) => platform.permit(operation)),
  },
  '/platform/rate-limit': {
    POST: {
      forms: [[], ['requests', 'seconds']],
      run: ({ platform }, { requests, seconds }) => {
        platform.limitRate(requests === undefined ? undefined : { requests, seconds })
        return platform.state()
      },
    },
  },
  '/reset': {
    POST: post([], (mock) => {
      mock.reset()
      return {}
    }),
  },
}

/** `GET` of one item; its id is the end of the path. */
export const details: Readonly<Record<string, (mock: Mock, id: string) => unknown>> = {
  '/requests/': async (mock, id) => {
    const detail = mock.request(Number(id))
    return detail && { ...detail, signature: await explainSignature(detail) }
  },
  '/operations/': (mock, id) => {
    const found = mock.operations().find((operation) => operation.id === id)
    return found && { ...found, ...mock.sample(id) }
  },
  '/notifications/': (mock, id) => {
    const found = mock.notifications.list().find(({ notification_id }) => notification_id === id)
    return (
      found && {
        ...found,
        attempts: mock.deliveries().filter(({ notification_id }) => notification_id === id),
      }
    )
  },
}

/** A fault is added; a list replaces all faults, so `[]` clears them. */
function setFaults(mock: Mock, value: unknown): Fault[] {
  const { faults } = partsOf(mock)
  const added = withPlaces(value as Fault | readonly Fault[])
  for (const [fault, place] of added) faults.require(fault, place)
  if (Array.isArray(value)) faults.clear()
  for (const [fault] of added) faults.add(fault)
  return faults.list()
}

/** A response is added; a list replaces all responses, so `[]` clears them. */
function setResponses(mock: Mock, value: unknown): ListedResponse[] {
  const { responses } = partsOf(mock)
  const added = withPlaces(value as ResponseWithRule | readonly ResponseWithRule[])
  for (const [response, place] of added) requireRuleWithResponse(response, place)
  if (Array.isArray(value)) responses.clear()
  for (const [{ method, path, times, ...response }] of added)
    responses.respond(method, path, response, times === undefined ? {} : { times })
  return responses.list()
}

type ResponseWithRule = ResponseRule & CustomResponse

/** The items of a list, or the value itself, each with the text before the names of its members. */
const withPlaces = <Item>(value: Item | readonly Item[]): (readonly [Item, string])[] =>
  Array.isArray(value)
    ? value.map((item, index) => [item, `[${index}].`] as const)
    : [[value as Item, '']]
