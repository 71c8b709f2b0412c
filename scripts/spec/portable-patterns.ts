import { type Json, mapObjects } from './json.ts'

/**
 * Leaves out a pattern that not every language can compile: Go has neither `\uXXXX` nor look-ahead,
 * and a generated client stops at its start. The description gets the rule instead.
 */
export function withPortablePatterns(document: Json): Json {
  return mapObjects(document, (object) => {
    const { pattern, ...rest } = object
    if (typeof pattern !== 'string' || isPortable(pattern)) return object
    const rule = object['x-pattern-says']
    if (typeof rule !== 'string')
      throw new Error(`spec/openapi.yaml: the pattern ${pattern} needs x-pattern-says`)
    return { ...rest, description: `${object.description} Rule: ${rule}.` }
  }) as Json
}

const isPortable = (pattern: string) => !/\\u|\(\?/.test(pattern)
