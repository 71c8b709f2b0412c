import { importCertificate } from '@wechatpay-entrust/auth/crypto'
import { verifyRequest } from '@wechatpay-entrust/auth/platform'
import { operationExamples, spec } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { describe, expect, test, vi } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { mockKeys } from '../../mocks/src/platform/keys.ts'
import { readCodeBlocks } from '../checks/docs/docs.ts'
import { playExample, prepare, shownAt, shownMock } from './exchange.ts'
import { fieldsOf } from './fields.ts'
import { notificationFile } from './notification-page.ts'
import { operationFile } from './operation-page.ts'
import { readSpec } from './read-spec.ts'
import { referencePages } from './reference.ts'
import { callSamples } from './samples.ts'

const pages = await referencePages()
const pageOf = (file: string) => pages.get(file) ?? ''
const operations = Object.values(spec.operations)
const certificate = importCertificate(mockKeys.merchant.certificate)
const findKey = (_: string, serial: string) =>
  serial === certificate.serialNumber ? certificate.publicKey : undefined

test('there is a page for each operation and notification, an overview and the errors, and nothing else', () => {
  expect([...pages.keys()].sort()).toEqual(
    [
      'reference/index.md',
      'reference/errors.md',
      ...operations.map(({ id }) => operationFile(id)),
      ...Object.keys(spec.webhooks).map(notificationFile),
    ].sort(),
  )
})

test('the pages have the same bytes in each run', async () => {
  expect([...(await referencePages())]).toEqual([...pages])
})

describe.each(operations)('$id', ({ id, method, path, errors }) => {
  const page = pageOf(operationFile(id))
  const blocks = readCodeBlocks(page)

  test('the page has every field of request and response, with its length', () => {
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

  test('the curl command on the page has a signature that WeChat Pay would accept', async () => {
    const curl = blocks.find(({ language }) => language === 'bash')?.code ?? ''
    const [, url = ''] = /"\$WECHATPAY_URL([^"]+)"/.exec(curl) ?? []
    const [, authorization] = /'Authorization: ([^']+)'/.exec(curl) ?? []
    const [, body = ''] = /--data-raw '([^']*)'/.exec(curl) ?? []
    const request = { method, url, body: new TextEncoder().encode(body), authorization }
    await verifyRequest(request, { findKey, clock: () => shownAt })
    const changed = { ...request, url: `${url}?` }
    await expect(verifyRequest(changed, { findKey, clock: () => shownAt })).rejects.toThrow(
      'does not match',
    )
  })

  test('the response on the page is the mock’s, a success, and verifies', async () => {
    const { response } = await playExample(id)
    expect(response.status).toBe(200)
    const shown = blocks.find(({ language }) => language === 'http')?.code ?? ''
    expect(shown).toContain(`Wechatpay-Signature: ${response.headers['Wechatpay-Signature']}`)
    expect(JSON.parse(shown.slice(shown.indexOf('\n\n')))).toEqual(JSON.parse(response.body))
    const fetch = async () =>
      new Response(response.body, { status: 200, headers: response.headers })
    const client = createWeChatPay({ ...createMock().merchant, fetch, clock: () => shownAt })
    const call = client[id] as (args: object) => Promise<{ data: unknown }>
    expect((await call(operationExamples[id].args)).data).toEqual(JSON.parse(response.body))
  })

  test.each(callSamples(id, method, path))(
    'in the style "$title" the call on the page gets a verified response',
    async (sample) => {
      const { code, constants, calls } = sample
      expect(blocks.map((block) => block.code)).toContain(code)
      for (const call of calls) {
        expect(code).toContain(`${constants}\nconst { data, requestId } = await `)
        expect(code).toContain(`await ${call}`)
        const mock = createMock(shownMock)
        await prepare(mock, id, mock.fetch)
        const client = createWeChatPay({
          ...mock.merchant,
          fetch: mock.fetch,
          clock: () => shownAt,
        })
        const log = vi.fn()
        const response = await new Function('client', 'console', `${constants}\nreturn ${call}`)(
          client,
          { log },
        )
        expect(response?.data ?? log.mock.lastCall?.[0]).toMatchObject(
          JSON.parse((await playExample(id)).response.body),
        )
        expect(mock.requests().at(-1)).toMatchObject({ operation: id, status: 200, verified: true })
      }
    },
  )
})

test('what no official page says is marked: inferred operations, and fields of unknown length', () => {
  expect(pageOf('reference/ecommerce-mini-program-pre-entrust-sign.md')).toContain(
    '::: warning Inferred',
  )
  expect(pageOf('reference/qs-mini-program-pre-entrust-sign.md')).not.toContain(
    '::: warning Inferred',
  )
  expect(pageOf('reference/service-provider-mini-program-pre-entrust-sign.md')).toMatch(
    /<code>sp_appid<\/code>[\s\S]{0,400}Not documented: maximum length/,
  )
  expect(pageOf('reference/errors.md')).toMatch(
    /RESOURCE_NOT_EXISTS<\/code> <span class="badge inferred">/,
  )
})

test('a nested field is shown with its path from the top', () => {
  expect(pageOf('reference/get-certificates.md')).toContain(
    '<code>data[].encrypt_certificate.nonce</code>',
  )
  expect(Object.keys(spec.schemas)).toContain('SealedCertificate')
})

test('the notifications on their pages decrypt, and the pages show the client’s event', () => {
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
