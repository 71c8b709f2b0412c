import type { KnownOperation } from '../spec/registry.ts'

/** The facts about a call that an error needs. */
export interface CallContext {
  /** The operation's id, or method and path of an untyped request. */
  readonly operation: string
  readonly method: string
  /** The operation of the spec; `undefined` for an untyped request. */
  readonly spec: KnownOperation | undefined
  /** The request's body: its personal values are masked in the text of the server. */
  readonly json: unknown
  /** The names of personal fields. */
  readonly personalNames: () => ReadonlySet<string>
  /** Fields that the response must repeat, with their values in the request. */
  readonly echo: readonly (readonly [field: string, value: unknown])[]
  /** Deadline in milliseconds. */
  readonly timeout: number
  /** Whether repeating the call with the same parameters has no second effect. */
  readonly isSafe: boolean
  /** The current attempt, from 1. */
  attempt: number
  /** The address of the current attempt. Errors and events show its host only. */
  url: string
  /** Whether an earlier attempt may have been carried out. */
  unsure: boolean
}

/** The context of a call that has made no attempt yet. */
export const startContext = (
  call: Omit<CallContext, 'attempt' | 'url' | 'unsure'>,
): CallContext => ({ ...call, attempt: 0, url: '', unsure: false })
