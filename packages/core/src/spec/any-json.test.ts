import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createClient } from '../call/client.ts'
import { rejection, responding, verified } from '../testing/handler.ts'
import { orders } from '../testing/orders.ts'
import { ownSpec } from './own.ts'
import type { Spec } from './spec.ts'

/** Places of a valid spec, each of which gets any JSON value. */
const places: readonly (readonly string[])[] = (() => {
  const found: string[][] = [[]]
  const visit = (value: unknown, place: string[]) => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, one] of Object.entries(value)) {
      found.push([...place, name])
      visit(one, [...place, name])
    }
  }
  visit(orders, [])
  return found
})()

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string,
    unknown
  >
  copy[name] = replaced(copy[name], rest, by)
  return copy
}

/** Every operation is called, and every error has a name that the documentation has. */
async function tryOut(spec: unknown): Promise<void> {
  const { fetch } = responding(({ url }) =>
    url.includes('fail') ? verified({ code: 'X', message: 'm' }, { status: 400 }) : verified({}),
  )
  let client: ReturnType<typeof createClient>
  try {
    client = createClient({ fetch, spec: spec as Spec, onEvent: () => {} })
  } catch (error) {
    expect(error).toMatchObject({
      name: 'TypeError',
      message: expect.stringMatching(/^createClient: `spec/),
    })
    return
  }
  const args = { path: { out_trade_no: 'fail' }, query: { mchid: 'a', tag: ['b'] }, json: { a: 1 } }
  const given = [undefined, args, { path: args.path }, { path: args.path, query: args.query }]
  const calls = Object.values(client.operations as unknown as Record<string, unknown>)
  for (const call of calls.slice(Object.keys(ownSpec.operations).length)) {
    for (const one of given) {
      const error = await (call as (args: unknown) => Promise<unknown>)(one).catch(
        (e: unknown) => e,
      )
      if (error instanceof Error) expect(['RequestError', 'ApiError']).toContain(error.name)
    }
  }
  expect(() => client.chain('nope' as 'v3/certificates')).toThrow('has no path')
  await rejection(client.request('POST', '/v3/fail', { json: { deep: { payer: 'x' } } }))
}

test('whatever JSON value is given as spec, the client works or rejects it by name', async () => {
  await fc.assert(fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())), tryOut), {
    numRuns: 100,
  })
})

test('whatever JSON value is at any place of a spec, the client works or rejects it by name', async () => {
  const values = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>({}, [], [{}], '', '/v3/fail', { $ref: '#/components/schemas/Order' }),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), values, (place, value) =>
      tryOut(replaced(orders, place, value)),
    ),
    { numRuns: 300 },
  )
})
