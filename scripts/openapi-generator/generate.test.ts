import { spawnSync } from 'node:child_process'
import { spec } from '@wechatpay-entrust/core/spec'
import { expect, test } from 'vitest'
import { inRoot } from '../process/run-tool.ts'

test('without Java, generate writes one sentence on stderr and exits 1', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot('scripts/generate.ts')], {
    encoding: 'utf8',
    env: { PATH: inRoot('spec'), NODE_OPTIONS: process.env.NODE_OPTIONS ?? '' },
  })
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toMatch(/^No Java found\. npm run generate needs Java 11 or newer .*\n$/)
})

test('the data has what a check needs and leaves out the texts for people', () => {
  const source = JSON.stringify(spec)
  expect(source).toContain('"QsParties":{"type":"object","required":["appid"')
  expect(source).toContain('"x-loopback-http":true')
  expect(source).toContain('"x-personal":true')
  expect(source).not.toMatch(/"(description|example)":"|"(x-inferred|x-unknown)":/)
})

test('the data has only schemas that an operation or a webhook uses', () => {
  expect(Object.keys(spec.schemas)).toContain('OpenidOrSubOpenid')
  expect(Object.keys(spec.schemas)).not.toContain('ApiErrorBody')
})

test('the data names body, path and query of each operation', () => {
  const { qsMiniProgramPreEntrustSign, terminateContractByCode, getCertificates } = spec.operations
  expect(qsMiniProgramPreEntrustSign.request).toEqual({
    json: { $ref: '#/components/schemas/QsMiniProgramPreEntrustSignRequest' },
  })
  expect(Object.keys(terminateContractByCode.request)).toEqual(['json', 'path'])
  expect(getCertificates.request).toEqual({
    query: { algorithm_type: { type: 'string', enum: ['RSA', 'SM2', 'ALL'] } },
  })
})
