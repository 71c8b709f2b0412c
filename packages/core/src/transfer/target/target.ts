/** Gets the chunks of a download, and keeps them only if all is well. */
export interface Target {
  /** Whether bytes went to a sink of the caller: then no attempt can follow. */
  readonly isSpent: boolean
  /** Before each attempt: forgets what an earlier one wrote. */
  reset(): Promise<void>
  write(chunk: Uint8Array): Promise<void>
  /** After the last chunk, if the hash fits. */
  finish(): Promise<void>
  /** The call succeeded: the file gets its name. */
  commit(): Promise<void>
  /** The call failed: no file is left, and the sink is destroyed. Never rejects. */
  discard(reason: unknown): Promise<void>
  /** What the caller gets of it. */
  readonly result: { readonly path?: string; readonly bytes?: Uint8Array }
}
