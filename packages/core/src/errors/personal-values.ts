/** The personal values in a body, at any depth. A log must not contain them. */
export function personalValues(value: unknown, names: ReadonlySet<string>, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth > 8) return []
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'string' && names.has(name) && member !== ''
      ? [member]
      : personalValues(member, names, depth + 1),
  )
}
