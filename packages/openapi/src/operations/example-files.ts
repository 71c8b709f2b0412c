import { dirname, join } from 'node:path'
import { isRecord } from '@wechatpay-entrust/base'
import type { Json } from '../bundle/bundle.ts'
import { below } from '../source/pointer.ts'
import type { OperationContext } from './context.ts'

/** Examples by name; `externalValue` is replaced by the JSON of its file. */
export function readExamples(examples: Json, context: OperationContext): Json {
  const entries = Object.entries(examples).flatMap(([name, example]) => {
    if (!isRecord(example) || typeof example.externalValue !== 'string') return [[name, example]]
    const { externalValue, ...rest } = example
    const place = context.originOf(example) ?? context.place
    if (/^[a-z][a-z\d+.-]+:/i.test(externalValue)) {
      context.report.note('example', place, 'An example is on the network; left out', externalValue)
      return []
    }
    const at = { source: place.source, pointer: below(place.pointer, 'externalValue') }
    const before = context.report.problems.length
    const source = context.sources.read(join(dirname(place.source.path), externalValue))
    if (source === undefined && context.report.problems.length === before)
      context.report.problem('example-file', at, `the file ${externalValue}, which cannot be read`)
    return source === undefined ? [] : [[name, { ...rest, value: source.value }]]
  })
  return Object.fromEntries(entries)
}
