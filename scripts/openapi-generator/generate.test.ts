import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { renderJsonSchemas, renderRequestSchemas } from './json-schemas.ts'
import { inRoot } from '../process/run-tool.ts'

test('without Java, generate writes one sentence on stderr and exits 1', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot('scripts/generate.ts')], {
    encoding: 'utf8',
    env: { PATH: inRoot('spec'), NODE_OPTIONS: process.env.NODE_OPTIONS ?? '' },
  })
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toMatch(/^No Java found\. npm run generate needs Java 11 or newer .*\n$/)
})

test('schemas as data contain what a check needs and leave out the texts for people', () => {
  const source = renderRequestSchemas() + renderJsonSchemas()
  expect(source).toContain('"QsParties":{"type":"object","required":["appid"')
  expect(source).toContain('"x-loopback-http":true')
  expect(source).toContain('"x-personal":true')
  expect(source).not.toMatch(/"(description|example|x-inferred|x-unknown)":/)
})

test('the request schemas contain no schema of a response, and the other file contains the rest', () => {
  const [requests, rest] = [renderRequestSchemas(), renderJsonSchemas()]
  expect(requests).toContain('"OpenidOrSubOpenid":')
  expect(requests).not.toMatch(/"(Contract|MiniProgramPreEntrustSignResponse|ApiErrorBody)":/)
  expect(rest).toMatch(/"Contract":.*"ApiErrorBody":/)
  expect(rest).not.toContain('"OpenidOrSubOpenid":')
})

test('request schemas name the body, path and query of each operation', () => {
  const source = renderRequestSchemas()
  expect(source).toContain(
    '"qsMiniProgramPreEntrustSign":{"json":"QsMiniProgramPreEntrustSignRequest"}',
  )
  expect(source).toContain(
    '"terminateContractByCode":{"json":"TerminateContractRequest","path":{"service_id":{',
  )
  expect(source).toContain(
    '"getCertificates":{"query":{"algorithm_type":{"type":"string","enum":["RSA","SM2","ALL"]}}}',
  )
})
