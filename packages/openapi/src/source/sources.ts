import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { Report } from '../problems/report.ts'
import { parseJson } from './read-json.ts'
import { parseYaml } from './read-yaml.ts'
import type { Source } from './source.ts'

/** Reads each file once. */
export interface Sources {
  /** undefined after its problems were reported. */
  read(path: string): Source | undefined
}

export function createSources(report: Report): Sources {
  const known = new Map<string, Source | undefined>()
  return {
    read(given) {
      const path = resolve(given)
      if (!known.has(path)) known.set(path, readSource(path, report))
      return known.get(path)
    },
  }
}

/** How a file is named in texts: the same on every system. */
export function displayName(path: string): string {
  const name = relative(process.cwd(), path).replaceAll('\\', '/')
  return name === '' ? '.' : name
}

function readSource(path: string, report: Report): Source | undefined {
  const file = displayName(path)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    const isEncoding = error instanceof TypeError
    report.problem('file', { file }, isEncoding ? 'bytes that are not UTF-8' : reasonOf(error))
    return undefined
  }
  const parsed = /^\s*[{[]/.test(text) && isJson(path, text) ? parseJson(text) : parseYaml(text)
  if ('problems' in parsed) {
    for (const { code, found, line, column } of parsed.problems)
      report.problem(code, { file, line, column }, found)
    return undefined
  }
  return { path, file, ...parsed }
}

/** A flow map of YAML may begin like JSON. */
function isJson(path: string, text: string): boolean {
  if (path.toLowerCase().endsWith('.json')) return true
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const reasons: { readonly [code: string]: string } = {
  ENOENT: 'no such file',
  EACCES: 'a file that this process may not read',
  EISDIR: 'a folder',
}
/** Why the file system rejects a path. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  return reasons[code] ?? `the error ${code}`
}
