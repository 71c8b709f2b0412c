import { describeType } from './describe-type.ts'
import { currentLanguage, type Explained, explanationLines } from './remedy.ts'
import { printable } from './text.ts'

const aMinute = 60_000
/** More types and codes than this share one line, so that the table cannot grow without limit. */
const mostKinds = 200

interface Kind {
  readonly key: string
  /** The text of the latest failure. */
  text: string
  /** Failures since the last line. */
  count: number
  lastLine: number
  isWaiting: boolean
}

/**
 * Writes failures to the console: the first of a type and code at once, then one line a minute that
 * counts the others. A line holds no personal data: it quotes the messages of this project's errors,
 * which hold none; of any other error it shows name, code and place, but not the message.
 */
export function createConsoleLines(write: (line: string) => void = writeLine): {
  add(event: { readonly type: string }): void
} {
  const kinds = new Map<string, Kind>()

  function print(kind: Kind): void {
    const count = kind.count > 1 ? ` (${kind.count} times in the last minute)` : ''
    write(`[wechatpay-entrust] ${kind.key}${count}: ${kind.text}`)
    kind.count = 0
    kind.lastLine = Date.now()
  }

  /** The timer prints the last failures too, even if no other follows. */
  function printLater(kind: Kind): void {
    kind.isWaiting = true
    const timer: unknown = setTimeout(
      () => {
        kind.isWaiting = false
        if (kind.count > 0) print(kind)
      },
      Math.max(0, kind.lastLine + aMinute - Date.now()),
    )
    // On Node the timer must not keep the process alive.
    ;(timer as { unref?: () => void }).unref?.()
  }

  return {
    add(event) {
      const { type, code, error } = event as {
        readonly type: string
        readonly code?: unknown
        readonly error?: unknown
      }
      const named = `${type} ${printable(String(code ?? codeOf(error)), 64)}`
      const key = kinds.size < mostKinds || kinds.has(named) ? named : 'other failures'
      const text = describeEvent(event, error)
      const kind = kinds.get(key) ?? { key, text, count: 0, lastLine: -aMinute, isWaiting: false }
      kinds.set(key, kind)
      kind.text = text
      kind.count += 1
      if (Date.now() - kind.lastLine >= aMinute) print(kind)
      else if (!kind.isWaiting) printLater(kind)
    },
  }
}

/** Writes to the standard error output; `console` is looked up at the call. */
export function writeLine(line: string): void {
  // biome-ignore lint/suspicious/noConsole: a failure that no listener gets must not be silent.
  console.error(line)
}

function describeEvent(event: object, error: unknown): string {
  if (error !== undefined) return describeError(error)
  const values = Object.entries(event).filter(
    ([name, value]) =>
      !['type', 'code'].includes(name) && value !== undefined && typeof value !== 'object',
  )
  const finding = printable(values.map(([name, value]) => `${name} ${value}`).join(', '), 500)
  const { remedy } = event as Partial<Explained>
  if (remedy === undefined) return finding
  return explanationLines({ message: `${finding} ${remedy.en}`, remedy }).join('\n')
}

/**
 * What a log may show of an error: one line, and where Chinese is chosen, each remedy on a line of
 * its own.
 */
export function describeError(error: unknown): string {
  const remedies: string[] = []
  const line = describeFinding(error, remedies)
  return [line, ...remedies].join('\n')
}

function describeFinding(error: unknown, remedies: string[]): string {
  if (!(error instanceof Error)) return `${describeType(error)} was thrown`
  const { name, code, stack } = error as Error & { code?: unknown }
  if (ownErrors.includes(name)) {
    const lines = explanationLines(error)
    if (currentLanguage() === 'zh' && 'remedy' in error && error.remedy !== undefined)
      remedies.push(printable(lines.pop() ?? ''))
    const finding = printable(lines.join(' '), 2_000)
    return error.cause === undefined
      ? finding
      : `${finding}; cause: ${describeFinding(error.cause, remedies)}`
  }
  const place = /^\s*at .*$/m.exec(stack ?? '')?.[0].trim() ?? 'no stack'
  return printable(`${name}${code === undefined ? '' : ` ${code}`} ${place}`, 500)
}

/** The errors of this project: their messages hold no personal data and no secrets. */
const ownErrors = [
  'ApiError',
  'ConfigurationError',
  'NotificationError',
  'RequestError',
  'SignatureError',
]

function codeOf(error: unknown): string {
  const { code, name } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown
    name?: unknown
  }
  return String(code ?? name ?? '')
}
