import { basename } from 'node:path'
import { namesOf } from '../source/pointer.ts'
import type { Place } from '../source/source.ts'

/** Steps that say nothing about a schema. */
const structural = new Set([
  '',
  'paths',
  'components',
  'definitions',
  'schemas',
  'content',
  'schema',
  'properties',
  '$defs',
])

/**
 * The name of a schema by its place: its own name in `components/schemas`, `definitions` or `$defs`;
 * further steps are appended (`Order_payer`); the name of the file if it is the whole file.
 */
export function nameOfPlace({ source, pointer }: Place): string {
  const steps = namesOf(pointer)
  const file = basename(source.path).replace(/(\.schema)?\.(ya?ml|json)$/i, '')
  const home = steps.findLastIndex(
    (step, index) =>
      ['schemas', 'definitions', '$defs'].includes(step) &&
      index + 1 < steps.length &&
      steps[index - 1] !== 'properties',
  )
  const own = home === -1 ? [] : steps.slice(home + 1, home + 2)
  const inside = steps.slice(home === -1 ? 0 : home + 2)
  const telling = inside.filter((step) => !structural.has(step) && !/^\w+\/[\w.+*-]+$/.test(step))
  // A file that is itself a schema has a name, too: order.yaml#/properties/payer.
  const isFileSchema = home === -1 && ['', 'properties'].includes(steps[0] ?? '')
  return cleanName([...(isFileSchema ? [file] : own), ...telling].join('_'))
}

/** A name that can stand in a `$ref` unchanged: letters and digits of any script, `.`, `_`, `-`. */
export const cleanName = (name: string): string =>
  name.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^_+(?=.)|(?<=.)_+$/g, '') || 'Schema'

/** Whether a place is where a document names its schemas. */
export const isHome = (pointer: string): boolean =>
  /^\/(components\/schemas|definitions)\/[^/]+$/.test(pointer)
