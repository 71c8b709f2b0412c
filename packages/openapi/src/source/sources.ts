import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { Report } from '../problems/report.ts'
import { parseJson } from './read-json.ts'
import { parseYaml } from './read-yaml.ts'
import type { Source, TextPosition } from './source.ts'

/** Reads each file once. */
export interface Sources {
  /** undefined after its problems were reported. */
  read(path: string): Source | undefined
  /** The same without a report: for what may turn out not to be needed. */
  peek(path: string): Source | undefined
}

export function createSources(report: Report): Sources {
  const known = new Map<string, Source | readonly FileProblem[]>()
  const load = (path: string) => {
    const loaded = known.get(path) ?? readSource(path)
    known.set(path, loaded)
    return loaded
  }
  return {
    read(path) {
      const loaded = load(resolve(path))
      if ('value' in loaded) return loaded
      // Reported once: a report drops what it has already.
      for (const { code, found, ...at } of loaded) report.problem(code, at, found)
      return undefined
    },
    peek(path) {
      const loaded = load(resolve(path))
      return 'value' in loaded ? loaded : undefined
    },
  }
}

interface FileProblem extends Partial<TextPosition> {
  readonly code: 'file' | 'yaml' | 'json'
  readonly file: string
  readonly found: string
}

/** How a file is named in texts: the same on every system. */
export function displayName(path: string): string {
  const name = relative(process.cwd(), path).replaceAll('\\', '/')
  return name === '' ? '.' : name
}

function readSource(path: string): Source | readonly FileProblem[] {
  const file = displayName(path)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    const isEncoding = error instanceof TypeError
    return [
      { code: 'file', file, found: isEncoding ? 'bytes that are not UTF-8' : reasonOf(error) },
    ]
  }
  const parsed = /^\s*[{[]/.test(text) && isJson(path, text) ? parseJson(text) : parseYaml(text)
  if ('problems' in parsed) return parsed.problems.map((problem) => ({ file, ...problem }))
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
