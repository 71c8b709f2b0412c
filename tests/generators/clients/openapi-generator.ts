import { requireJar, version } from '../../../scripts/openapi-generator/jar.ts'
import { findJava } from '../../../scripts/openapi-generator/java.ts'
import { Missing, step } from './client.ts'

/** The name and version of a generator of openapi-generator. */
export const openapiGenerator = (generator: string) => `openapi-generator ${version} (${generator})`

/** Generates a client. */
export async function generate(
  generator: string,
  document: string,
  output: string,
  properties: Readonly<Record<string, string>>,
): Promise<void> {
  const options = Object.entries(properties).map(([name, value]) => `${name}=${value}`)
  await runJar([
    'generate',
    ...['--generator-name', generator],
    ...['--input-spec', document],
    ...['--output', output],
    ...['--additional-properties', options.join(',')],
  ])
}

/** Runs openapi-generator and returns what it prints. */
export async function runJar(args: readonly string[]): Promise<string> {
  const java = findJava()
  if (!java.found) throw new Missing(java.problem)
  return step('java', ['-jar', jarOrMissing(), ...args], {})
}

function jarOrMissing(): string {
  try {
    return requireJar()
  } catch (error) {
    if (error instanceof Error && /could not be downloaded/.test(error.message))
      throw new Missing(error.message)
    throw error
  }
}
