import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isRecord, parseJsonStrict, utf8 } from '@wechatpay-entrust/base'
import type { CliContext } from '../context.ts'
import { shownPath } from '../settings/shown-path.ts'
import { usageError } from '../usage-error.ts'

/** The text of a file, or of stdin for `-`. @throws {UsageError} `unreadable-file` */
export async function readInput({ cwd, readStdin }: CliContext, file: string): Promise<string> {
  if (file === '-') return readStdin()
  try {
    return readFileSync(resolve(cwd, file), 'utf8')
  } catch {
    throw usageError(
      'unreadable-file',
      `FILE: found no file that can be read: ${shownPath(file)}; expected its path, or - for stdin.`,
      { en: `A relative path starts at ${cwd}.`, zh: `请检查文件路径；相对路径以 ${cwd} 为起点。` },
    )
  }
}

/** A JSON object. @throws {UsageError} `unreadable-file`, `malformed-input` */
export async function readObject(
  context: CliContext,
  file: string,
): Promise<Readonly<Record<string, unknown>>> {
  const value = parseJson(await readInput(context, file), file)
  if (isRecord(value)) return value
  throw usageError('malformed-input', `${nameOf(file)}: found other JSON; expected an object.`, {
    en: 'Put the fields into one object: { … }.',
    zh: '请把各字段放入一个 JSON 对象：{ … }。',
  })
}

/** The error names the violated rule and quotes nothing of the text. */
export function parseJson(text: string, file: string): unknown {
  try {
    return parseJsonStrict(utf8(text))
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${error.code})` : ''
    throw usageError(
      'malformed-input',
      `${nameOf(file)}: found text that is not strict JSON${why}; expected an object.`,
      { en: 'Correct the text.', zh: '请修正其中的 JSON。' },
    )
  }
}

const nameOf = (file: string) => (file === '-' ? 'stdin' : 'FILE')
