/** One step of the demo, as `--json` writes it: its name, whether it held, and what it showed. */
export interface Step {
  readonly name: string
  readonly ok: boolean
  readonly [detail: string]: unknown
}

/** Collects the steps and tells them, as text or, at the end, as one JSON document. */
export interface Narrator {
  readonly steps: readonly Step[]
  /**
   * Runs one step; what it returns is recorded and shown. A step that throws is recorded as failed,
   * and ends the demo.
   */
  step<T extends Record<string, unknown>>(
    name: string,
    title: string,
    run: () => Promise<T>,
  ): Promise<T>
  /** Ends the telling; true if every step held. */
  finish(): boolean
}

type Write = (text: string) => void

export interface NarratorOptions {
  readonly json: boolean
  readonly colour: boolean
  readonly write: Write
}

/** Thrown when a step failed and has been told; nothing more is to be said of it. */
export class DemoFailed extends Error {}

export function createNarrator({ json, colour, write }: NarratorOptions): Narrator {
  const steps: Step[] = []
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const say: Write = (text) => {
    if (!json) write(`${text}\n`)
  }
  return {
    steps,
    async step(name, title, run) {
      say(`\n${paint(1, `${steps.length + 1}. ${title}`)}`)
      try {
        const details = await run()
        steps.push({ name, ok: true, ...details })
        for (const [label, value] of Object.entries(details)) say(describe(label, value))
        say(paint(32, '   ✓ holds'))
        return details
      } catch (error) {
        const { name: errorName, message } = error as Error
        const code = (error as { code?: unknown }).code
        steps.push({ name, ok: false, error: { errorName, code, message } })
        say(paint(31, `   ✗ ${errorName}${code === undefined ? '' : ` ${code}`}: ${message}`))
        throw new DemoFailed(name)
      }
    },
    finish() {
      const ok = steps.every((step) => step.ok) && steps.length === stepCount
      if (json) write(`${JSON.stringify({ ok, steps }, null, 2)}\n`)
      else
        say(
          ok
            ? paint(32, `\nAll ${steps.length} steps hold.`)
            : paint(31, '\nThe demo did not hold.'),
        )
      return ok
    },
  }
}

/** How many steps a whole demo has: one that ended early did not hold. */
const stepCount = 7

function describe(label: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return `   ${label}: ${text.replaceAll('\n', '\n   ')}`
}
