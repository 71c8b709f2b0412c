import { expect, test } from 'vitest'
import { runCli, runJson, testFolder } from './testing/run-cli.ts'

test('an error prints what to do in the language chosen, and both in JSON', async () => {
  const { folder, write } = testFolder()
  write('wechatpay-entrust.config.json', '{\n  "mchid": "1900000100",\n}')
  const query = ['query', '12535', 'code1']
  const english = await runCli(query, { cwd: folder })
  expect(english).toMatchObject({ code: 2, stdout: '' })
  expect(english.stderr).toContain('text that is not JSON at line 3, column 1')
  expect(english.stderr).toContain('Correct the file.')
  expect(english.stderr).not.toContain('请')
  for (const options of [
    { cwd: folder, env: { LANG: 'zh_CN.UTF-8' } },
    { cwd: folder, env: { WECHATPAY_LANGUAGE: 'zh' } },
  ]) {
    const { stderr } = await runCli(query, options)
    expect(stderr).toContain('line 3, column 1')
    expect(stderr).toContain('处理办法：请修正配置文件。')
    expect(stderr).not.toContain('Correct the file.')
  }
  const chosen = await runCli([...query, '--language', 'zh'], { cwd: folder })
  expect(chosen.stderr).toContain('处理办法：')
  const { document } = await runJson(query, { cwd: folder })
  expect(document.error.remedy).toEqual({ en: 'Correct the file.', zh: '请修正配置文件。' })
})

test('a file that cannot be read is named with its path, but never a key in its place', async () => {
  const { folder } = testFolder()
  const env = { WECHATPAY_MCHID: '1900000100', WECHATPAY_SERIAL_NUMBER: '3D7A1F0C' }
  const args = ['query', '12535', 'code1', '--private-key-file']
  const missing = await runCli([...args, 'keys/none.pem'], { cwd: folder, env })
  expect(missing.code).toBe(2)
  expect(missing.stderr).toContain('no such file: keys/none.pem')
  expect(missing.stderr).toContain(folder)
  const key = 'Abcdefghijklmnopqrstuvwxyz012345'
  const { stderr } = await runCli([...args, key], { cwd: folder, env })
  expect(stderr).not.toContain(key)
})
