import { concatBytes, type MaybePromise } from '@wechatpay-entrust/base'
import { NotificationError } from '../errors.ts'
import type { Deadline } from './budget.ts'
import {
  asBytes,
  type Framework,
  isReadableStream,
  type OpenedRequest,
  parsedBody,
} from './request-forms.ts'

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
  return deadline.within((signal) => readAll(pull, maxBytes, signal, framework), tooSlow)
}

async function readAll(
  pull: Pull,
  maxBytes: number,
  signal: AbortSignal,
  framework: Framework | undefined,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  while (!signal.aborted) {
    const { done, value } = await next(pull)
    if (done) break
    const chunk = asBytes(value)
    if (chunk === undefined)
      throw parsedBody('a stream of text (setEncoding or a text decoder is on it)', framework)
    length += chunk.length
    if (length > maxBytes) throw tooLarge(maxBytes)
    if (chunk.length > 0) chunks.push(chunk)
  }
  return chunks[0] !== undefined && chunks.length === 1 ? chunks[0] : concatBytes(chunks)
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
      {
        cause,
      },
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
