import { type TaskMeta, test } from 'vitest'
import type { Missing } from './server-process.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** Why a test is skipped, and how to get what is missing. `npm test` prints it. */
    skipReason?: string
  }
}

/** Defines the tests if the program was found, otherwise one skipped test with the reason. */
export function whereFound(name: string, found: object | Missing, define: () => void): void {
  if ('missing' in found) {
    test(name, ({ task, skip }) => {
      const meta: TaskMeta = task.meta
      meta.skipReason = String(found.missing)
      skip()
    })
  } else define()
}
