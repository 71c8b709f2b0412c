/** Assertions without a framework: each throws an Error that describes what was found. */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (found !== wanted) throw new Error(`${what}: found ${found}, expected ${wanted}`)
}

/** Compares byte by byte: a store may return a Buffer. */
export function sameBytes(actual: Uint8Array, expected: Uint8Array, what: string): void {
  const differs =
    actual.length !== expected.length || expected.some((byte, at) => actual[at] !== byte)
  if (differs)
    throw new Error(
      `${what}: ${actual.length} bytes that are not the ${expected.length} bytes given`,
    )
}

export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what}: found nothing`)
  return value
}

/** Resolves to the reason of the rejection. */
export async function rejection(promise: Promise<unknown>, what: string): Promise<unknown> {
  let value: unknown
  try {
    value = await promise
  } catch (error) {
    return error
  }
  throw new Error(`${what}: resolved to ${JSON.stringify(value)}, expected a rejection`)
}
