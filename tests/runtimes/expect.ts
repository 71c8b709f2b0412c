/** The code of the error that a call throws. */
export async function codeOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call()
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
  return 'nothing was thrown'
}

export function equal(found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`found ${String(found)}; expected ${String(expected)}`)
}
