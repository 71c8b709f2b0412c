/** One step of the demo, as `--json` writes it: its name, whether it passed, and its results. */
export interface Step {
  readonly name: string
  readonly ok: boolean
  readonly [detail: string]: unknown
}

/** Runs the steps and prints them: as text while they run, or as one JSON document at the end. */
export interface StepReport {
  readonly steps: readonly Step[]
  /**
   * Runs one step, then records and prints what it returns. A step that throws is recorded as
   * failed, and ends the demo.
   */
  step<T extends Record<string, unknown>>(
    name: string,
    title: string,
    run: () => Promise<T>,
  ): Promise<T>
  /** Prints the result; true if every step passed. */
  finish(): boolean
}

type Write = (text: string) => void

export interface StepReportOptions {
  readonly json: boolean
  readonly colour: boolean
  readonly write: Write
}

/** Thrown after a failed step was recorded and printed; there is nothing more to print. */
export class DemoFailed extends Error {}

export function createStepReport({ json, colour, write }: StepReportOptions): StepReport {
  const steps: Step[] = []
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const printLine: Write = (text) => {
    if (!json) write(`${text}\n`)
  }
  return {
    steps,
    async step(name, title, run) {
      printLine(`\n${paint(1, `${steps.length + 1}. ${title}`)}`)
      try {
        const details = await run()
        steps.push({ name, ok: true, ...details })
        for (const [label, value] of Object.entries(details)) printLine(describe(label, value))
        printLine(paint(32, '   ✓ passed'))
        return details
      } catch (error) {
        const { name: errorName, message } = error as Error
        const code = (error as { code?: unknown }).code
        steps.push({ name, ok: false, error: { errorName, code, message } })
        printLine(paint(31, `   ✗ ${errorName}${code === undefined ? '' : ` ${code}`}: ${message}`))
        throw new DemoFailed(name)
      }
    },
    finish() {
      const ok = steps.every((step) => step.ok) && steps.length === stepCount
      if (json) write(`${JSON.stringify({ ok, steps }, null, 2)}\n`)
      else
        printLine(
          ok ? paint(32, `\nAll ${steps.length} steps passed.`) : paint(31, '\nThe demo failed.'),
        )
      return ok
    },
  }
}

/** The steps of a complete demo: a demo that ended early did not pass. */
const stepCount = 7

function describe(label: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return `   ${label}: ${text.replaceAll('\n', '\n   ')}`
}
