import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../workspace.ts'
import { type Json, mapObjects } from './json.ts'

/** Replaces each `externalValue` by the content of that file of `spec/`. */
export function withExamplesInside(document: Json): Json {
  return mapObjects(document, (object) => {
    const { externalValue, ...rest } = object
    return typeof externalValue === 'string'
      ? { ...rest, value: readExample(externalValue) }
      : object
  }) as Json
}

const readExample = (file: string): unknown =>
  JSON.parse(readFileSync(join(root, 'spec', file), 'utf8'))
