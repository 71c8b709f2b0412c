import type { ConfigurationError } from '@wechatpay-entrust/auth'
import { createReport, describeError, printable } from '@wechatpay-entrust/base'

/** What goes wrong in the background of a mock, where no call of the test can throw it. */
export type MockEvent =
  | {
      readonly type: 'mock:delivery'
      readonly code: 'not-delivered'
      readonly notification_id: string
      readonly attempt: number
      readonly url: string
      readonly reason: string
    }
  /** An error of the mock itself. */
  | { readonly type: 'mock:failed'; readonly error: unknown }
  /** A function given to `mock.respond` threw, or returned what cannot be sent. */
  | { readonly type: 'mock:respond'; readonly error: unknown }
  /** The handlers of two mocks cannot be told apart. */
  | { readonly type: 'mock:handlers'; readonly error: ConfigurationError }

export type Report = (event: MockEvent) => void

/** Where the background failures of a mock go: to `log`, or to the console without it. */
export function createMockReport({
  log,
  debug,
}: {
  readonly log?: ((line: string) => void) | undefined
  readonly debug?: boolean | undefined
}): Report {
  const report = createReport<MockEvent>({
    onEvent: log && ((event) => log(lineOf(event))),
    debug,
    isFailure: () => true,
  })
  return report
}

function lineOf(event: MockEvent): string {
  if (event.type === 'mock:delivery') {
    const { notification_id, attempt, url, reason } = event
    return `notification ${notification_id}, attempt ${attempt}: not delivered to ${url}: ${reason}`
  }
  const { error } = event
  if (event.type === 'mock:handlers') return describeError(error)
  if (event.type === 'mock:respond')
    return `a function given to mock.respond failed: ${error instanceof Error ? error.message : error}`
  return `the mock itself failed: ${error instanceof Error ? error.stack : error}`
}

/** A failed attempt. The query of the address is not shown: it may hold a token. */
export function notDelivered(
  notification_id: string,
  attempt: number,
  url: string,
  error: unknown,
): MockEvent {
  return {
    type: 'mock:delivery',
    code: 'not-delivered',
    notification_id,
    attempt,
    url: printable(url.replace(/[?#].*$/s, '?…'), 200),
    reason: printable(error instanceof Error ? error.message : String(error), 200),
  }
}
