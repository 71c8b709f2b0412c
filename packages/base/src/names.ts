/** A member that a caller gave and that does not exist. */
export interface UnknownName {
  readonly name: string
  /** The name that was probably meant. */
  readonly nearest: string | undefined
}

/**
 * The first member of an object that is not among the known names. A member with the value
 * `undefined` counts as absent. Without this check a mistyped name would be dropped silently.
 */
export function findUnknownName(given: object, known: readonly string[]): UnknownName | undefined {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || known.includes(name)) continue
    return { name: name.slice(0, 40), nearest: nearestName(name, known) }
  }
  return undefined
}

/** The known name with at most three differing characters, upper and lower case being equal. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  return nearestNames(name, known, 3)[0]
}

/** The known names with at most so many differing characters, the nearest first. */
export function nearestNames(
  name: string,
  known: readonly string[],
  atMost: number,
): readonly string[] {
  const text = name.toLowerCase().slice(0, longestName)
  return known
    .map((one) => ({ one, distance: distanceOf(one.toLowerCase(), text) }))
    .filter(({ distance }) => distance <= atMost)
    .sort((a, b) => a.distance - b.distance)
    .map(({ one }) => one)
}

/** A longer name is no mistyped one, and would take time. */
const longestName = 200

/** How many characters are inserted, deleted or replaced (Levenshtein). */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j += 1) {
      const replaced = Number(row[j]) + Number(letter !== b[j])
      next.push(Math.min(Number(row[j + 1]) + 1, Number(next[j]) + 1, replaced))
    }
    row = next
  }
  return Number(row[b.length])
}
