import { printable } from '@wechatpay-entrust/base'
import { createRedactor, type Redactor } from './redactor.ts'

/** The part of a process stream that is used here. */
export interface OutputStream {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  getColorDepth?(env?: object): number
}

/**
 * Everything that a command prints. The secrets that were read from the settings are removed.
 */
export interface Output extends Pick<Redactor, 'hide'> {
  /** With `--json`, stdout gets one JSON document and nothing else. */
  readonly json: boolean
  /** Prints the result, once: the document with `--json`, otherwise the lines. */
  result(document: object, lines: readonly string[]): void
  /** Prints a line on stderr. */
  note(line: string): void
  /** Shows the current step on one line, which the next one replaces; only on a terminal. */
  progress(text: string): void
  /** Removes the progress line. */
  clearProgress(): void
}

export interface OutputOptions {
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly json: boolean
}

export function createOutput({ stdout, stderr, json }: OutputOptions): Output {
  const { hide, redact } = createRedactor()
  let shown = false
  const clearProgress = () => {
    if (shown) stderr.write('\r\u001b[K')
    shown = false
  }
  return {
    json,
    hide,
    clearProgress,
    result(document, lines) {
      clearProgress()
      stdout.write(
        json
          ? `${redact(JSON.stringify(document, undefined, 2))}\n`
          : `${redact(lines.join('\n'))}\n`,
      )
    },
    note(line) {
      clearProgress()
      stderr.write(`${redact(line)}\n`)
    },
    progress(text) {
      if (!stderr.isTTY) return
      clearProgress()
      stderr.write(redact(text).slice(0, 100))
      shown = true
    },
  }
}

/** One line per field that has a value; the names form a column. */
export function fieldLines(fields: Readonly<Record<string, unknown>>): string[] {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  const width = Math.max(0, ...given.map(([name]) => name.length))
  return given.map(([name, value]) => `${name.padEnd(width)}  ${onOneLine(value)}`)
}

function onOneLine(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : printable(String(value))
}
