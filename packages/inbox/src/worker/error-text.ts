const longest = 500
const personal = /openid|display_account/

/**
 * The text of an error for the store, on one line. A handler's error often quotes its input, and a
 * store holds no openid in clear: the personal values of the notification are removed.
 */
export function errorText(error: unknown, resource?: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const values = personalValues(resource).sort((a, b) => b.length - a.length)
  const clean = values.reduce((rest, value) => rest.replaceAll(value, '[redacted]'), text)
  return clean.replace(/\s+/g, ' ').slice(0, longest)
}

function personalValues(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => {
    if (typeof one === 'string') return personal.test(key) && one.length > 1 ? [one] : []
    return personalValues(one)
  })
}
