/** Whether two JSON values are equal; the order of an object's members does not matter. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null)
    return one === other
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSameJson(at(one, name), at(other, name)))
  )
}

const at = (value: object, name: string): unknown => (value as Record<string, unknown>)[name]
