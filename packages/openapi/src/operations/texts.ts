import { isRecord } from '@wechatpay-entrust/base'
import type { Json } from '../bundle/bundle.ts'
import { nameOf } from '../problems/name-of.ts'
import { below } from '../source/pointer.ts'
import type { OperationContext } from './context.ts'

type Check = (value: unknown) => boolean
const isText: Check = (value) => typeof value === 'string'

/** What is copied unchanged, and what it must be. */
const members: { readonly [name: string]: readonly [expected: string, check: Check] } = {
  tags: ['a list of texts', (value) => Array.isArray(value) && value.every(isText)],
  summary: ['a text', isText],
  description: ['a text', isText],
  externalDocs: ['an object with url', (value) => isRecord(value) && isText(value.url)],
  deprecated: ['true or false', (value) => typeof value === 'boolean'],
  operationId: ['a text', () => true],
}

/** The texts for people, and the id. */
export function readTexts(operation: Json, { report, place }: OperationContext): Json {
  const found = Object.entries(members).filter(([name]) => operation[name] !== undefined)
  const valid = found.filter(([name, [expected, check]]) => {
    const isValid = check(operation[name])
    const at = { source: place.source, pointer: below(place.pointer, name) }
    if (!isValid)
      report.problem('structure', at, `${name} that is ${nameOf(operation[name])}`, expected)
    return isValid
  })
  return Object.fromEntries(valid.map(([name]) => [name, operation[name]]))
}

/** A member that must be a list. */
export function readList(
  value: unknown,
  name: string,
  { report, place }: Pick<OperationContext, 'report' | 'place'>,
): unknown[] {
  if (Array.isArray(value)) return value
  if (value !== undefined)
    report.problem('structure', place, `${name} that is ${nameOf(value)}`, 'a list')
  return []
}
