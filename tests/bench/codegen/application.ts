/** Source text of applications that call operations of a document. */
import type { Spec, SpecOperation } from '@wechatpay-entrust/core'
import { segmentName } from '@wechatpay-entrust/core/spec'

const numberOfCalls = 20

/** An application that calls twenty operations of a spec, in all styles, with arguments that fit. */
export function application(spec: Spec, argsOf: (id: string) => object, specFrom?: string): string {
  const operations = Object.values(spec.operations)
  const step = Math.max(1, Math.floor(operations.length / numberOfCalls))
  const called = Array.from(
    { length: numberOfCalls },
    (_, at) => operations[(at * step) % operations.length] as SpecOperation,
  )
  const lines = called.flatMap((operation, at) => [
    `  const response${at} = await ${target(operation, at)}(${JSON.stringify(argsOf(operation.id))})`,
    `  found.push(response${at}.data)`,
  ])
  return `${head(specFrom)}
export async function use() {
  const found: unknown[] = []
${lines.join('\n')}
  return found
}
`
}

function target({ id, method, path }: SpecOperation, at: number): string {
  const verb = method.toLowerCase()
  const styles = [
    `wechatpay.chain('${path.slice(1)}').${verb}`,
    `wechatpay['${path.slice(1)}'].${verb}Async`,
    `wechatpay.operations[${JSON.stringify(id)}]`,
  ]
  return styles[at % styles.length] ?? ''
}

const head = (specFrom?: string) =>
  `import { createWeChatPay, type WeChatPayOptions } from 'wechatpay-entrust'
${specFrom ? `import { spec } from '${specFrom}'\n` : ''}
declare const options: Omit<WeChatPayOptions, 'spec'>
const wechatpay = createWeChatPay(${specFrom ? '{ ...options, spec }' : 'options'})
`

/** A moment of typing: the text, and the place of the cursor. */
export interface TypingStep {
  readonly label: string
  readonly text: string
  readonly offset: number
}

/** Types the longest path of a spec as properties, and begins `chain('` and the index. */
export function typing(spec: Spec, specFrom: string): TypingStep[] {
  const [longest = ''] = Object.values(spec.operations)
    .map(({ path }) => path.slice(1))
    .toSorted((a, b) => b.split('/').length - a.split('/').length || (a < b ? -1 : 1))
  const names = longest.split('/').map(segmentName)
  const starts = [
    ...names.map(
      (_, at) =>
        `wechatpay.${names
          .slice(0, at)
          .map((name) => `${name}.`)
          .join('')}`,
    ),
    `wechatpay.${names.map((name) => `${name}.`).join('')}`,
    "wechatpay.chain('",
    "wechatpay['",
    'wechatpay.operations.',
  ]
  const before = head(specFrom)
  return starts.map((label) => {
    const closing = label.endsWith("chain('") ? "')" : label.endsWith("['") ? "']" : ''
    return { label, text: `${before}${label}${closing};\n`, offset: before.length + label.length }
  })
}
