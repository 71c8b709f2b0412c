import { expect, test } from 'vitest'
import { thrownBy } from '../../auth/src/testing/vectors.ts'
import { untilAborted } from './abort.ts'
import { type Chunk, readBody, readChunks } from './read-body.ts'

const never = new Promise<never>(() => {})

/** A body of the given parts that then ends or waits, and whether it was cancelled. */
function bodyOf(
  parts: readonly string[],
  more: 'ends' | 'waits',
  cancel: () => Promise<void> = async () => {},
) {
  const state = { cancelled: false }
  const left = [...parts]
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const part = left.shift()
        if (part !== undefined) controller.enqueue(new TextEncoder().encode(part))
        else if (more === 'ends') controller.close()
        else return never
      },
      cancel() {
        state.cancelled = true
        return cancel()
      },
    },
    { highWaterMark: 0 },
  )
  return { state, body: stream as NonNullable<Response['body']> }
}

const read = (body: Response['body'], limit: number, declared?: number, signal?: AbortSignal) =>
  readBody(
    {
      headers: new Headers(declared === undefined ? {} : { 'content-length': `${declared}` }),
      body,
    },
    limit,
    signal,
  )

test('a body of exactly the limit is read, with and without Content-Length', async () => {
  for (const declared of [undefined, 5]) {
    const bytes = await read(bodyOf(['ab', 'cde'], 'ends').body, 5, declared)
    expect(new TextDecoder().decode(bytes)).toBe('abcde')
  }
  expect(await read(null, 5)).toHaveLength(0)
})

test('a body over the limit is cancelled, declared or streamed, even if cancelling fails or never ends (T-19)', async () => {
  const cancels = [async () => {}, () => Promise.reject(new Error('late')), () => never]
  for (const cancel of cancels) {
    const declared = bodyOf(['ab'], 'waits', cancel)
    expect(await read(declared.body, 5, 6)).toBeUndefined()
    const streamed = bodyOf(['abc', 'def'], 'waits', cancel)
    expect(await read(streamed.body, 5)).toBeUndefined()
    expect([declared.state, streamed.state]).toEqual([{ cancelled: true }, { cancelled: true }])
  }
})

test('the signal ends the reading of a body that ignores it, and cancels the body (T-21)', async () => {
  const { state, body } = bodyOf(['ab'], 'waits')
  const error = await thrownBy(() => read(body, 5, undefined, AbortSignal.timeout(20)))
  expect([error.name, state.cancelled]).toEqual(['TimeoutError', true])
})

test('a signal that is already aborted ends the wait at once (T-21)', async () => {
  const reason = new Error('before')
  expect(await thrownBy(() => untilAborted(never, AbortSignal.abort(reason)))).toBe(reason)
})

test('no listener stays on the signal, and no rejection goes unhandled (T-36, T-38)', async () => {
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  process.on('unhandledRejection', note)
  const { signal } = new AbortController()
  let listeners = 0
  const [add, remove] = [
    signal.addEventListener.bind(signal),
    signal.removeEventListener.bind(signal),
  ]
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners += 1
    add(...args)
  }
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners -= 1
    remove(...args)
  }
  await read(bodyOf(['ab', 'c'], 'ends').body, 5, undefined, signal)
  expect(listeners).toBe(0)
  const stubborn = () => Promise.reject(new Error('cannot be given up'))
  await read(bodyOf(['abc', 'def'], 'waits', stubborn).body, 5)
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 20))
  await thrownBy(() => untilAborted(late, AbortSignal.timeout(5)))
  await new Promise((resolve) => setTimeout(resolve, 40))
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

test('chunks are joined until done, and empty ones are skipped; one chunk is not copied', async () => {
  const readFrom = (chunks: readonly Chunk[]) => {
    const left = [...chunks]
    return async () => left.shift() ?? { done: true }
  }
  const chunk = (...value: number[]): Chunk => ({ value: Uint8Array.from(value) })
  const several = [chunk(1), chunk(), chunk(2, 3), { done: true }, chunk(4)]
  expect(await readChunks(readFrom(several), 3)).toEqual(Uint8Array.of(1, 2, 3))
  expect(await readChunks(readFrom(several), 2)).toBeUndefined()
  expect(await readChunks(readFrom([{}]), 0)).toHaveLength(0)
  const one = chunk(7)
  expect(await readChunks(readFrom([chunk(), one]), 1)).toBe(one.value)
})
