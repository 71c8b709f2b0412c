/** A variable of the environment; undefined where there is none, or reading it is not permitted. */
export function environment(name: string): string | undefined {
  const { process } = globalThis as {
    process?: { env?: Readonly<Record<string, string | undefined>> }
  }
  try {
    return process?.env?.[name]
  } catch {
    return undefined
  }
}
