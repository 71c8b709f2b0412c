import type { ConfigurationError } from '@wechatpay-entrust/auth'
import {
  createReport,
  describeError,
  type Explained,
  explanationLines,
  findingOf,
  printable,
  type Remedy,
} from '@wechatpay-entrust/base'

/** What goes wrong in the background of a mock, where no call of the test can throw it. */
export type MockEvent =
  | {
      readonly type: 'mock:delivery'
      readonly code: 'not-delivered'
      readonly notification_id: string
      readonly attempt: number
      readonly url: string
      readonly reason: string
      readonly remedy?: Remedy | undefined
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
    onEvent:
      log &&
      ((event) => {
        for (const line of linesOf(event)) log(line)
      }),
    debug,
    isFailure: () => true,
  })
  return report
}

/** In Chinese the remedy is a line of its own. */
function linesOf(event: MockEvent): string[] {
  if (event.type === 'mock:delivery') {
    const { notification_id, attempt, url, reason, remedy } = event
    const finding = `notification ${notification_id}, attempt ${attempt}: not delivered to ${url}: ${reason}`
    return explanationLines({
      message: remedy === undefined ? finding : `${finding} ${remedy.en}`,
      remedy,
    })
  }
  const { error } = event
  if (event.type === 'mock:handlers') return describeError(error).split('\n')
  if (event.type === 'mock:respond')
    return [
      `a function given to mock.respond failed: ${error instanceof Error ? error.message : error}`,
    ]
  return [`the mock itself failed: ${error instanceof Error ? error.stack : error}`]
}

/** A failed attempt. The query of the address is not shown: it may hold a token. */
export function notDelivered(
  notification_id: string,
  attempt: number,
  url: string,
  error: unknown,
): MockEvent {
  const { message, remedy }: Error & Explained =
    error instanceof Error ? error : new Error(String(error))
  return {
    type: 'mock:delivery',
    code: 'not-delivered',
    notification_id,
    attempt,
    url: printable(url.replace(/[?#].*$/s, '?…'), 200),
    reason: printable(findingOf({ message, remedy }), 200),
    remedy,
  }
}
