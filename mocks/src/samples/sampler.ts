import type { OperationList } from '../operations/operation-list.ts'
import type { AnyOperationId, CallArguments } from '../operations/played-operation.ts'
import type { Identity } from '../platform/identity.ts'
import { sampleArguments, sampleData } from './sample-call.ts'

/** An operation of the mock. */
export interface OperationEntry {
  readonly id: string
  readonly method: string
  /** The path template, with `{name}` for each parameter. */
  readonly path: string
}

/** Arguments and response of an operation. */
export interface OperationSample {
  readonly args: CallArguments
  /** The JSON of success; undefined without a body. */
  readonly data: unknown
}

export interface Sampler {
  operations(): OperationEntry[]
  sample(operation: AnyOperationId): OperationSample
}

/** Values of the mock, which samples have where a response has a field of that name. */
export const ownValues = ({ mchid }: Identity) => ({ mchid, sp_mchid: mchid })

export function createSampler(
  list: OperationList,
  known: Readonly<Record<string, unknown>>,
  now: () => number,
): Sampler {
  return {
    operations: () => list.all.map(({ operation: { id, method, path } }) => ({ id, method, path })),
    sample(operation) {
      const played = list.find(operation)
      if (played === undefined) throw list.unknownId('operation', operation)
      const args = sampleArguments(played, now())
      return structuredClone({ args, data: sampleData(played, args, known, now()) })
    },
  }
}
