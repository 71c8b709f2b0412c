import { type MaybePromise, readChunks } from '@wechatpay-entrust/base'
import { NotificationError } from '../errors/notification-error.ts'
import type { Deadline } from './budget.ts'
import {
  asBytes,
  isReadableStream,
  type OpenedRequest,
  parsedBody,
  type RequestOrigin,
} from './request-forms.ts'

/**
 * Reads the body, up to `maxBytes` and until the deadline. Then it only stops reading: closing the
 * stream would close the connection on Node before the response is sent.
 */
export function readRawBody(
  { body, ...origin }: RequestOrigin & Pick<OpenedRequest, 'body'>,
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
      // Without a value it is the end.
      if (signal.aborted) return {}
      const { done, value } = await next(pull)
      if (done) return {}
      const chunk = asBytes(value)
      if (chunk !== undefined) return { value: chunk }
      throw parsedBody('a stream of text (setEncoding or a text decoder is on it)', origin)
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
      'The body: found a part of it, then the connection or the stream broke; expected all of it.',
      { cause },
    )
  }
}

const tooSlow = () =>
  new NotificationError(
    'body-incomplete',
    'The body: found a part of it when the time was up (budgetMs); expected all of it at once.',
  )

export function tooLarge(maxBytes: number): NotificationError {
  return new NotificationError(
    'body-too-large',
    `The body: found more than ${maxBytes} bytes; expected at most that many (maxBytes).`,
  )
}
