import { runCases } from './run-cases.ts'

/** What `workerd test` calls. */
export default {
  async test(): Promise<void> {
    if (!(await runCases(console.log))) throw new Error('some cases failed')
  },
}
