import { environment } from './environment.ts'

/** What to do about an error, in English and Chinese. */
export interface Remedy {
  readonly en: string
  readonly zh: string
}

/** The languages that remedies are written in. */
export type Language = keyof Remedy

let chosen: Language | undefined

/** The language of what is printed for people: `setLanguage`, else `WECHATPAY_LANGUAGE`, else English. */
export function currentLanguage(): Language {
  return chosen ?? (environment('WECHATPAY_LANGUAGE') === 'zh' ? 'zh' : 'en')
}

/** Chooses the language for the whole process; `undefined` goes back to the environment. */
export function setLanguage(language: Language | undefined): void {
  chosen = language
}

/**
 * The language for a command line: the option `--language`, else `WECHATPAY_LANGUAGE`, else Chinese
 * if the locale of the terminal is Chinese, else English. Read before the arguments are parsed,
 * because they may be what is wrong.
 */
export function chooseLanguage(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const at = args.findIndex((arg) => arg === '--language' || arg.startsWith('--language='))
  const option = args[at]?.includes('=') ? args[at].slice('--language='.length) : args[at + 1]
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  const candidates = [at < 0 ? undefined : option, env.WECHATPAY_LANGUAGE]
  return candidates.find(isLanguage) ?? (/^zh/i.test(locale) ? 'zh' : 'en')
}

const isLanguage = (value: string | undefined): value is Language =>
  value === 'zh' || value === 'en'

/** The part of an error that is printed for people. Errors of other copies of a package fit, too. */
export interface Explained {
  readonly message: string
  readonly remedy?: Remedy | undefined
}

/** What was found and expected: the message without the English remedy at its end. */
export function findingOf({ message, remedy }: Explained): string {
  const isAtEnd = remedy !== undefined && message.endsWith(remedy.en)
  return isAtEnd ? message.slice(0, -remedy.en.length).trimEnd() : message
}

/**
 * The lines of an error in the chosen language. English: the message, which ends with the remedy.
 * Chinese: what was found, in English, and the Chinese remedy on a line of its own.
 */
export function explanationLines(error: Explained): string[] {
  const { message, remedy } = error
  if (remedy !== undefined && currentLanguage() === 'zh')
    return [...findingOf(error).split('\n'), `处理办法：${remedy.zh}`]
  const isSaid = remedy === undefined || message.includes(remedy.en)
  return [...message.split('\n'), ...(isSaid ? [] : [remedy.en])]
}

type Inspect = (value: unknown, options: object) => string

/**
 * An error with a remedy. `message` is English and stable, and ends with the English remedy. Where
 * the language is Chinese, `console.log` and `util.inspect` print the Chinese one in its place, on a
 * line of its own; likewise for its causes.
 */
export abstract class RemedyError extends Error {
  /** What to do, in both languages; `undefined` if there is nothing to say beyond `message`. */
  declare readonly remedy: Remedy | undefined

  constructor(message: string, remedy: Remedy | undefined, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    // Not enumerable: the English text is already part of `message`.
    Object.defineProperty(this, 'remedy', { value: remedy })
  }

  /** Node's hook for `util.inspect`. */
  [Symbol.for('nodejs.util.inspect.custom')](
    depth: number,
    options: object,
    inspect: Inspect,
  ): string {
    const text = inspect(this, { ...options, depth, customInspect: false })
    if (currentLanguage() === 'en') return text
    const explained = withCauses(this).filter(({ remedy }) => remedy !== undefined)
    return [
      explained.reduce((rest, error) => rest.replace(error.message, findingOf(error)), text),
      ...explained.map(({ remedy }) => `处理办法：${remedy?.zh}`),
    ].join('\n')
  }
}

/** The error and its causes, each once: a cause may lead back to its error. */
function withCauses(error: Error & Explained): (Error & Explained)[] {
  const found = [error]
  let { cause } = error
  while (cause instanceof Error && !found.includes(cause)) {
    found.push(cause)
    cause = cause.cause
  }
  return found
}
