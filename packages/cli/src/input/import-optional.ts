import { usageError } from '../usage-error.ts'

/**
 * Loads an optional package, which only some commands need.
 *
 * @throws {UsageError} `missing-library`, with the command that installs it
 */
export async function importOptional<Module>(
  load: () => Promise<unknown>,
  what: string,
  install: string,
): Promise<Module> {
  try {
    return (await load()) as Module
  } catch (error) {
    if (!isMissing(error)) throw error
    throw usageError(
      'missing-library',
      `${what}: found no ${install.split(' ')[0]}; expected it installed beside wechatpay-entrust.`,
      {
        en: `Install it: npm install ${install}`,
        zh: `请先安装：npm install ${install}`,
      },
    )
  }
}

export const isMissing = (error: unknown): boolean =>
  (error as { code?: unknown } | undefined)?.code === 'ERR_MODULE_NOT_FOUND'
