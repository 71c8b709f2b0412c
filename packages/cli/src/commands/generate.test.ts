import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli, runJson, testFolder } from '../testing/run-cli.ts'

const document = `openapi: 3.1.0
info: { title: Refunds, version: '1' }
paths:
  /v3/refund/domestic/refunds/{out_refund_no}:
    get:
      operationId: getRefund
      parameters:
        - { name: out_refund_no, in: path, required: true, schema: { type: string } }
      responses:
        '200': { description: ok, content: { application/json: { schema: { type: object } } } }
`

test('generate writes the files of codegen into the folder, and --check compares them', async () => {
  const { folder, write } = testFolder()
  write('refund.yaml', document)
  const args = ['generate', 'refund.yaml', '--out', 'src/refund']
  const first = await runCli(args, { cwd: folder })
  expect(first).toMatchObject({
    code: 0,
    stdout: 'src/refund: wrote index.ts, types.d.ts; 1 operation\n',
  })
  expect(first.stderr).toContain('note: refund.yaml')
  expect(readdirSync(join(folder, 'src/refund'))).toEqual(['index.ts', 'types.d.ts'])
  expect(await runCli([...args, '--check'], { cwd: folder })).toMatchObject({
    code: 0,
    stdout: 'src/refund: up to date; 1 operation\n',
  })
  write('refund.yaml', document.replace('getRefund', 'queryRefund'))
  const stale = await runJson([...args, '--check'], { cwd: folder })
  expect(stale).toMatchObject({
    code: 1,
    document: {
      out: 'src/refund',
      operations: 1,
      changed: ['index.ts', 'types.d.ts'],
      removed: [],
    },
  })
  expect(readFileSync(join(folder, 'src/refund/index.ts'), 'utf8')).toContain('getRefund')
})

test('a problem of a document exits with 1 and names the file; nothing is written', async () => {
  const { folder, write } = testFolder()
  write('refund.yaml', 'openapi: [')
  const { code, stderr } = await runCli(['generate', 'refund.yaml', '--out', 'out'], {
    cwd: folder,
  })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^wechatpay-entrust: .*refund\.yaml:1:\d+/)
  expect(readdirSync(folder)).toEqual(['refund.yaml'])
})

test('--out is required', async () => {
  const { code, stderr } = await runCli(['generate', 'refund.yaml'])
  expect(code).toBe(2)
  expect(stderr).toContain('--out')
})
