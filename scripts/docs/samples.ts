import { operationExamples } from '@wechatpay-entrust/core/spec'

type Id = keyof typeof operationExamples

export interface CallSample {
  readonly title: string
  /** What stands on the page. */
  readonly code: string
  /**
   * The parts of it that run: what is handed over, and each call, which gives an answer or prints
   * its data.
   */
  readonly constants: string
  readonly calls: readonly string[]
}

/**
 * One operation in every style, each sample whole: by its id, and by its path as properties,
 * through `chain` and as an index, the last three also under the name that the PHP chain has.
 */
export function callSamples(id: string, method: string, path: string): CallSample[] {
  const { args } = operationExamples[id as Id]
  const names = Object.keys(args)
  const given = names.length === 0 ? '' : `{ ${names.join(', ')} }`
  const constants = Object.entries(args)
    .map(([name, value]) => `const ${name} = ${literal(value)}\n`)
    .join('')
  const verb = method.toLowerCase()
  const route = path.slice(1)
  const sample = (title: string, ...calls: readonly string[]) => ({
    title,
    code: whole(constants, calls),
    constants,
    calls,
  })
  const byPath = (title: string, target: string) =>
    sample(
      title,
      `${target}.${verb}(${given})`,
      `${target}.${verb}Async(${given}).then(({ data }) => console.log(data))`,
    )
  return [
    sample('by id', `client.${id}(${given})`),
    byPath('properties', `client.${route.split('/').map(camel).join('.')}`),
    byPath('chain', `client.chain('${route}')`),
    byPath('index', `client['${route}']`),
  ]
}

const whole = (constants: string, [call = '', again]: readonly string[]): string => `\
import { createWeChatPay, type WeChatPayOptions } from 'wechatpay-entrust'

declare const options: WeChatPayOptions
const client = createWeChatPay(options)
${constants}
const { data, requestId } = await ${call}${
  again === undefined
    ? ''
    : `\n\n// the same promise, under the name that the PHP chain has for it\nawait ${again}`
}`

/** `pre-entrust-sign` → `preEntrustSign`, `{service_id}` → `_service_id_`. */
const camel = (segment: string): string =>
  segment.startsWith('{')
    ? `_${segment.slice(1, -1)}_`
    : segment.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** A JSON value as TypeScript. */
function literal(value: unknown, indent = ''): string {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const inner = `${indent}  `
  const lines = Object.entries(value).map(
    ([key, item]) => `${inner}${key}: ${literal(item, inner)},\n`,
  )
  return `{\n${lines.join('')}${indent}}`
}
