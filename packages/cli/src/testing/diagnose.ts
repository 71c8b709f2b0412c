import type { CheckState, Trouble } from '../doctor/check.ts'
import { runJson } from './run-cli.ts'

/** Runs doctor: its checks and its exit code. */
export async function diagnose(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
) {
  const { code, document } = await runJson(['doctor', ...args], { env })
  // `ok` has no remedy; a test that reads one names another state.
  const checks: (Omit<Trouble, 'state'> & { readonly state: CheckState })[] = document.checks
  const find = (check: string, state: CheckState) =>
    checks.find((one) => one.check.startsWith(check) && one.state === state)
  return {
    code,
    checks,
    find,
    failed: checks.filter(({ state }) => state === 'fail').map(({ check }) => check),
  }
}
