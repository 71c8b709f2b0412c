import { createCipheriv } from 'node:crypto'
import { expect, test } from 'vitest'
import { platformCertificate, sealedEntry, signedResponse } from '../testing/certificate-service.ts'
import { credentials } from '../testing/responding.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { createDownloadedKeys } from './downloaded-keys.ts'

const { apiV3Key, other, platform } = testingKeys
const genuine = { serialNumber: platform.serialNumber, pem: platform.certificate }
const otherKey = 'AnotherTestingKeyOf32BytesForV3!'

/** Keys whose certificate service responds like this. */
const respondedWith = (
  respond: () => Response | Promise<Response>,
  key: string | readonly string[] = apiV3Key,
) => createDownloadedKeys({ credentials, apiV3Key: key, fetch: () => Promise.resolve(respond()) })

/**
 * The result of downloading this list, correctly signed: the serial numbers, or the error's code.
 */
async function outcome(list: unknown, key: string | readonly string[] = apiV3Key) {
  const keys = respondedWith(() => signedResponse(list, platform.serialNumber), key)
  try {
    await keys.refresh()
    return keys.serials
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    keys.close()
  }
}

const withSeal = async (wrong: object) => {
  const entry = await sealedEntry(genuine)
  return { data: [{ ...entry, encrypt_certificate: { ...entry.encrypt_certificate, ...wrong } }] }
}

test('a genuine list is decrypted, also with the previous APIv3 key', async () => {
  const list = { data: [await sealedEntry(genuine)] }
  expect(await outcome(list)).toEqual([platform.serialNumber])
  expect(await outcome(list, [otherKey, apiV3Key])).toEqual([platform.serialNumber])
})

test('another APIv3 key decrypts nothing: wrong-api-v3-key (T-24)', async () => {
  expect(await outcome({ data: [await sealedEntry(genuine)] }, otherKey)).toBe('wrong-api-v3-key')
})

test('an invalid APIv3 key is rejected before any request: malformed-api-v3-key (T-24)', async () => {
  for (let length = 0; length <= 64; length++) {
    if (length === 32) continue
    const make = () => createDownloadedKeys({ credentials, apiV3Key: 'k'.repeat(length) })
    expect(await thrownBy(make)).toMatchObject({ code: 'malformed-api-v3-key', slot: 'apiV3Key' })
  }
})

test('the serial number of the list must be that of the certificate inside (T-06)', async () => {
  const wrong = await sealedEntry(genuine, { serial_no: other.serialNumber })
  expect(await outcome({ data: [wrong] })).toBe('malformed-certificates')
  expect(
    await outcome({
      data: [await sealedEntry(genuine, { serial_no: platform.serialNumber.toLowerCase() })],
    }),
  ).toEqual([platform.serialNumber])
})

test('a certificate of another scheme is skipped; a list without an RSA certificate is rejected (T-13)', async () => {
  const sm = (await withSeal({ algorithm: 'AEAD_SM4_GCM' })).data
  expect(await outcome({ data: [...sm, await sealedEntry(genuine)] })).toEqual([
    platform.serialNumber,
  ])
  for (const list of [sm, []]) expect(await outcome({ data: list })).toBe('malformed-certificates')
})

test.each([
  ['no algorithm', { algorithm: undefined }],
  ['an algorithm that is no text (T-13)', { algorithm: ['AEAD_AES_256_GCM'] }],
  ['a nonce of 11 bytes (T-11)', { nonce: 'x'.repeat(11) }],
  ['a nonce of 13 bytes (T-11)', { nonce: 'x'.repeat(13) }],
  ['a nonce that is no text', { nonce: 12 }],
  ['a ciphertext that is no base64 (T-10)', { ciphertext: 'aGVs*bG8=' }],
  ['a ciphertext without padding (T-10)', { ciphertext: 'aGVsbG8' }],
  ['no ciphertext', { ciphertext: undefined }],
  ['a label that is no text', { associated_data: {} }],
])('an entry with %s: malformed-certificates', async (_, wrong) => {
  expect(await outcome(await withSeal(wrong))).toBe('malformed-certificates')
})

test('a ciphertext of 0 to 16 bytes, the tag alone: malformed-certificates (T-11)', async () => {
  for (let length = 0; length <= 16; length++) {
    const list = await withSeal({ ciphertext: Buffer.alloc(length).toString('base64') })
    expect(await outcome(list)).toBe('malformed-certificates')
  }
})

test('one changed byte of ciphertext, nonce or associated data: nothing is read (T-12)', async () => {
  const { ciphertext } = (await sealedEntry(genuine)).encrypt_certificate
  const bytes = Buffer.from(ciphertext, 'base64')
  for (let at = 0; at < bytes.length; at += 97) {
    const flipped = Buffer.from(bytes)
    flipped[at] = (flipped[at] as number) ^ 1
    expect(await outcome(await withSeal({ ciphertext: flipped.toString('base64') }))).toBe(
      'wrong-api-v3-key',
    )
  }
  expect(await outcome(await withSeal({ nonce: '61f9c719728b' }))).toBe('wrong-api-v3-key')
  expect(await outcome(await withSeal({ associated_data: 'certificatE' }))).toBe('wrong-api-v3-key')
})

test.each([
  ['a key (T-08)', platform.privateKey, 'wrong-kind'],
  ['other text', 'hello', 'not-pem'],
])('%s in place of an encrypted certificate is rejected', async (_, pem, code) => {
  expect(await outcome({ data: [await sealedEntry({ ...genuine, pem })] })).toBe(code)
})

test.each<[string, unknown]>([
  ['no list', {}],
  ['null', null],
  ['a list at the root', []],
  ['an object for the list', { data: { length: 1 } }],
  ['an entry that is null', { data: [null] }],
  ['an inherited list (T-27)', JSON.parse('{"__proto__":{"data":[]}}')],
])('%s: malformed-certificates', async (_, list) => {
  expect(await outcome(list)).toBe('malformed-certificates')
})

test.each([
  ['no JSON (T-28)', '{"data":['],
  ['a hundred thousand levels (T-28)', '['.repeat(100_000)],
])('a body with %s: malformed-certificates', async (_, text) => {
  const respond = async () => {
    const genuineResponse = await signedResponse({}, platform.serialNumber)
    return new Response(text, genuineResponse)
  }
  expect(await thrownBy(() => respondedWith(respond).refresh())).toMatchObject({
    code: 'malformed-certificates',
  })
})

test('a byte order mark before a genuine list: malformed-certificates (T-18)', async () => {
  const list = { data: [await sealedEntry(genuine)] }
  const respond = async () =>
    new Response(`\ufeff${JSON.stringify(list)}`, await signedResponse(list, platform.serialNumber))
  expect(await thrownBy(() => respondedWith(respond).refresh())).toMatchObject({
    code: 'malformed-certificates',
  })
})

test('a list that is changed, unsigned, compressed or too long is rejected (T-01, T-02, T-19, T-20)', async () => {
  const list = { data: [await sealedEntry(genuine)] }
  const changed = (body: string | null, headers: (given: Headers) => void) => async () => {
    const response = await signedResponse(list, platform.serialNumber)
    headers(response.headers)
    return new Response(body ?? (await response.arrayBuffer()), response)
  }
  const rejections = [
    [changed(`${JSON.stringify(list)} `, () => {}), 'mismatch'],
    [changed(null, (headers) => headers.delete('wechatpay-signature')), 'missing-header'],
    [changed(null, (headers) => headers.set('content-encoding', 'gzip')), 'encoded-body'],
    [changed('x'.repeat(262_145), () => {}), 'malformed-certificates'],
    [
      changed(null, (headers) => headers.set('wechatpay-timestamp', '1700000000')),
      'stale-timestamp',
    ],
  ] as const
  for (const [respond, code] of rejections) {
    expect(await thrownBy(() => respondedWith(respond).refresh())).toMatchObject({ code })
  }
})

test('a certificate that is decrypted but expired verifies nothing (T-07)', async () => {
  const old = platformCertificate('A1', '2001', '2011')
  const keys = respondedWith(async () => signedResponse({ data: [await sealedEntry(old)] }, 'A1'))
  expect(await thrownBy(() => keys.refresh())).toMatchObject({ code: 'expired-certificate' })
})

test('a redirect is not followed (T-31)', async () => {
  const respond = () =>
    new Response(null, { status: 302, headers: { location: 'https://example.com/' } })
  const error = await thrownBy(() => respondedWith(respond).refresh())
  expect(error).toMatchObject({ code: 'certificates-unavailable' })
  expect(error.message).toContain('HTTP 302')
})

test('the encrypted text is PEM, as in the official example, checked with node:crypto', async () => {
  const nonce = '61f9c719728a'
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(Buffer.alloc(0))
  const ciphertext = Buffer.concat([
    cipher.update(genuine.pem),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString('base64')
  expect(await outcome(await withSeal({ ciphertext, associated_data: undefined }))).toEqual([
    platform.serialNumber,
  ])
})

test('the backup host is used after a failed connection, 502, 503 or 504, and in no other case', async () => {
  const genuineResponse = async () =>
    signedResponse({ data: [await sealedEntry(genuine)] }, platform.serialNumber)
  const first: [() => Response | Promise<Response>, string[]][] = [
    [() => Promise.reject(new TypeError('fetch failed')), ['api.main', 'api.backup']],
    [() => new Response(null, { status: 502 }), ['api.main', 'api.backup']],
    [() => new Response('{}', { status: 503 }), ['api.main', 'api.backup']],
    [() => new Response('{}', { status: 504 }), ['api.main', 'api.backup']],
    [genuineResponse, ['api.main']],
    [() => new Response('{}', { status: 429 }), ['api.main']],
    [() => new Response('{}', { status: 500 }), ['api.main']],
    [() => new Response('{}', { status: 200 }), ['api.main']], // unsigned
  ]
  for (const [respond, expected] of first) {
    const hosts: string[] = []
    const keys = createDownloadedKeys({
      ...{
        credentials,
        apiV3Key,
        baseUrl: 'https://api.main',
        backupBaseUrl: 'https://api.backup',
      },
      async fetch(input) {
        hosts.push(new URL(String(input)).host)
        return hosts.length === 1 ? respond() : genuineResponse()
      },
    })
    const outcome = await keys.refresh().then(
      () => keys.serials,
      (error: Error) => error.name,
    )
    keys.close()
    expect(hosts).toEqual(expected)
    if (hosts.length === 2 || respond === genuineResponse)
      expect(outcome).toEqual([platform.serialNumber])
    else expect(outcome).toMatch(/Error$/)
  }
})

test('the result of the backup host counts; without a backup host, that of the main host', async () => {
  const statuses = { 'https://api.main': 503, 'https://api.backup': 504 }
  for (const [backupBaseUrl, status] of [
    ['https://api.backup', 504],
    [undefined, 503],
  ] as const) {
    const keys = createDownloadedKeys({
      ...{ credentials, apiV3Key, baseUrl: 'https://api.main', backupBaseUrl },
      fetch: async (input) =>
        new Response('{}', {
          status: statuses[new URL(String(input)).origin as keyof typeof statuses],
        }),
    })
    expect((await thrownBy(() => keys.refresh())).message).toContain(`HTTP ${status}`)
    keys.close()
  }
})
