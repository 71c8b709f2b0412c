import { fileCases } from './file-cases.ts'
import { cases as otherCases, provider } from './suite.ts'

const cases = [...otherCases, ...fileCases]

/** Runs every case. Prints each failure and a last line; returns true if none failed. */
export async function runCases(write: (line: string) => void): Promise<boolean> {
  let failed = 0
  for (const { name, run } of cases) {
    await run().catch((error: unknown) => {
      failed += 1
      write(`not ok: ${name}: ${error instanceof Error ? error.message : String(error)}`)
    })
  }
  write(`${cases.length - failed} passed, ${failed} failed, on the ${provider()} implementation`)
  return failed === 0
}
