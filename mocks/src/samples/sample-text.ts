import { formatTime } from '@wechatpay-entrust/notification/platform'
import type { FlatSchema } from './flatten.ts'
import { samplePattern } from './pattern.ts'

/** Texts of the formats that OpenAPI documents use. */
const formats: Readonly<Record<string, (now: number) => string>> = {
  'date-time': formatTime,
  date: (now) => formatTime(now).slice(0, 10),
  time: (now) => formatTime(now).slice(11),
  uri: () => 'https://example.com/',
  url: () => 'https://example.com/',
  email: () => 'user@example.com',
  hostname: () => 'example.com',
  ipv4: () => '192.0.2.1',
  ipv6: () => '2001:db8::1',
  uuid: () => '00000000-0000-4000-8000-000000000000',
  byte: () => 'dGV4dA==',
}

/** A text has no more characters, whatever `minLength` says. */
const longest = 100_000

/** A text within the limits of the schema. */
export function sampleText(schema: FlatSchema, now: number): string {
  const { format = '', patterns, minLength, maxLength } = schema
  const fits = (text: string) =>
    [...text].length >= minLength &&
    [...text].length <= maxLength &&
    patterns.every((pattern) => matches(pattern, text))
  for (const pattern of patterns) {
    const text = samplePattern(pattern, fits, minLength)
    if (text !== undefined && fits(text)) return text
  }
  const made = Object.hasOwn(formats, format) ? formats[format]?.(now) : undefined
  if (made !== undefined && fits(made)) return made
  const length = Math.min(minLength, longest)
  return 'text'.padEnd(length, 'x').slice(0, Math.max(length, Math.min(maxLength, longest)))
}

/** A number within the limits: 1 if possible. */
export function sampleNumber({ minimum, maximum }: FlatSchema, isInteger: boolean): number {
  const least = isInteger ? Math.ceil(minimum) : minimum
  return Math.max(least, Math.min(1, isInteger ? Math.floor(maximum) : maximum))
}

/** A pattern that JavaScript cannot compile is not checked. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    return true
  }
}
