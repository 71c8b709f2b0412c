import { createClient } from '../call/client.ts'
import type { Spec, SpecOperation } from '../spec/spec.ts'
import { responding, verified } from './handler.ts'

/** A spec with one operation, as a caller without types would give it. */
export const specOf = (operation: Partial<SpecOperation>, more: Partial<Spec> = {}): Spec => ({
  specVersion: 1,
  title: 'One',
  operations: {
    one: {
      id: 'one',
      method: 'POST',
      path: '/v3/one',
      retry: 'unsafe',
      status: 200,
      ...operation,
    },
  },
  schemas: {},
  webhooks: {},
  ...more,
})

/** Operations without types. */
export type Calls = Record<string, (args?: unknown) => Promise<{ data: unknown }>>

/** Calls that operation. */
export const callOne = (
  operation: Partial<SpecOperation>,
  args: unknown,
  respond = () => verified({}),
) => {
  const { fetch } = responding(respond)
  const client = createClient({ fetch, spec: specOf(operation) })
  return (client.operations as unknown as Calls).one?.(args) ?? Promise.reject(new Error('none'))
}
