import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { usageError } from '../usage-error.ts'
import type { SettingName } from './setting-table.ts'
import { shownPath } from './shown-path.ts'

/**
 * The mock's ready file as settings. Its keys are published test keys, so the APIv3 key may be text
 * here.
 */
export interface MockSettings {
  readonly values: Partial<Readonly<Record<SettingName, string>>>
  readonly apiV3Key: string
}

/** @throws {UsageError} `unreadable-file` */
export function readMockReadyFile(file: string, cwd: string): MockSettings {
  try {
    const ready = JSON.parse(readFileSync(resolve(cwd, file), 'utf8')) as Readonly<
      Record<string, string>
    >
    const { mchid, baseUrl, publicKeyId, apiV3Key = '' } = ready
    return {
      apiV3Key,
      values: {
        ...(mchid !== undefined && { mchid }),
        ...(baseUrl !== undefined && { baseUrl }),
        ...(publicKeyId !== undefined && { publicKeyId }),
        ...(ready.merchantSerialNumber !== undefined && {
          serialNumber: ready.merchantSerialNumber,
        }),
        ...(ready.merchantPrivateKeyPath !== undefined && {
          privateKeyFile: ready.merchantPrivateKeyPath,
        }),
        ...(ready.publicKeyPath !== undefined && { publicKeyFile: ready.publicKeyPath }),
        ...(ready.platformCertificatePath !== undefined && {
          platformCertificates: ready.platformCertificatePath,
        }),
        backupBaseUrl: 'none',
      },
    }
  } catch {
    throw usageError(
      'unreadable-file',
      `--mock-ready: found no file that can be read: ${shownPath(file)}; expected the one that \`serve-mock --ready-file FILE\` writes, while it runs.`,
      { en: 'Start the mock first.', zh: '请先启动模拟服务。' },
    )
  }
}
