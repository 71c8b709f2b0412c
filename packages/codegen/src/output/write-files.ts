import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasHeader } from './header.ts'
import { OutputError } from './output-error.ts'

/** The files that this package writes, in one form or the other. */
const names = ['index.ts', 'index.js', 'index.d.ts', 'types.d.ts']

/** The difference between a folder and the generated files. */
export interface FolderChanges {
  /** Files that are missing or have another text. */
  readonly changed: readonly string[]
  /** Files of an earlier run in the other form (`--js`). */
  readonly stale: readonly string[]
}

/**
 * Compares a folder with the generated files.
 *
 * @throws OutputError `foreign-file` if a file has such a name and no header of this package
 */
export async function compareFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<FolderChanges> {
  const found = await Promise.all(
    names.map(async (name) => [name, await readIfExists(join(folder, name))] as const),
  )
  const foreign = found.find(
    ([name, text]) => Object.hasOwn(files, name) && text !== undefined && !hasHeader(text),
  )
  if (foreign)
    throw new OutputError(
      'foreign-file',
      `${join(folder, foreign[0])}: found a file that codegen did not write; expected none, or one that begins with its header.`,
      {
        en: 'Choose another folder with --out, or delete the file.',
        zh: '请用 --out 指定其他目录，或删除该文件。',
      },
    )
  return {
    changed: Object.keys(files).filter(
      (name) => found.find(([one]) => one === name)?.[1] !== files[name],
    ),
    stale: found
      .filter(([name, text]) => !Object.hasOwn(files, name) && text && hasHeader(text))
      .map(([name]) => name),
  }
}

/**
 * Writes the files that differ and removes what an earlier run left in the other form. Each file is
 * written under another name first, so no reader ever sees half of it.
 */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<FolderChanges> {
  const changes = await compareFiles(folder, files)
  const temporary = (name: string) => join(folder, `.${name}.${process.pid}.tmp`)
  try {
    await mkdir(folder, { recursive: true })
    for (const name of changes.changed) await writeFile(temporary(name), files[name] ?? '')
    for (const name of changes.changed) await rename(temporary(name), join(folder, name))
    for (const name of changes.stale) await rm(join(folder, name))
  } catch (error) {
    for (const name of changes.changed) await rm(temporary(name), { force: true }).catch(() => {})
    throw new OutputError(
      'not-writable',
      `${folder}: found a folder that cannot be written (${codeOf(error)}); expected one that this user may write.`,
      { en: 'Check the folder and its permissions.', zh: '请检查该目录及其权限。' },
      error,
    )
  }
  return changes
}

async function readIfExists(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined
    throw new OutputError(
      'not-writable',
      `${path}: found a file that cannot be read (${codeOf(error)}); expected one that this user may read.`,
      { en: 'Check the file and its permissions.', zh: '请检查该文件及其权限。' },
      error,
    )
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? error)
