/** A case of the suite: no test framework, no Node API. It passes unless it throws. */
export interface Case {
  readonly name: string
  run(): Promise<void>
}
