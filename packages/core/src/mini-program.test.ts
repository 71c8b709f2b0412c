import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toMiniProgramLaunch } from './mini-program.ts'
import { preSignAnswer } from './testing/handler.ts'
import { version } from './version.ts'

test('the pre-sign answer becomes what wx.navigateToMiniProgram takes, good for two hours', () => {
  const now = Date.parse('2026-11-23T10:00:00+08:00')
  expect(JSON.parse(JSON.stringify(toMiniProgramLaunch(preSignAnswer, { now })))).toEqual({
    appId: 'wxbd687630cd02ce1d',
    path: 'pages/PwdExemptContract/index',
    extraData: { pre_entrustweb_id: '5778aadY9nltAsZzXixCkFIGYnV2V' },
    expiresAt: '2026-11-23T04:00:00.000Z',
  })
})

test('the User-Agent says the version of package.json', () => {
  expect(version).toBe(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version)
})
