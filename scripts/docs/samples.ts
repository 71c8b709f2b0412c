import { operationExamples } from '@wechatpay-entrust/core/spec'

type Id = keyof typeof operationExamples

export interface CallSample {
  readonly title: string
  /** The code on the page. */
  readonly code: string
  /**
   * The parts that a test runs: the arguments, and each call, which resolves with a response or
   * prints its data.
   */
  readonly constants: string
  readonly calls: readonly string[]
}

/**
 * Complete samples of one operation in every style: by its id, and by its path as properties,
 * through `chain` and as an index. The last three also show the method name of the PHP chain.
 */
export function callSamples(id: string, method: string, path: string): CallSample[] {
  const { args } = operationExamples[id as Id]
  const names = Object.keys(args)
  const callArgs = names.length === 0 ? '' : `{ ${names.join(', ')} }`
  const constants = Object.entries(args)
    .map(([name, value]) => `const ${name} = ${literal(value)}\n`)
    .join('')
  const verb = method.toLowerCase()
  const route = path.slice(1)
  const sample = (title: string, ...calls: readonly string[]) => ({
    title,
    code: sampleModule(constants, calls),
    constants,
    calls,
  })
  const byPath = (title: string, target: string) =>
    sample(
      title,
      `${target}.${verb}(${callArgs})`,
      `${target}.${verb}Async(${callArgs}).then(({ data }) => console.log(data))`,
    )
  return [
    sample('by id', `client.${id}(${callArgs})`),
    byPath('properties', `client.${route.split('/').map(camel).join('.')}`),
    byPath('chain', `client.chain('${route}')`),
    byPath('index', `client['${route}']`),
  ]
}

const sampleModule = (constants: string, [call = '', asyncCall]: readonly string[]): string => `\
import { createWeChatPay, type WeChatPayOptions } from 'wechatpay-entrust'

declare const options: WeChatPayOptions
const client = createWeChatPay(options)
${constants}
const { data, requestId } = await ${call}${
  asyncCall === undefined
    ? ''
    : `\n\n// the same call, by the method name of the PHP chain\nawait ${asyncCall}`
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
