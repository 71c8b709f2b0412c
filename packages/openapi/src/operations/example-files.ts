import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRecord } from '@wechatpay-entrust/base'
import type { Json } from '../bundle/bundle.ts'
import { below } from '../source/pointer.ts'
import { displayName } from '../source/sources.ts'
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
    const path = join(dirname(place.source.path), externalValue)
    const source = existsSync(path) ? context.sources.read(path) : undefined
    if (!existsSync(path))
      context.report.problem('example-file', at, `no file ${displayName(path)}`)
    return source === undefined ? [] : [[name, { ...rest, value: source.value }]]
  })
  return Object.fromEntries(entries)
}
