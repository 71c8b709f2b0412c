/**
 * The type of a value in words, for an error. The value itself is not shown: it may be a secret or
 * personal.
 */
export function describeType(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
}

/** The same for an option that is no secret: a number is shown. */
export const describeOption = (value: unknown): string =>
  typeof value === 'number' ? String(value) : describeType(value)
