import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isRecord } from '@wechatpay-entrust/base'
import { usageError } from '../usage-error.ts'
import { findJsonFault } from './json-fault.ts'
import { type SettingName, settingNames } from './setting-table.ts'

const configFileName = 'wechatpay-entrust.config.json'

export interface ConfigFile {
  readonly path: string
  /** Paths in the file are relative to this folder. */
  readonly folder: string
  readonly values: Partial<Readonly<Record<SettingName, string>>>
}

/** Fields that would hold a secret: config files get committed. */
const secretFields: readonly string[] = [
  'privateKey',
  'apiV3Key',
  'apiV3Keys',
  'key',
  'password',
  'secret',
]

/**
 * Reads the named config file, or the one in the working folder if it exists: a JSON object of
 * strings, with paths instead of secrets.
 *
 * @throws {UsageError} `unreadable-file`, `malformed-config`, `secret-in-config`
 */
export function readConfigFile(named: string | undefined, cwd: string): ConfigFile | undefined {
  const path = resolve(cwd, named ?? configFileName)
  if (named === undefined && !existsSync(path)) return undefined
  const found = parse(path)
  const values: Partial<Record<SettingName, string>> = {}
  for (const [field, value] of Object.entries(found)) {
    if (field === '$schema') continue
    if (secretFields.includes(field)) throw secretInside(path, field)
    if (!settingNames.includes(field as SettingName))
      throw malformed(path, `a field ${field.slice(0, 40)}`)
    const text = Array.isArray(value) ? value.join(',') : value
    if (typeof text !== 'string') throw malformed(path, `${field} of type ${typeof value}`)
    if (text.includes('-----BEGIN PRIVATE') || text.includes('-----BEGIN RSA'))
      throw secretInside(path, field)
    values[field as SettingName] = text
  }
  return { path, folder: dirname(path), values }
}

function parse(path: string): object {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw usageError(
      'unreadable-file',
      `config file: found nothing that can be read at ${path}; expected JSON.`,
      { en: 'Check the path.', zh: '请检查配置文件路径。' },
    )
  }
  // Some editors on Windows write a byte order mark.
  const json = text.replace(/^\ufeff/, '')
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    // The engine's message quotes the file, which may hold a secret.
    const { line, column } = findJsonFault(json)
    throw malformed(path, `text that is not JSON at line ${line}, column ${column}`)
  }
  if (isRecord(value)) return value
  throw malformed(path, 'JSON that is no object')
}

function malformed(path: string, found: string) {
  return usageError(
    'malformed-config',
    `${path}: found ${found}; expected a JSON object with texts for ${settingNames.join(', ')}.`,
    { en: 'Correct the file.', zh: '请修正配置文件。' },
  )
}

function secretInside(path: string, field: string) {
  return usageError(
    'secret-in-config',
    `${path}: found a secret in ${field}; expected paths only, because config files get committed.`,
    {
      en: 'Put it into a file of its own and name that file (privateKeyFile, apiV3KeyFile), or into the environment.',
      zh: '请把密钥放入单独的文件，并在配置中填写其路径（privateKeyFile、apiV3KeyFile），或改用环境变量。',
    },
  )
}
