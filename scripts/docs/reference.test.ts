import { importCertificate } from '@wechatpay-entrust/auth/crypto'
import { verifyRequest } from '@wechatpay-entrust/auth/platform'
import {
  jsonSchemas,
  operationExamples,
  operationTable,
  webhookTable,
} from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { describe, expect, test, vi } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { mockKeys } from '../../mocks/src/platform/keys.ts'
import { readCodeBlocks } from '../checks/docs.ts'
import { playExample, prepare, shownAt, shownMock } from './exchange.ts'
import { fieldsOf } from './fields.ts'
import { notificationFile } from './notification-page.ts'
import { operationFile } from './operation-page.ts'
import { readSpec } from './read-spec.ts'
import { referencePages } from './reference.ts'
import { callSamples } from './samples.ts'

const pages = await referencePages()
const pageOf = (file: string) => pages.get(file) ?? ''
const operations = Object.values(operationTable)
const certificate = importCertificate(mockKeys.merchant.certificate)
const findKey = (_: string, serial: string) =>
  serial === certificate.serialNumber ? certificate.publicKey : undefined

test('there is a page for each operation and notification, an overview and the errors, and nothing else', () => {
  expect([...pages.keys()].sort()).toEqual(
    [
      'reference/index.md',
      'reference/errors.md',
      ...operations.map(({ id }) => operationFile(id)),
      ...Object.keys(webhookTable).map(notificationFile),
    ].sort(),
  )
})

test('the same pages come out each time, byte by byte', async () => {
  expect([...(await referencePages())]).toEqual([...pages])
})

describe.each(operations)('$id', ({ id, method, path, errors }) => {
  const page = pageOf(operationFile(id))
  const blocks = readCodeBlocks(page)

  test('the page has every field of request and answer, with its length', () => {
    const { requestBody, responses } =
      Object.values(readSpec().paths[path] ?? {}).find((one) => one.operationId === id) ?? {}
    const schemas = [requestBody, responses?.['200']].flatMap(
      (message) => message?.content?.['application/json'].schema ?? [],
    )
    const fields = schemas.flatMap((schema) => fieldsOf(readSpec(), schema))
    expect(fields.length).toBeGreaterThan(2)
    for (const { name, limits } of fields) {
      expect(page).toContain(`<code>${name}</code>`)
      for (const limit of limits.filter((text) => /^\d/.test(text))) expect(page).toContain(limit)
    }
  })

  test('the page has every error with both remedies', () => {
    for (const { code, remedyZh, remedyEn } of errors) {
      expect(page).toContain(`<code>${code}</code>`)
      expect(page).toContain(remedyZh)
      expect(page).toContain(remedyEn)
    }
  })

  test('the curl on the page carries a signature that WeChat Pay would take', async () => {
    const curl = blocks.find(({ language }) => language === 'bash')?.code ?? ''
    const [, url = ''] = /"\$WECHATPAY_URL([^"]+)"/.exec(curl) ?? []
    const [, authorization] = /'Authorization: ([^']+)'/.exec(curl) ?? []
    const [, body = ''] = /--data-raw '([^']*)'/.exec(curl) ?? []
    const request = { method, url, body: new TextEncoder().encode(body), authorization }
    await verifyRequest(request, { findKey, clock: () => shownAt })
    const changed = { ...request, url: `${url}?` }
    await expect(verifyRequest(changed, { findKey, clock: () => shownAt })).rejects.toThrow(
      'does not fit',
    )
  })

  test('the answer on the page is the mock’s, a success, and verifies', async () => {
    const { answer } = await playExample(id)
    expect(answer.status).toBe(200)
    const shown = blocks.find(({ language }) => language === 'http')?.code ?? ''
    expect(shown).toContain(`Wechatpay-Signature: ${answer.headers['Wechatpay-Signature']}`)
    expect(JSON.parse(shown.slice(shown.indexOf('\n\n')))).toEqual(JSON.parse(answer.body))
    const fetch = async () => new Response(answer.body, { status: 200, headers: answer.headers })
    const client = createWeChatPay({ ...createMock().merchant, fetch, clock: () => shownAt })
    const call = client[id] as (args: object) => Promise<{ data: unknown }>
    expect((await call(operationExamples[id].args)).data).toEqual(JSON.parse(answer.body))
  })

  test.each(callSamples(id, method, path))(
    'in the style "$title" the call on the page gets a verified answer',
    async (sample) => {
      const { code, constants, calls } = sample
      expect(blocks.map((block) => block.code)).toContain(code)
      for (const one of calls) {
        expect(code).toContain(`${constants}\nconst { data, requestId } = await `)
        expect(code).toContain(`await ${one}`)
        const mock = createMock(shownMock)
        await prepare(mock, id, mock.fetch)
        const client = createWeChatPay({
          ...mock.merchant,
          fetch: mock.fetch,
          clock: () => shownAt,
        })
        const log = vi.fn()
        const answer = await new Function('client', 'console', `${constants}\nreturn ${one}`)(
          client,
          { log },
        )
        expect(answer?.data ?? log.mock.lastCall?.[0]).toMatchObject(
          JSON.parse((await playExample(id)).answer.body),
        )
        expect(mock.requests().at(-1)).toMatchObject({ operation: id, status: 200, verified: true })
      }
    },
  )
})

test('what no page says is marked: the inferred operations, and the fields whose length is unknown', () => {
  expect(pageOf('reference/ecommerce-mini-program-pre-entrust-sign.md')).toContain(
    '::: warning Inferred',
  )
  expect(pageOf('reference/qs-mini-program-pre-entrust-sign.md')).not.toContain(
    '::: warning Inferred',
  )
  expect(pageOf('reference/service-provider-mini-program-pre-entrust-sign.md')).toMatch(
    /<code>sp_appid<\/code>[\s\S]{0,400}Not documented: greatest length/,
  )
  expect(pageOf('reference/errors.md')).toMatch(
    /RESOURCE_NOT_EXISTS<\/code> <span class="badge inferred">/,
  )
})

test('nested fields are shown by their way from the top', () => {
  expect(pageOf('reference/get-certificates.md')).toContain(
    '<code>data[].encrypt_certificate.nonce</code>',
  )
  expect(Object.keys(jsonSchemas)).toContain('SealedCertificate')
})

test('the notifications on their pages open, and say what the client makes of them', () => {
  for (const [file, kind] of [
    ['reference/contract-signed.md', 'signed'],
    ['reference/contract-terminated.md', 'terminated'],
  ] as const) {
    const shown =
      readCodeBlocks(pageOf(file)).find(({ language }) => language === 'json')?.code ?? '{}'
    expect(JSON.parse(shown)).toMatchObject({
      kind,
      resource: { out_contract_code: 'wxwtdk20200910100000' },
    })
  }
})
