import { printable } from '@wechatpay-entrust/base'
import { createRedactor, type Redactor } from './redactor.ts'

/** A stream of the process, as far as it is used here. */
export interface OutputStream {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  getColorDepth?(env?: object): number
}

/**
 * Where a command says something. Whatever goes through here is freed of the secrets that were
 * read.
 */
export interface Output extends Pick<Redactor, 'hide'> {
  /** With `--json`: one JSON document on stdout and nothing else there. */
  readonly json: boolean
  /** The result, once: the document with `--json`, else the lines. */
  result(document: object, lines: readonly string[]): void
  /** A remark beside the result, on stderr. */
  note(line: string): void
  /** Shows what is under way, on one line that the next one replaces; only on a terminal. */
  progress(text: string): void
  /** Takes the progress line away. */
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

/** Fields below each other, names in a column of their own. Only values that say something. */
export function fieldLines(fields: Readonly<Record<string, unknown>>): string[] {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  const width = Math.max(0, ...given.map(([name]) => name.length))
  return given.map(([name, value]) => `${name.padEnd(width)}  ${onOneLine(value)}`)
}

function onOneLine(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : printable(String(value))
}
