import { expect, test } from 'vitest'
import { mockKeys } from '../../../mocks/src/platform/keys.ts'
import { explain } from './doctor/check.ts'
import type { CliOptions } from './testing/run-cli.ts'
import { runCli, runJson, testFolder, testMock } from './testing/run-cli.ts'
import { closedPort, responding } from './testing/servers.ts'

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

/** Arguments, what is found in English, and the remedy in both languages. */
const wrongUses: readonly [string[], string, string, string, CliOptions?][] = [
  [
    ['pre-sing'],
    'There is no command pre-sing.',
    'Did you mean pre-sign? --help lists what there is.',
    '是否要用 pre-sign？可用 --help 查看所有命令和参数。',
  ],
  [
    ['doctor', '--ehco'],
    'There is no option --ehco.',
    'Did you mean --echo? --help lists what there is.',
    '是否要用 --echo？可用 --help 查看所有命令和参数。',
  ],
  [
    ['query', '0', 'code1'],
    'SERVICE_ID: found another value; expected a whole number of at least 1.',
    '--help lists what there is.',
    '可用 --help 查看所有命令和参数。',
  ],
  [
    ['pre-sign', '--service-id', 'x'],
    '--service-id: found another value; expected a whole number of at least 1.',
    '--help lists what there is.',
    '可用 --help 查看所有命令和参数。',
  ],
  [
    ['doctor', '--password', 'x'],
    "--password: found a secret on the command line, where other processes and the shell's history see it; expected none.",
    'Put it into a file and name that file (--private-key-file, --api-v3-key-file), or into an environment variable (WECHATPAY_PRIVATE_KEY, WECHATPAY_API_V3_KEY, WECHATPAY_INBOX). If it was a real one, remove it from the history.',
    '请把密钥放入文件并传入其路径（--private-key-file、--api-v3-key-file），或使用环境变量（WECHATPAY_PRIVATE_KEY、WECHATPAY_API_V3_KEY、WECHATPAY_INBOX）。如果是真实密钥，请从命令历史中删除。',
  ],
  [
    ['query', '1', 'code1'],
    'privateKeyFile: found nothing; expected it as --private-key-file, as WECHATPAY_PRIVATE_KEY_FILE or WECHATPAY_PRIVATE_KEY in the environment, or as privateKeyFile in the config file.',
    'Give it in one of these ways.',
    '请通过命令行参数、环境变量或配置文件提供 privateKeyFile。',
  ],
  [
    ['reconcile', '-'],
    'FILE, line 1: found another form; expected SERVICE_ID and OUT_CONTRACT_CODE.',
    'Correct the line.',
    '请修正该行：先写 service_id，再写 out_contract_code。',
    { stdin: '0 code1\n' },
  ],
  [
    ['reconcile', '-', '--after', 'code2'],
    '--after: found no such code in FILE; expected the last one that was queried.',
    'Take the code from the last run, or leave --after out.',
    '请填写上次运行最后查询的 out_contract_code，或不使用 --after。',
    { stdin: '1 code1\n' },
  ],
  [
    ['pre-sign'],
    'pre-sign: found no fields; expected those of the body.',
    'Pass a FILE with the JSON body, - for stdin, or options such as --appid.',
    '请传入 JSON 请求体文件，或用 - 从标准输入读取，或使用 --appid 等参数。',
  ],
  [
    ['pre-sign', '-'],
    'stdin: found other JSON; expected an object.',
    'Put the fields into one object: { … }.',
    '请把各字段放入一个 JSON 对象：{ … }。',
    { stdin: '[]' },
  ],
  [
    ['notification', 'open', '-'],
    'FILE: found another form; expected an HTTP message, or a body in JSON.',
    'Pass the notification as it was received.',
    '请原样传入收到的通知。',
    { stdin: 'x' },
  ],
  [
    ['notification', 'open', '-'],
    'FILE: found a body without headers, so nothing can be verified; expected the Wechatpay-* headers.',
    'Put them before the body or into a file of their own (--headers), or pass --stored for a body that was verified when it was received.',
    '请把 Wechatpay-* 头放在请求体之前，或用 --headers 指定其文件；如果接收时已验签，请使用 --stored。',
    { stdin: '{}' },
  ],
  [
    ['inbox', 'retry'],
    'inbox retry: found neither an ID nor --all; expected one of them.',
    'Name one notification, or pass --all for every parked one.',
    '请指定一条通知的 ID，或用 --all 重试全部已搁置的通知。',
  ],
  [
    ['inbox', 'ls', '--store', 'redis://127.0.0.1:1', '--schema', 'x'],
    '--schema: found a name for another kind of store; expected it only with PostgreSQL.',
    'Leave it out.',
    '请删除该参数。',
  ],
  [
    ['serve-mock', '--ready-file', 'no/such/ready.json'],
    '--ready-file: found no folder for no/such/ready.json; expected a path whose folder exists.',
    'Create the folder.',
    '请先创建该目录。',
  ],
]

test.each(wrongUses)('%j %s', async (args, finding, en, zh, options = {}) => {
  const { folder } = testFolder()
  const english = await runCli(args, { cwd: folder, ...options })
  expect(english).toEqual({ code: 2, stdout: '', stderr: `wechatpay-entrust: ${finding} ${en}\n` })
  const chinese = await runCli([...args, '--language', 'zh'], { cwd: folder, ...options })
  const lines = `wechatpay-entrust: ${finding}\n处理办法：${zh}\n`
  expect(chinese).toEqual({ code: 2, stdout: '', stderr: lines })
})

test('doctor prints each remedy in the language chosen, one language a line, and both in JSON', async () => {
  const { settings } = await testMock()
  const env = {
    ...settings,
    WECHATPAY_PRIVATE_KEY_FILE: testFolder().write('key.pem', mockKeys.merchant.privateKey),
    WECHATPAY_API_V3_KEY: 'tooShort',
    WECHATPAY_SERIAL_NUMBER: '3D7A1F0C5B2E4896A1D0C3F7E59B8264A7C1E0D2',
    WECHATPAY_NOTIFY_URL: await responding(204),
    WECHATPAY_BACKUP_BASE_URL: await closedPort(),
  }
  const chinese = await runCli(['doctor', '--language', 'zh'], { env })
  const english = await runCli(['doctor'], { env })
  const remedies = (text: string) => text.match(/(?<=→ ).*/g) ?? []
  expect(chinese.code).toBe(1)
  expect(remedies(chinese.stdout)).toEqual([
    '如需在本机核对，请用 --certificate-file 传入 apiclient_cert.pem。',
    'APIv3 密钥由您在商户平台（账户中心 → API安全 → APIv3密钥）自行设置。',
    '请检查防火墙和代理：必须允许访问外网 HTTPS。',
    '签名所用的私钥与证书序列号很可能不匹配，请核对商户API私钥、证书序列号和商户号。',
    '任何人都可以伪造通知：处理之前必须先验签（参见文档“通知”）。',
  ])
  expect(remedies(english.stdout).join('')).not.toMatch(/请/)
  expect(english.stdout.match(/^\w.*/gm)?.length).toBe(chinese.stdout.match(/^\w.*/gm)?.length)
  const { document } = await runJson(['doctor', '--language', 'zh'], { env })
  const { checks } = document as { checks: { state: string; remedy?: unknown }[] }
  const both = { en: expect.any(String), zh: expect.stringMatching(/\p{Script=Han}/u) }
  const troubles = checks.filter(({ state }) => state !== 'ok')
  expect(troubles.map(({ remedy }) => remedy)).toEqual(troubles.map(() => both))
})

test('doctor reads the remedy of an error, and has one for an error without', () => {
  const remedy = { en: 'Do this.', zh: '请这样做。' }
  const ours = Object.assign(new Error('x: found 1; expected a.b. Not c. Do this.'), { remedy })
  expect(explain(ours)).toEqual({ found: 'x: found 1; expected a.b. Not c.', remedy })
  const cause = Object.assign(new Error('y'), { code: 'ECONNREFUSED' })
  expect(explain(new Error('fetch failed', { cause }))).toEqual({
    found: 'fetch failed (ECONNREFUSED)',
    remedy: {
      en: 'Remove this cause, then run doctor again.',
      zh: '请先排除上述原因，再重新运行 doctor。',
    },
  })
})

test('a query of reconcile that failed is printed with its remedy in the language chosen', async () => {
  const { settings, server } = await testMock()
  const run = async (args: string[] = []) => {
    server.mock.faults.add({ operation: 'getContractByCode', name: 'html', times: 3 })
    const options = { env: settings, stdin: '12535 never1\n' }
    return runCli(['reconcile', '-', ...args], options)
  }
  const english = await run()
  const chinese = await run(['--language', 'zh'])
  expect(english.stdout).not.toContain('请')
  const [finding, remedy, counts] = chinese.stdout.split('\n')
  expect(finding).toMatch(/^failed {6}never1 {2}[^\p{Script=Han}]+$/u)
  expect(remedy).toMatch(/^ {12}处理办法：\p{Script=Han}/u)
  expect(counts).toBe('0 with an outcome, 0 without, 1 failed')
  server.mock.faults.add({ operation: 'getContractByCode', name: 'html', times: 3 })
  const { document } = await runJson(['reconcile', '-'], { env: settings, stdin: '12535 a1\n' })
  expect(document.failures).toMatchObject([
    { out_contract_code: 'a1', remedy: { en: expect.any(String), zh: expect.any(String) } },
  ])
})

test('an unknown outcome says what to do in the language chosen', async () => {
  const { settings, server } = await testMock()
  server.mock.faults.add({ operation: 'terminateContractByCode', name: 'connection-reset' })
  const args = ['terminate', '12535', 'wxwtdk20200910100000', '--yes', '--language', 'zh']
  const { code, stderr } = await runCli(args, { env: settings })
  expect(code).toBe(3)
  expect(stderr).toMatch(
    /^该请求可能已被处理：请先用 `wechatpay-entrust query` 查询结果，再继续操作。$/m,
  )
  expect(stderr).not.toContain('It may have been carried out')
})
