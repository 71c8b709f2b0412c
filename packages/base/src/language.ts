import type { Language } from './remedy.ts'

/**
 * The language of remedies: the option `--language`, else `WECHATPAY_LANGUAGE`, else Chinese if the
 * locale of the terminal is Chinese, else English. Read before the arguments are parsed, because
 * they may be what is wrong.
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
