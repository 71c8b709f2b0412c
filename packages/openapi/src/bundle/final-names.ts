import { basename } from 'node:path'
import { isRecord } from '@wechatpay-entrust/base'
import type { Report } from '../problems/report.ts'
import type { BundledSchema, Json } from './bundle.ts'
import { cleanName } from './schema-names.ts'

/** A schema in its final form, except for its name and the names in its references. */
export interface NamedSchema {
  readonly schema: BundledSchema
  readonly value: Json
}

const tokens = /__ref_\d+__/g

/**
 * Gives each schema a name. Of equal schemas with the same name one remains. Of different ones the
 * first keeps the name, and the others get that of their file, or a number, appended.
 */
export function giveNames(all: readonly NamedSchema[], report: Report): Map<string, string> {
  const classes = equalSchemas(all)
  const names = new Map<string, string>()
  const byClass = new Map<string, string>()
  const taken = new Set<string>()
  // A schema of components/schemas keeps its own name; others are renamed.
  const ordered = [...all].sort((a, b) => Number(b.schema.isNamed) - Number(a.schema.isNamed))
  const firsts = new Set(ordered.map(({ schema }) => schema.name))
  for (const { schema } of ordered) {
    const group = classes.get(schema.token) ?? schema.token
    const known = byClass.get(group)
    const name = known ?? freeName(schema, taken, firsts)
    taken.add(name)
    byClass.set(group, name)
    names.set(schema.token, name)
    if (known === undefined && name !== schema.name)
      report.note(
        'schema-name',
        schema.place,
        'Schemas with the same name differ; renamed',
        `${schema.name} of ${schema.place.source.file} to ${name}`,
      )
  }
  return names
}

function freeName({ name, place }: BundledSchema, taken: Set<string>, firsts: Set<string>): string {
  if (!taken.has(name)) return name
  const file = cleanName(basename(place.source.path).replace(/\.\w+$/, ''))
  const isFree = (one: string) => !taken.has(one) && !firsts.has(one)
  if (isFree(`${name}_${file}`)) return `${name}_${file}`
  let number = 2
  while (!isFree(`${name}_${number}`)) number += 1
  return `${name}_${number}`
}

/**
 * The class of each token. Schemas are equal if their text is, with references to equal schemas; it
 * is compared again until no class is divided any more.
 */
function equalSchemas(all: readonly NamedSchema[]): Map<string, string> {
  const sameName = new Map<string, NamedSchema[]>()
  for (const one of all)
    sameName.set(one.schema.name, [...(sameName.get(one.schema.name) ?? []), one])
  let classes = new Map(all.map(({ schema }) => [schema.token, schema.name]))
  const texts = new Map(all.map(({ schema, value }) => [schema.token, JSON.stringify(value)]))
  for (let count = -1; count !== new Set(classes.values()).size; ) {
    count = new Set(classes.values()).size
    const next = new Map<string, string>()
    for (const [name, members] of sameName) {
      const ids = new Map<string, string>()
      for (const { schema } of members) {
        const text = members.length === 1 ? '' : textOf(texts, classes, schema.token)
        const id = ids.get(text) ?? `${name} ${ids.size}`
        ids.set(text, id)
        next.set(schema.token, id)
      }
    }
    classes = next
  }
  return classes
}

const textOf = (texts: Map<string, string>, classes: Map<string, string>, token: string): string =>
  (texts.get(token) ?? '').replaceAll(tokens, (one) => classes.get(one) ?? one)

/** Replaces the tokens in references, in a value that nothing else uses. */
export function replaceTokens(value: unknown, names: ReadonlyMap<string, string>): void {
  if (Array.isArray(value)) for (const item of value) replaceTokens(item, names)
  if (!isRecord(value)) return
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string' && member.startsWith('#/components/schemas/__ref_'))
      (value as Json)[name] = member.replace(tokens, (one) => names.get(one) ?? one)
    else replaceTokens(member, names)
  }
}
