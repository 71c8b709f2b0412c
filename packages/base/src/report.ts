import { createConsoleLines, describeError, writeLine } from './console-lines.ts'
import { environment } from './environment.ts'
import { callListener } from './listener.ts'

/** An event of any package. Distinguish events by `type`. */
export interface ReportedEvent {
  readonly type: string
}

/** Where events go. */
export interface ReportOptions<Event> {
  /** Gets every event. Without it, failures go to `console.error`; `() => {}` silences them. */
  readonly onEvent?: ((event: Event) => unknown) | undefined
  /** Writes one line to `console.error` for each event. Default: `WECHATPAY_DEBUG=1`. */
  readonly debug?: boolean | undefined
  /** Which events are failures that no caller learns of in another way. */
  readonly isFailure: (event: Event) => boolean
}

/**
 * Creates the function that a package reports its events to. A failure in the background is never
 * silent: it goes to the caller's listener, or to the console. The console gets the first failure of
 * a type and code at once, then one line a minute with a count.
 */
export function createReport<Event extends ReportedEvent>({
  onEvent,
  debug,
  isFailure,
}: ReportOptions<Event>): (event: Event) => void {
  const isVerbose = isDebugging(debug)
  return (event) => {
    if (isVerbose) writeLine(debugLine(event))
    if (onEvent !== undefined) callListener(onEvent, event)
    else if (!isVerbose && isFailure(event)) consoleLines.add(event)
  }
}

/** One for the process: ten thousand clients that fail alike write one line a minute, not as many. */
const consoleLines = createConsoleLines()

/** Whether to write a line for each event: the option, or else `WECHATPAY_DEBUG=1`. */
export function isDebugging(debug: boolean | undefined): boolean {
  return debug ?? environment('WECHATPAY_DEBUG') === '1'
}

/** The values of an event that are no objects, in one line. The error is last: see `describeError`. */
function debugLine(event: ReportedEvent): string {
  const { type, error, ...rest } = event as ReportedEvent & { readonly error?: unknown }
  const values = Object.entries(rest).flatMap(([name, value]) => {
    if (typeof value === 'number') return `${name}=${Math.round(value * 10) / 10}`
    if (typeof value === 'string' || typeof value === 'boolean') return `${name}=${value}`
    return []
  })
  const failure = error === undefined ? [] : [`error=${describeError(error)}`]
  return `[wechatpay-entrust] ${[type, ...values, ...failure].join(' ')}`
}
