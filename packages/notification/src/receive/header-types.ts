import type { Remedy } from '@wechatpay-entrust/base'
import { NotificationError } from '../errors/notification-error.ts'

/**
 * A Map compares names by case, and a list has no names: every header would seem to be missing.
 *
 * @throws {NotificationError} `unsupported-headers`
 */
export function requireNames(headers: object): void {
  const isList = Array.isArray(headers)
  if (!isList && !(Symbol.iterator in headers && 'size' in headers)) return
  const given = isList && !Array.isArray(headers[0]) ? 'headers.map(…)' : 'headers'
  throw unsupported('headers', headers, 'Web Headers, or an object of names and texts', {
    en: `Pass Object.fromEntries(${given}), or the headers of the request unchanged.`,
    zh: `请传入 Object.fromEntries(${given})，或原样传入请求的 headers。`,
  })
}

/** Node gives text, or a list of texts where a header was repeated. */
export function requireTexts(name: string, value: unknown): asserts value is readonly string[] {
  const isList = Array.isArray(value)
  if (isList && value.every((item) => typeof item === 'string')) return
  const isCloudFront = isList && value.every((item) => typeof item?.value === 'string')
  throw unsupported(
    `headers['${name.toLowerCase()}']`,
    value,
    'text, or an array of texts',
    isCloudFront ? cloudFrontHeaders : undefined,
  )
}

const ofCloudFront =
  'Object.fromEntries(Object.entries(headers).map(([name, list]) => [name, list.map(({ value }) => value)]))'
const cloudFrontHeaders: Remedy = {
  en: `This is the form of CloudFront and Lambda@Edge: pass ${ofCloudFront}.`,
  zh: `这是 CloudFront、Lambda@Edge 的格式，请传入 ${ofCloudFront}。`,
}

export function unsupported(
  slot: string,
  found: unknown,
  expected: string,
  remedy?: Remedy,
): NotificationError {
  return new NotificationError(
    'unsupported-headers',
    `${slot}: found ${describe(found)}; expected ${expected}.`,
    { remedy },
  )
}

/** Names the type of a value, never its content. */
function describe(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) {
    const item: unknown = value.find((one) => typeof one !== 'string')
    return `an array with ${item === undefined ? 'texts' : describe(item)}`
  }
  if (typeof value !== 'object') return `a ${typeof value}`
  const tag = Object.prototype.toString.call(value).slice(8, -1)
  return tag === 'Object' ? 'an object' : `a ${tag}`
}
