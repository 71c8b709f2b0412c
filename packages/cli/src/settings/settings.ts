import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { usageError } from '../usage-error.ts'
import { type ConfigFile, readConfigFile } from './config-file.ts'
import { type MockSettings, readMockReadyFile } from './mock-ready.ts'
import { type SettingName, type SettingSpec, settingTable } from './setting-table.ts'
import { shownPath } from './shown-path.ts'

/** The options that name sources of settings, and those that are settings. */
export type SettingOptions = Partial<Readonly<Record<SettingName, string>>> & {
  readonly config?: string | undefined
  readonly mockReady?: string | undefined
}

/** A value, and its source for messages. */
export interface Found {
  readonly value: string
  readonly source: string
  /** Paths are relative to this folder. */
  readonly folder: string
}

/** Precedence: option, ready file of a mock, environment variable, config file. */
export interface Settings {
  find(name: SettingName): Found | undefined
  /** @throws {UsageError} `missing-setting` */
  need(name: SettingName): Found
  /** The text of a file setting, or of the environment variable that holds the text itself. */
  findText(name: SettingName): Found | undefined
  /** @throws {UsageError} `missing-setting`, `unreadable-file` */
  needText(name: SettingName): Found
  /** @throws {UsageError} `unreadable-file` */
  readFile(path: string, found: Found): string
}

export interface SettingSources {
  readonly options: SettingOptions
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

export function readSettings({ options, env, cwd }: SettingSources): Settings {
  const mock =
    options.mockReady === undefined ? undefined : readMockReadyFile(options.mockReady, cwd)
  const named = options.config ?? nonEmpty(env.WECHATPAY_CONFIG)
  // The keys of a real account must not mix with those of the mock.
  const config = mock && named === undefined ? undefined : readConfigFile(named, cwd)
  const sources = { options, mock, env: mock ? {} : env, config, cwd }

  const settings: Settings = {
    find: (name) => findValue(name, sources),
    need: (name) => settings.find(name) ?? missing(name),
    findText(name) {
      const text = findEnvText(name, sources)
      const file = settings.find(name)
      if (name === 'apiV3KeyFile' && mock && options.apiV3KeyFile === undefined)
        return mockKey(mock, cwd)
      if (text && file && file.source === settingTable[name].env) throw givenTwice(name)
      if (text && options[name] === undefined) return text
      return file && { ...file, value: settings.readFile(file.value, file) }
    },
    needText: (name) => settings.findText(name) ?? missing(name),
    readFile(path, { source, folder }) {
      try {
        return readFileSync(resolve(folder, path), 'utf8')
      } catch (error) {
        const reason = reasonOf(error)
        throw usageError(
          'unreadable-file',
          `${source}: found ${reason}: ${shownPath(path)}; expected the path of one that can be read.`,
          {
            en: `A relative path starts at ${folder}.`,
            zh: `请检查文件路径与权限；相对路径以 ${folder} 为起点。`,
          },
        )
      }
    },
  }
  return settings
}

const reasonOf = (error: unknown) =>
  (error as { code?: unknown }).code === 'ENOENT' ? 'no such file' : 'a file that cannot be read'

interface Sources extends SettingSources {
  readonly mock: MockSettings | undefined
  readonly config: ConfigFile | undefined
}

function findValue(
  name: SettingName,
  { options, mock, env, config, cwd }: Sources,
): Found | undefined {
  const spec = settingTable[name]
  const candidates = [
    { value: options[name], source: `--${spec.option}`, folder: cwd },
    { value: mock?.values[name], source: '--mock-ready', folder: cwd },
    { value: nonEmpty(env[spec.env]), source: spec.env, folder: cwd },
    {
      value: config?.values[name],
      source: `${name} in ${config?.path}`,
      folder: config?.folder ?? cwd,
    },
  ]
  return candidates.find((one): one is Found => one.value !== undefined)
}

function findEnvText(name: SettingName, { env, cwd }: Sources): Found | undefined {
  const { text }: SettingSpec = settingTable[name]
  const value = text === undefined ? undefined : nonEmpty(env[text])
  return value === undefined ? undefined : { value, source: text as string, folder: cwd }
}

const mockKey = ({ apiV3Key }: MockSettings, cwd: string): Found => ({
  value: apiV3Key,
  source: '--mock-ready',
  folder: cwd,
})

/**
 * An empty environment variable counts as not set: CI systems set a missing secret to the empty
 * string.
 */
const nonEmpty = (value: string | undefined) => (value === '' ? undefined : value)

function missing(name: SettingName): never {
  const { option, env, text }: SettingSpec = settingTable[name]
  const inEnv = text === undefined ? env : `${env} or ${text}`
  throw usageError(
    'missing-setting',
    `${name}: found nothing; expected it as --${option}, as ${inEnv} in the environment, or as ${name} in the config file.`,
    {
      en: 'Give it in one of these ways.',
      zh: `请通过命令行参数、环境变量或配置文件提供 ${name}。`,
    },
  )
}

function givenTwice(name: SettingName) {
  const { env, text }: SettingSpec = settingTable[name]
  return usageError(
    'invalid-arguments',
    `${env} and ${text}: found both in the environment; expected one of them.`,
    { en: 'Remove the other.', zh: '请只保留其中一个环境变量。' },
  )
}
