import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Report } from '../problems/report.ts'
import { displayName, reasonOf } from './sources.ts'

/** A file that was named, or found in a folder that was named. */
export interface InputFile {
  readonly path: string
  /** A folder may hold other files than documents; a file that was named may not be another. */
  readonly isFound: boolean
}

/** The files of the inputs: those of a folder by name, each file once. */
export function findFiles(inputs: readonly string[], report: Report): InputFile[] {
  const files = new Map<string, InputFile>()
  for (const input of inputs) {
    const path = resolve(input)
    let isFolder: boolean
    try {
      isFolder = statSync(path).isDirectory()
    } catch (error) {
      report.problem('file', { file: displayName(path) }, reasonOf(error))
      continue
    }
    if (!isFolder) {
      files.set(path, { path, isFound: false })
      continue
    }
    const found = filesBelow(path)
    if (found.length === 0)
      report.problem('folder', { file: displayName(path) }, 'no .yaml, .yml or .json file')
    for (const file of found) if (!files.has(file)) files.set(file, { path: file, isFound: true })
  }
  return [...files.values()]
}

/** Compared by code units, so that the order is the same on every file system and locale. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesBelow(path)
      const isFile = entry.isFile() || (entry.isSymbolicLink() && statSync(path).isFile())
      return isFile && /\.(ya?ml|json)$/i.test(entry.name) ? [path] : []
    })
}
