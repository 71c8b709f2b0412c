import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { operationExamples, spec } from '@wechatpay-entrust/core/spec'
import { expect, test, vi } from 'vitest'
import { preSignFields } from '../input/pre-sign-fields.ts'
import { runCli, runJson, testFolder, testMock } from '../testing/run-cli.ts'

const json = operationExamples.qsMiniProgramPreEntrustSign.args.json
const body = JSON.stringify({ ...json, notify_url: 'http://127.0.0.1:9/notify' })
const code = ['12535', 'wxwtdk20200910100000']
const preSigns = Object.values(spec.operations).filter(({ effect }) => effect === 'pre-sign')

test('pre-sign has one option for each field of the pre-sign operations', () => {
  const fields = preSigns.flatMap(({ id }) =>
    Object.keys((operationExamples[id].args as { json: object }).json),
  )
  const known = [...Object.values(preSignFields), 'notify_url']
  expect(known.toSorted()).toEqual([...new Set([...fields, 'sp_openid'])].toSorted())
})

test.each(preSigns)('pre-sign reaches $id by mode and scene', async ({ id, path }) => {
  const { settings } = await testMock()
  const [, mode = '', scene = ''] =
    /contracts\/([\w-]+)\/pre-entrust-sign\/([\w-]+)$/.exec(path) ?? []
  const args = ['pre-sign', '--mode', mode, '--scene', scene, '-']
  const stdin = JSON.stringify((operationExamples[id].args as { json: object }).json)
  const { code, document } = await runJson(args, { env: settings, stdin })
  expect(document).toMatchObject({ operation: id, requestId: expect.any(String) })
  expect(document.data.out_contract_code).toBe('wxwtdk20200910100000')
  expect(document.launch?.extraData.pre_entrustweb_id).toBe(document.data.pre_entrustweb_id)
  expect(code).toBe(0)
})

test('pre-sign reads a file; options override its fields, and the environment provides a missing notify_url', async () => {
  const { settings, server } = await testMock()
  const { folder, write } = testFolder()
  write('body.json', JSON.stringify({ ...json, notify_url: undefined }))
  const args = ['pre-sign', 'body.json', '--out-contract-code', 'another1', '--service-id', '77']
  const env = { ...settings, WECHATPAY_NOTIFY_URL: 'http://127.0.0.1:9/of-env' }
  const { code, document } = await runJson(args, { cwd: folder, env })
  expect(code).toBe(0)
  expect(document.data).toMatchObject({ out_contract_code: 'another1', service_id: 77 })
  expect(server.mock.sessions()).toHaveLength(1)
})

test('a contract is pre-signed, waited for, queried and terminated; openids are hidden without --personal', async () => {
  const { settings, server } = await testMock()
  const session = await runJson(['pre-sign', '-'], { env: settings, stdin: body })
  const waiting = runJson(['query', ...code, '--wait', '60'], { env: settings })
  await vi.waitFor(() => expect(server.mock.requests().length).toBeGreaterThan(1), {
    timeout: 20_000,
  })
  await server.mock.user.signs(session.document.data)
  expect((await waiting).document.data.contract_state).toBe('SIGNED')

  const plain = await runCli(['query', ...code], { env: settings })
  expect(plain.stdout).toMatch(/contract_state\s+SIGNED/)
  expect(plain.stdout).toMatch(/openid\s+\[hidden\]/)
  const personal = await runJson(['query', ...code, '--personal'], { env: settings })
  expect(personal.document.data.openid).toBe(json.openid)

  const ended = await runJson(['terminate', ...code, '--yes'], { env: settings })
  expect(ended).toMatchObject({ code: 0, document: { operation: 'terminateContractByCode' } })
  const after = await runJson(['query', ...code], { env: settings })
  expect(after.document.data).toMatchObject({ contract_state: 'TERMINATED', openid: '[hidden]' })
})

test('terminate without a terminal asks for --yes, and sends nothing', async () => {
  const { settings, server } = await testMock()
  const { code: exit, stderr, stdout } = await runCli(['terminate', ...code], { env: settings })
  expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
  expect(stderr).toContain('--yes')
  expect(server.mock.requests()).toEqual([])
})

test('a contract that does not exist exits with 1 and the code of the response', async () => {
  const { settings } = await testMock()
  const { code: exit, document } = await runJson(['query', ...code], { env: settings })
  expect(exit).toBe(1)
  expect(document.error).toMatchObject({
    name: 'ApiError',
    code: 'RESOURCE_NOT_EXISTS',
    status: 404,
    outcome: 'failed',
  })
})

test('an invalid field exits with 2, and nothing is sent', async () => {
  const { settings, server } = await testMock()
  const stdin = JSON.stringify({ ...json, out_contract_code: 'with-hyphen' })
  const { code: exit, document } = await runJson(['pre-sign', '-'], { env: settings, stdin })
  expect(exit).toBe(2)
  expect(document.error).toMatchObject({
    name: 'RequestError',
    problems: [{ field: '/out_contract_code' }],
  })
  expect(server.mock.requests()).toEqual([])
})

test('a termination whose response was lost exits with 3 and asks to query', async () => {
  const { settings, server } = await testMock()
  server.mock.faults.add({ operation: 'terminateContractByCode', name: 'connection-reset' })
  const plain = await runCli(['terminate', ...code, '--yes'], { env: settings })
  expect(plain.code).toBe(3)
  expect(plain.stderr).toContain('wechatpay-entrust query')
})

test('a response that does not verify exits with 3 if the call may have been carried out, else with 1', async () => {
  const { settings, server } = await testMock()
  server.mock.faults.add({ operation: '*', name: 'wrong-signature' })
  const changing = await runJson(['pre-sign', '-'], { env: settings, stdin: body })
  expect(changing).toMatchObject({
    code: 3,
    document: { error: { name: 'SignatureError', code: 'mismatch' } },
  })
  const reading = await runJson(['certificates'], { env: settings })
  expect(reading).toMatchObject({ code: 1, document: { error: { name: 'SignatureError' } } })
})

test('query --wait exits with 1 when the user has not signed', async () => {
  const { settings } = await testMock()
  const { code: exit, document } = await runJson(['query', ...code, '--wait', '1'], {
    env: settings,
  })
  expect({ exit, name: document.error.name }).toEqual({ exit: 1, name: 'NotFound' })
})

test('certificates downloads, verifies and writes one PEM each; a wrong APIv3 key exits with 1', async () => {
  const { settings, server, platformCertificateSerialNumber, platformCertificatePath } =
    await testMock()
  const { folder } = testFolder()
  const { code: exit, document } = await runJson(['certificates', '--out', 'certs'], {
    cwd: folder,
    env: settings,
  })
  expect(exit).toBe(0)
  expect(document.certificates).toMatchObject([{ serialNumber: platformCertificateSerialNumber }])
  expect(readdirSync(join(folder, 'certs'))).toEqual([
    `wechatpay_${platformCertificateSerialNumber}.pem`,
  ])
  const [{ file }] = document.certificates
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(platformCertificatePath, 'utf8'))

  const env = { ...settings, WECHATPAY_API_V3_KEY: 'x'.repeat(32) }
  const wrong = await runJson(['certificates'], { env })
  expect(wrong).toMatchObject({ code: 1, document: { error: { code: 'not-openable' } } })
  const withoutPublicKey = { ...env, WECHATPAY_PUBLIC_KEY_ID: '', WECHATPAY_PUBLIC_KEY_FILE: '' }
  const first = await runJson(['certificates'], { env: withoutPublicKey })
  expect(first).toMatchObject({ code: 1, document: { error: { code: 'wrong-api-v3-key' } } })
  expect(server.mock.requests().every(({ verified }) => verified)).toBe(true)
})

test('reconcile reports the signed contracts of a list, continues after a code, and exits with 1 when a query failed', async () => {
  const { settings, server } = await testMock()
  const { data } = (await runJson(['pre-sign', '-'], { env: settings, stdin: body })).document
  await server.mock.user.signs(data)
  const stdin = `# pending\n12535 never1\n${code.join(' ')}\n\n12535,never2\n`
  const args = ['reconcile', '-', '--per-second', '1000']
  const all = await runJson(args, { env: settings, stdin })
  expect(all).toMatchObject({
    code: 0,
    document: { found: 1, notSigned: 2, failed: 0, failures: [] },
  })
  expect(all.document.contracts).toMatchObject([
    { kind: 'signed', contract: { openid: '[hidden]' } },
  ])
  const rest = await runJson([...args, '--after', 'wxwtdk20200910100000'], { env: settings, stdin })
  expect(rest.document).toMatchObject({ found: 0, notSigned: 1 })

  server.mock.faults.add({ operation: 'getContractByCode', name: 'html', times: 3 })
  const failing = await runCli(args, { env: settings, stdin: '12535 never1\n' })
  expect(failing.code).toBe(1)
  expect(failing.stdout).toContain('1 failed')
  expect((await runCli(args, { env: settings, stdin: 'nonsense\n' })).stderr).toContain('line 1')
})
