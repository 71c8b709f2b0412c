import { type MaybePromise, readChunks } from '@wechatpay-entrust/base'
import { NotificationError } from '../errors.ts'
import type { Deadline } from './budget.ts'
import { asBytes, isReadableStream, type OpenedRequest, parsedBody } from './request-forms.ts'

/**
 * Reads the body, up to `maxBytes` and until the deadline. Then it only stops reading: closing the
 * stream would close the connection on Node before the response is sent.
 */
export function readRawBody(
  { body, framework }: Pick<OpenedRequest, 'body' | 'framework'>,
  maxBytes: number,
  deadline: Deadline,
): MaybePromise<Uint8Array> {
  if (ArrayBuffer.isView(body)) {
    if (body.length > maxBytes) throw tooLarge(maxBytes)
    return body
  }
  const pull = puller(body)
  return deadline.within(async (signal) => {
    const read = async () => {
      if (signal.aborted) return { done: true }
      const { done, value } = await next(pull)
      if (done) return { done }
      const chunk = asBytes(value)
      if (chunk !== undefined) return { value: chunk }
      throw parsedBody('a stream of text (setEncoding or a text decoder is on it)', framework)
    }
    const bytes = await readChunks(read, maxBytes)
    if (bytes === undefined) throw tooLarge(maxBytes)
    return bytes
  }, tooSlow)
}

type Pull = () => Promise<{ done?: boolean | undefined; value?: unknown }>

function puller(body: ReadableStream<unknown> | AsyncIterable<unknown>): Pull {
  if (isReadableStream(body)) {
    const reader = body.getReader()
    return () => reader.read()
  }
  const iterator = body[Symbol.asyncIterator]()
  return () => iterator.next()
}

async function next(pull: Pull): ReturnType<Pull> {
  try {
    return await pull()
  } catch (cause) {
    throw new NotificationError(
      'body-incomplete',
      'The body broke off before its end. WeChat Pay sends it again.',
      { cause },
    )
  }
}

const tooSlow = () =>
  new NotificationError(
    'body-incomplete',
    'The body had not come to its end when the time was up; a genuine one is there at once. WeChat Pay sends it again.',
  )

export function tooLarge(maxBytes: number): NotificationError {
  return new NotificationError(
    'body-too-large',
    `The body is longer than ${maxBytes} bytes; real notifications have 1 to 2 kB. If yours are longer, raise maxBytes.`,
  )
}
