import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import { parse } from 'acorn'
import { expect, test, vi } from 'vitest'
import { preSignResponse, rejection } from '../testing/handler.ts'
import { type MiniProgramPlatform, openSigning, readSigningReturn } from './in-mini-program.ts'
import { toMiniProgramLaunch } from './launch.ts'

const launch = JSON.parse(JSON.stringify(toMiniProgramLaunch(preSignResponse)))
type Options = Parameters<MiniProgramPlatform['navigateToMiniProgram']>[0]

/** A platform that ends each call with `end`. */
function platform(end: (options: Options) => void) {
  const calls: Options[] = []
  return {
    calls,
    navigateToMiniProgram(options: Options) {
      calls.push(options)
      end(options)
    },
  }
}

test('the JSON of the server is passed to wx.navigateToMiniProgram unchanged', async () => {
  const wx = platform(({ success }) => success())
  expect(await openSigning(launch, wx)).toBe('opened')
  expect(wx.calls).toMatchObject([
    {
      appId: 'wxbd687630cd02ce1d',
      path: 'pages/PwdExemptContract/index',
      extraData: { pre_entrustweb_id: preSignResponse.pre_entrustweb_id },
    },
  ])
  expect(wx.calls[0]).not.toHaveProperty('expiresAt')
})

test('the default platform is the global wx', async () => {
  const wx = platform(({ success }) => success())
  vi.stubGlobal('wx', wx)
  try {
    expect(await openSigning({ appId: 'wxa', path: 'p' })).toBe('opened')
    expect(wx.calls).toMatchObject([{ appId: 'wxa', path: 'p', extraData: {} }])
  } finally {
    vi.unstubAllGlobals()
  }
})

test('a user who does not want to leave has declined; any other failure is an error with the platform’s text', async () => {
  const failing = (errMsg: string) => platform(({ fail }) => fail({ errMsg }))
  expect(await openSigning(launch, failing('navigateToMiniProgram:fail cancel'))).toBe('declined')
  const error = await rejection(
    openSigning(launch, failing('navigateToMiniProgram:fail invalid appid')),
  )
  expect(String(error)).toBe('Error: navigateToMiniProgram:fail invalid appid')
})

test('an expired session is not opened', async () => {
  const wx = platform(({ success }) => success())
  for (const expiresAt of [new Date(Date.now() - 1).toISOString(), 'tomorrow'])
    expect(String(await rejection(openSigning({ ...launch, expiresAt }, wx)))).toContain(
      'has expired',
    )
  expect(wx.calls).toEqual([])
})

const appId = 'wxbd687630cd02ce1d'
const back = (extraData?: object) =>
  ({ scene: 1038, referrerInfo: { appId, ...(extraData && { extraData }) } }) as never

test('a return from the signing mini-program is read as a hint', () => {
  expect(readSigningReturn(back({ return_code: 'SUCCESS', return_msg: 'ok' }), appId)).toEqual({
    hint: 'signed',
    message: 'ok',
  })
  expect(readSigningReturn(back({ return_code: 'FAIL', return_msg: '签约失败' }), appId)).toEqual({
    hint: 'failed',
    message: '签约失败',
  })
  for (const extraData of [
    undefined,
    {},
    { return_code: 'OTHER' },
    { return_code: 1, return_msg: {} },
  ])
    expect(readSigningReturn(back(extraData), appId)).toEqual({ hint: 'left', message: '' })
})

test('any other way to show the mini-program returns undefined', () => {
  const success = { return_code: 'SUCCESS' }
  expect(
    readSigningReturn({ scene: 1037, referrerInfo: { appId, extraData: success } }, appId),
  ).toBeUndefined()
  expect(
    readSigningReturn(
      { scene: 1038, referrerInfo: { appId: 'wxother', extraData: success } },
      appId,
    ),
  ).toBeUndefined()
  expect(readSigningReturn({ scene: 1038, referrerInfo: {} }, appId)).toBeUndefined()
  expect(readSigningReturn({ scene: 1038 }, appId)).toBeUndefined()
})

test('the file can be copied: no imports, and no syntax newer than ES2015', () => {
  const source = readFileSync(new URL('in-mini-program.ts', import.meta.url), 'utf8')
  const { body } = parse(stripTypeScriptTypes(source), { ecmaVersion: 2015, sourceType: 'module' })
  expect(body.filter(({ type }) => type.startsWith('Import'))).toEqual([])
  expect(body.filter(({ type }) => type === 'ExportNamedDeclaration')).toHaveLength(2)
})

test('it matches the published types of the platform, and needs no types of browsers or Node', () => {
  const root = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url))
  execFileSync(root('node_modules/.bin/tsc'), ['-p', root('packages/core/mini-program-types')], {
    stdio: 'inherit',
  })
})
