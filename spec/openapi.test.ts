import { operationExamples } from '@wechatpay-entrust/core/spec'
import { expect, test } from 'vitest'
import { bodies, operations, readExample, resolved, spec, violations, webhooks } from './reading.ts'

const preSign = '#/components/schemas/QsMiniProgramPreEntrustSignRequest'
const official = readExample('examples/qs-mini-program-pre-entrust-sign.request.json') as Record<
  string,
  unknown
>

/** The official example with some fields changed; `undefined` removes a field, as in JSON. */
const bodyWith = (changes: Record<string, unknown>) =>
  JSON.parse(JSON.stringify({ ...official, ...changes }))

test.each([
  [
    'neither openid nor sub_openid',
    { openid: undefined, sub_openid: undefined },
    ' must match a schema in anyOf',
  ],
  [
    'an emoji',
    { contract_display_account: '用户😀' },
    '/contract_display_account must match pattern',
  ],
  [
    'a lone surrogate',
    { contract_display_account: '用户\ud83d' },
    '/contract_display_account must match pattern',
  ],
  ['an emoji in openid', { openid: 'o😀' }, '/openid must match pattern'],
  ['a code with a hyphen', { out_contract_code: 'a-b' }, '/out_contract_code must match pattern'],
  [
    'a code of 33 characters',
    { out_contract_code: 'a'.repeat(33) },
    '/out_contract_code must NOT have more than 32',
  ],
  [
    'an http notify_url',
    { notify_url: 'http://yourapp.com/notify' },
    '/notify_url must match pattern',
  ],
  [
    'a notify_url with a query',
    { notify_url: 'https://yourapp.com/notify?a=1' },
    '/notify_url must match pattern',
  ],
  [
    'a notify_url with a fragment',
    { notify_url: 'https://yourapp.com/notify#a' },
    '/notify_url must match pattern',
  ],
  [
    'a notify_url with an emoji',
    { notify_url: 'https://yourapp.com/😀' },
    '/notify_url must match pattern',
  ],
  ['a quoted service_id', { service_id: '12535' }, '/service_id must be integer'],
  ['an unsafe service_id', { service_id: 2 ** 53 }, '/service_id must be <= 9007199254740991'],
  ['an empty appid', { appid: '' }, '/appid must NOT have fewer than 1'],
  ['null for an absent field', { sub_openid: null }, '/sub_openid must be string'],
  ['no sub_mchid', { sub_mchid: undefined }, " must have required property 'sub_mchid'"],
])('a pre-sign body with %s is invalid', (_name, changes, found) => {
  expect(violations(preSign, bodyWith(changes)).join('\n')).toContain(found)
})

test.each([
  ['openid only', { sub_openid: undefined }],
  ['sub_openid only', { openid: undefined }],
  ['both', {}],
  ['32 Chinese characters as the name', { contract_display_account: '用'.repeat(32) }],
  ['a field that the spec does not know', { brand_new: 1 }],
])('a pre-sign body with %s is valid', (_name, changes) => {
  expect(violations(preSign, bodyWith(changes))).toEqual([])
})

test.each(bodies.filter(({ place }) => place !== 'request'))(
  '$operationId $place may have new fields',
  ({ schema, files }) => {
    for (const file of files) {
      const grown = { ...(readExample(file) as object), brand_new: { field: 1 } }
      expect(violations(String(schema.$ref), grown)).toEqual([])
    }
  },
)

test.each(operations)(
  '$operationId: each documented 4xx and 5xx has codes with remedies in both languages',
  (operation) => {
    const errors = operation['x-errors'] ?? []
    const documented = Object.keys(operation.responses).filter((status) => /^[45]/.test(status))
    expect([...new Set(errors.map((error) => String(error.status)))].sort()).toEqual(
      documented.sort(),
    )
    for (const { code, zh, remedyZh, remedyEn } of errors) {
      expect(code).toMatch(/^[A-Z_]+$/)
      expect(zh, code).toMatch(/\p{Script=Han}/u)
      expect(remedyZh, code).toMatch(/\p{Script=Han}/u)
      expect(remedyEn, code).toMatch(/^[A-Z][\x20-\x7e]+$/)
    }
  },
)

test.each(operations)(
  '$operationId has its page, its retry class and a signed response',
  (operation) => {
    const page =
      /^https:\/\/pay\.weixin\.qq\.com\/(doc\/v3\/(merchant|partner)\/\d+|docs\/[\w/-]+\.html)$/
    expect(operation.externalDocs?.url).toMatch(page)
    expect(operation['x-retry']).toMatch(/^(un)?safe$/)
    expect(operation['x-retry-says']).toBeTruthy()
    expect(operation['x-retry-says-zh']).toMatch(/\p{Script=Han}.*。$/u)
    expect(operation['x-signed-response']).toBe('required')
  },
)

test('terminate is the only contract operation that is not repeated after it was sent', () => {
  const contracts = Object.entries(spec.paths).filter(([path]) => path.includes('/contracts/'))
  const unsafe = contracts
    .flatMap(([, item]) => Object.values(item))
    .filter((one) => one['x-retry'] === 'unsafe')
  expect(unsafe.map(({ operationId }) => operationId)).toEqual(['terminateContractByCode'])
})

test('a pre-sign has the fields of its mode, and pay-redirect-sign also the order', () => {
  const fields = Object.fromEntries(
    operations
      .filter((operation) => operation['x-effect'] === 'pre-sign')
      .map(({ operationId, requestBody }) => [
        operationId.replace('PreEntrustSign', ''),
        fieldsOf(requestBody?.content['application/json'].schema ?? {}),
      ]),
  )
  const common = 'service_id out_contract_code notify_url contract_display_account'
  const qs = `appid sub_appid sub_mchid openid? sub_openid? ${common}`
  const merchant = `appid openid ${common}`
  const provider = `sp_appid sp_openid? sub_mchid sub_appid sub_openid? ${common}`
  expect(fields).toEqual({
    qsMiniProgram: qs,
    qsPayRedirectSign: `${qs} prepay_id`,
    normalMiniProgram: merchant,
    normalPayRedirectSign: `${merchant} prepay_id`,
    ecommerceMiniProgram: merchant,
    ecommercePayRedirectSign: `${merchant} prepay_id`,
    serviceProviderMiniProgram: provider,
    serviceProviderPayRedirectSign: `${provider} prepay_id`,
  })
})

/** The names of a body's fields in order; optional ones with `?`. */
function fieldsOf(schema: Record<string, unknown>): string {
  const { $ref, allOf, required = [], properties = {} } = schema as SchemaParts
  if ($ref !== undefined)
    return fieldsOf(spec.components.schemas[$ref.replace('#/components/schemas/', '')] ?? {})
  const own = Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`))
  return [...own, ...(allOf ?? []).map(fieldsOf)].filter((text) => text !== '').join(' ')
}

interface SchemaParts {
  readonly $ref?: string
  readonly allOf?: readonly Record<string, unknown>[]
  readonly required?: readonly string[]
  readonly properties?: object
}

test.each(operations)(
  '$operationId has every header of request and response',
  ({ parameters, requestBody, responses }) => {
    const sent = parameters.map(({ $ref = '' }) => $ref.replace('#/components/parameters/', ''))
    expect(sent).toEqual(
      expect.arrayContaining(['Authorization', 'Accept', 'UserAgent', 'WechatpaySerial']),
    )
    expect(sent.includes('ContentType')).toBe(requestBody !== undefined)
    const signed = ['Timestamp', 'Nonce', 'Signature', 'Serial', 'Signature-Type'].map(
      (name) => `Wechatpay-${name}`,
    )
    for (const [status, response] of Object.entries(responses)) {
      const expected = status === '200' ? [...signed, 'Request-ID'] : ['Request-ID']
      expect(Object.keys(resolved(response).headers ?? {}), status).toEqual(expected)
    }
  },
)

test('every limit is either documented or marked as unknown', () => {
  const { OpenidOrSubOpenid, ...schemas } = spec.components.schemas
  const unmarked = Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
    Object.entries(properties as Record<string, Record<string, unknown>>).flatMap(
      ([field, schema]) => {
        const limit = { string: 'maxLength', integer: 'maximum' }[String(schema.type)]
        const unknown = (schema['x-unknown'] ?? []) as string[]
        return limit && !(limit in schema) && !unknown.includes(limit) ? [`${name}.${field}`] : []
      },
    ),
  )
  expect(unmarked).toEqual([])
})

test.each(webhooks)(
  '$operationId describes the signature headers and the responses',
  ({ parameters, responses }) => {
    const sent = parameters.map(({ $ref = '' }) =>
      $ref.replace('#/components/parameters/Notification', ''),
    )
    expect(sent).toEqual([
      'Timestamp',
      'Nonce',
      'Signature',
      'Serial',
      'SignatureType',
      'RequestID',
    ])
    expect(Object.keys(responses)).toEqual(['200', '204', '401', '500'])
  },
)

test('the name of a webhook is its operationId, so that types can exclude webhooks from operations', () => {
  expect(Object.keys(spec.webhooks)).toEqual(webhooks.map(({ operationId }) => operationId))
})

// The template writes these texts into TypeScript strings and comments unchanged.
test('texts that go unchanged into TypeScript strings and comments need no escaping', () => {
  const summaries = operations.map(({ summary }) => summary)
  const texts = [...summaries, ...strings(extensionsOf(spec))]
  expect(texts.length).toBeGreaterThan(50)
  expect(texts.filter((text) => /['"`\\\n\r]|\*\//.test(text))).toEqual([])
})

/** Every value under an `x-` key, at any depth. */
function extensionsOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key.startsWith('x-') ? [inner] : extensionsOf(inner),
  )
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

test.each(operations.filter((operation) => operation['x-echo'] !== undefined))(
  '$operationId: the response example has the fields that it repeats, as x-echo names them',
  ({ operationId, 'x-echo': echo = [] }) => {
    const { args, data } = operationExamples[operationId as keyof typeof operationExamples]
    const sent = { ...('json' in args ? args.json : {}), ...('path' in args ? args.path : {}) }
    for (const field of echo) {
      expect(Object.keys(data), field).toContain(field)
      expect(Object.keys(sent), field).toContain(field)
    }
  },
)

test('every operation whose response names a contract repeats its code', () => {
  const echoing = operations.filter((operation) => operation['x-echo'] !== undefined)
  const naming = Object.entries(operationExamples).flatMap(([id, { data }]) =>
    typeof data === 'object' && 'out_contract_code' in data ? [id] : [],
  )
  expect(echoing.map(({ operationId }) => operationId).toSorted()).toEqual(naming.toSorted())
})
