import { badge, fieldList } from './field-list.ts'
import { fieldsOf, parameterField, rulesOf } from './fields.ts'
import { attribute, bilingual, html, paragraphs, prose } from './markdown.ts'
import {
  type Message,
  type Operation,
  type Parameter,
  resolve,
  type Schema,
  type Spec,
  type SpecError,
} from './read-spec.ts'

/** Splits a summary, `中文 - English`, into its two parts. */
export function titlesOf({ summary }: Operation): { zh: string; en: string } {
  const [zh = '', en = ''] = summary.split(' - ')
  return { zh, en }
}

export const front = (title: string, description: string): string =>
  `---\ntitle: ${JSON.stringify(title)}\ndescription: ${JSON.stringify(description)}\noutline: [2, 3]\n---`

/** Allows a line break before each capital of a long name. */
export const breakable = (name: string): string => name.replaceAll(/(?=[A-Z])/g, '<wbr>')

/** Title, both names, and the route. */
export function head(operation: Operation, route: string): string {
  const { zh, en } = titlesOf(operation)
  return paragraphs(
    front(operation.operationId, `${zh}: ${en}`),
    `# ${breakable(operation.operationId)}`,
    `<p class="lead"><span lang="zh">${html(zh)}</span><br>${html(en)}</p>`,
    `<p class="route">${route}</p>`,
    prose(operation.description),
    operation['x-inferred'] && inferredNote(operation['x-inferred-why']),
  )
}

/** Method and path; allows a line break after each slash. */
export const route = (method: string, path: string): string =>
  `<span class="method">${method}</span> <code>${html(path).replaceAll('/', '/<wbr>')}</code>`

const inferredNote = (why = 'No official page says this'): string =>
  `::: warning Inferred\n${prose(why)}.\n:::`

/** The fields of a schema, and the rules about several of them. */
export function schemaFields(spec: Spec, id: string, schema: Schema): string {
  const rules = rulesOf(spec, schema).map(
    (rule) =>
      `${badge('required', 'one of')} ${prose(rule['x-pattern-says'] ?? rule.description ?? '')}.${
        rule['x-inferred'] ? ` Inferred: ${prose(rule['x-inferred-why'] ?? '')}.` : ''
      }`,
  )
  return paragraphs(...rules, fieldList(id, fieldsOf(spec, schema)))
}

export function messageFields(spec: Spec, id: string, message: Message): string | undefined {
  const schema = resolve(spec, message).content?.['application/json'].schema
  return schema && schemaFields(spec, id, schema)
}

/** The parameters of one location, such as the path, if there are any. */
export function parametersIn(
  spec: Spec,
  { parameters }: Operation,
  location: Parameter['in'],
  title: string,
): string {
  const found = parameters
    .map((parameter) => resolve(spec, parameter))
    .filter((parameter) => parameter.in === location)
  return found.length === 0
    ? ''
    : paragraphs(`### ${title}`, fieldList(location, found.map(parameterField)))
}

/** The headers of a response. */
export function headersOf(spec: Spec, id: string, message: Message): string {
  const headers = Object.entries(resolve(spec, message).headers ?? {})
  return fieldList(
    id,
    headers.map(([name, header]) => parameterField({ ...resolve(spec, header), name })),
  )
}

/** Error codes with what to do, in both languages. */
export function errorList(
  errors: readonly SpecError[],
  more: (error: SpecError) => string = () => '',
): string {
  const entries = errors.map((error) =>
    paragraphs(
      `<dt id="${attribute(error.code.toLowerCase().replaceAll('_', '-'))}"><span class="status">${error.status}</span> <code>${html(error.code)}</code> ${
        error['x-inferred'] ? badge('inferred', 'inferred') : ''
      }</dt>\n<dd>`,
      `${prose(error.remedyEn)}.`,
      `<span lang="zh">${html(error.zh)}。${html(error.remedyZh)}。</span>`,
      error['x-inferred'] && `Inferred: ${prose(error['x-inferred-why'] ?? '')}.`,
      more(error),
      '</dd>',
    ),
  )
  return `<dl class="fields errors">\n\n${entries.join('\n')}\n</dl>`
}

/** The English description of a schema. */
export const describeSchema = (spec: Spec, schema: Schema): string =>
  prose(bilingual(resolve(spec, schema).description).en)
