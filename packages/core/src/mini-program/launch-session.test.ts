import { expect, test } from 'vitest'
import { type SigningSession, toMiniProgramLaunch } from './launch.ts'

const session = {
  pre_entrustweb_id: '5778aadY9nltAsZzXixCkFIGYnV2V',
  sign_mp_appid: 'wxbd687630cd02ce1d',
  sign_mp_path: 'pages/PwdExemptContract/index',
}

test.each([
  ['another object', { mchid: 'x' }, 'pre_entrustweb_id'],
  ['an empty AppID', { ...session, sign_mp_appid: '' }, 'sign_mp_appid'],
  ['a path of another type', { ...session, sign_mp_path: 5 }, 'sign_mp_path'],
  ['nothing', undefined, 'pre_entrustweb_id'],
])('a session that cannot open the mini-program is rejected: %s', (_, given, field) => {
  const launch = () => toMiniProgramLaunch(given as SigningSession)
  expect(launch).toThrow(
    expect.objectContaining({ name: 'RequestError', code: 'missing-field', field }),
  )
})

test('an option that does not exist is rejected', () => {
  expect(() => toMiniProgramLaunch(session, { carier: 'path' } as never)).toThrow('`carrier`')
})
