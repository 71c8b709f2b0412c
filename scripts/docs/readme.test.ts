import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { afterAll, expect, test, vi } from 'vitest'
import { type ContractNotification, createWeChatPay, type WeChatPay } from 'wechatpay-entrust'
import { readCodeBlocks } from '../checks/docs/docs.ts'
import { runScript } from '../process/run-command.ts'
import { root } from '../workspace.ts'

/** The TypeScript code blocks of a README. */
const samples = (file: string) =>
  readCodeBlocks(readFileSync(join(root, file), 'utf8'))
    .filter(({ language }) => language === 'ts')
    .map(({ code }) => code)

// Inside the workspace, so that the samples import its packages by name as a user's file would.
mkdirSync(join(root, '.cache'), { recursive: true })
const folder = mkdtempSync(join(root, '.cache', 'readme-'))
afterAll(() => rmSync(folder, { recursive: true }))

const [preSign = '', notification = '', firstTest = '', ...others] = samples('README.md')
function write(name: string, code: string): string {
  const path = join(folder, name)
  writeFileSync(path, code)
  return path
}

test('the README has three samples, and the Chinese README has the same ones', () => {
  expect(others).toEqual([])
  expect(samples('README.zh-CN.md')).toEqual([preSign, notification, firstTest])
})

test('the README’s first pre-sign runs unchanged and prints what the mini-program needs', async () => {
  const server = await startMockServer()
  const { merchant } = server.mock
  write('apiclient_key.pem', merchant.privateKey)
  write('pub_key.pem', merchant.publicKey.pem)
  const env = {
    ...process.env,
    MCHID: merchant.mchid,
    MCH_SERIAL: merchant.serialNumber,
    API_V3_KEY: merchant.apiV3Key,
    PUB_KEY_ID: merchant.publicKey.id,
    WECHATPAY_URL: server.baseUrl,
  }
  try {
    const { code, stdout, output } = await runScript([write('pre-sign.ts', preSign)], {
      cwd: folder,
      env,
    })
    expect(code, output).toBe(0)
    expect(server.mock.requests()).toMatchObject([{ method: 'POST', status: 200, verified: true }])
    expect(stdout).toContain("path: 'pages/PwdExemptContract/index'")
    const [, id = ''] = /pre_entrustweb_id: '(\w+)'/.exec(stdout) ?? []
    expect(await server.mock.user.abandons(id)).toMatchObject({ state: 'abandoned' })
  } finally {
    await server.close()
  }
})

test('the README’s notification server stores a genuine notification and rejects a forged one', async () => {
  const { createNotifyServer } = (await import(write('notification.ts', notification))) as {
    createNotifyServer(
      wechatpay: WeChatPay,
      save: (event: ContractNotification) => Promise<void>,
    ): import('node:http').Server
  }
  const server = await startMockServer()
  const wechatpay = createWeChatPay({ ...server.mock.merchant, baseUrl: server.baseUrl })
  const saved: ContractNotification[] = []
  const receiver = createNotifyServer(wechatpay, async (event) => void saved.push(event))
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const notify_url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/notify`
  const example = join(root, 'spec/examples/qs-mini-program-pre-entrust-sign.request.json')
  const json = { ...JSON.parse(readFileSync(example, 'utf8')), notify_url }
  try {
    const { data } = await wechatpay.qsMiniProgramPreEntrustSign({ json })
    await server.mock.user.signs(data)
    expect(server.mock.deliveries()).toMatchObject([{ status: 204 }])
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    const forged = await fetch(notify_url, {
      method: 'POST',
      body: '{"event_type":"ENTRUST.SIGN"}',
    })
    expect([forged.status, await forged.text()]).toEqual([401, '{"code":"FAIL","message":"失败"}'])
    expect(logged).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'missing-header' }),
    )
    logged.mockRestore()
    expect(saved).toMatchObject([
      { kind: 'signed', resource: { out_contract_code: json.out_contract_code } },
    ])
  } finally {
    receiver.close()
    await server.close()
  }
})

// The third sample is a vitest file: importing it while vitest collects this file adds its test
// here.
await import(write('first-test.ts', firstTest))
