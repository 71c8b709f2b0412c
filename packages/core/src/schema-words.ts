import type { JsonSchema } from './json-schema.ts'

const shown = 48

/**
 * Says what was found in a few words: the value itself, shortened, or for a personal field and for anything that is not a
 * plain value only its kind and length. The query of an address is not shown, because tokens live there.
 */
export function describeValue(value: unknown, schema: JsonSchema = {}): string {
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'number' || typeof value === 'boolean')
    return schema['x-personal'] ? `a ${typeof value}` : `the ${typeof value} ${value}`
  if (typeof value !== 'string') return value === null ? 'null' : value === undefined ? 'nothing' : `a ${typeof value}`

  const length = `${[...value].length} character(s)`
  if (value === '') return 'an empty text'
  if (schema['x-personal']) return length
  // Where an object belongs, a text is most likely the JSON of one, with all that is personal in it.
  if (schema.type === 'object' || schema.type === 'array') return `a text of ${length}`
  const visible = schema['x-loopback-http'] ? value.replace(/([?#]).*/su, '$1…') : value
  const quoted = quote(visible.length > shown ? `${visible.slice(0, shown)}…` : visible)
  return `${quoted} (${length})`
}

/** Names the first character that cannot stand in the text, where the pattern judges characters one by one. */
export function misfitPosition(schema: JsonSchema, value: string): string {
  if (schema.pattern === undefined || schema['x-loopback-http']) return ''
  const pattern = new RegExp(schema.pattern, 'u')
  const characters = [...value]
  const fits = characters.map((character) => pattern.test(character))
  const first = fits.indexOf(false)
  // When no single character fits, the pattern is about the whole text, and a position would mislead.
  if (first === -1 || !fits.includes(true)) return ''
  const character = characters[first] ?? ''
  const isWide = (character.codePointAt(0) ?? 0) > 0xffff
  return `, of which character ${first + 1}${schema['x-personal'] ? '' : ` (${quote(character)})`}${isWide ? ' takes 4 bytes in UTF-8 and' : ''} does not fit`
}

/** JSON's quoting escapes control characters, so that a text cannot forge a line in a log. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '�')
}
