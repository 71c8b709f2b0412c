import type { Field } from './fields.ts'
import { bilingual, html, paragraphs, prose } from './markdown.ts'

/**
 * Fields as a list, which also fits on a phone: a line with name, type and badges, then the
 * description.
 */
export function fieldList(id: string, fields: readonly Field[]): string {
  return `<dl class="fields">\n\n${fields.map((field) => entry(id, field)).join('\n')}\n</dl>`
}

function entry(id: string, { name, depth, type, required, inferred, ...field }: Field): string {
  const { zh, en } = bilingual(field.description)
  const anchor = `${id}-${name.replaceAll(/[^\w-]+/g, '-')}`.toLowerCase()
  const badges = [
    required ? badge('required', 'required') : badge('optional', 'optional'),
    ...(inferred ? [badge('inferred', 'inferred')] : []),
    ...(field.personal ? [badge('personal', 'personal data')] : []),
  ]
  const head = `<code>${html(name)}</code> <span class="type">${html(type)}</span> ${badges.join(' ')}`
  const { limits, unknown, example } = field
  return paragraphs(
    `<dt id="${anchor}" class="depth-${depth}">${head}</dt>\n<dd class="depth-${depth}">`,
    [...(zh ? [`<span lang="zh">${html(zh)}</span>:`] : []), prose(en)].join(' '),
    limits.length > 0 && `Limits: ${limits.map(prose).join('; ')}.`,
    unknown.length > 0 && `Not documented: ${unknown.join(', ')}.`,
    inferred && `Inferred: ${prose(inferred)}.`,
    example && `Example: <code class="example" v-pre>${html(example)}</code>`,
    '</dd>',
  )
}

export const badge = (kind: string, text: string): string =>
  `<span class="badge ${kind}">${text}</span>`
