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

type Inspect = (value: unknown, options: object) => string

/**
 * An error with a remedy. `message` is English and stable, and ends with the English remedy. Where
 * the language is Chinese, `console.log` and `util.inspect` also print the Chinese one.
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
    if (this.remedy === undefined || currentLanguage() === 'en') return text
    return `${text}\n处理办法：${this.remedy.zh}`
  }
}
