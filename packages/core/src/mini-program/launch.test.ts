import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { version } from '../call/version.ts'
import { preSignResponse } from '../testing/handler.ts'
import { toMiniProgramLaunch } from './launch.ts'

test('a pre-sign response becomes the arguments of wx.navigateToMiniProgram, which expire after two hours', () => {
  const now = Date.parse('2026-11-23T10:00:00+08:00')
  expect(JSON.parse(JSON.stringify(toMiniProgramLaunch(preSignResponse, { now })))).toEqual({
    appId: 'wxbd687630cd02ce1d',
    path: 'pages/PwdExemptContract/index',
    extraData: { pre_entrustweb_id: '5778aadY9nltAsZzXixCkFIGYnV2V' },
    expiresAt: '2026-11-23T04:00:00.000Z',
  })
})

test('the id can be in the path instead, also after an existing query', () => {
  const session = { ...preSignResponse, pre_entrustweb_id: 'a+b/c=' }
  const launch = toMiniProgramLaunch(session, { carrier: 'path' })
  expect(launch.path).toBe('pages/PwdExemptContract/index?pre_entrustweb_id=a%2Bb%2Fc%3D')
  expect(launch.extraData).toEqual({})
  const there = { ...session, sign_mp_path: 'pages/a?b=1' }
  expect(toMiniProgramLaunch(there, { carrier: 'path' }).path).toBe(
    'pages/a?b=1&pre_entrustweb_id=a%2Bb%2Fc%3D',
  )
  expect(toMiniProgramLaunch(session, { carrier: 'extraData' })).toMatchObject({
    path: session.sign_mp_path,
  })
})

test('the User-Agent has the version of package.json', () => {
  expect(version).toBe(
    JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version,
  )
})
