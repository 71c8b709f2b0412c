import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { utf8 } from '@wechatpay-entrust/base'
import { describe, expect, test } from 'vitest'
import { ConfigurationError } from '../errors.ts'
import { providers, testingKeys, thrownBy } from '../testing/vectors.ts'
import { importCertificate, importRsaPrivateKey, importRsaPublicKey } from './index.ts'

const { merchant, platform } = testingKeys

/** A new key pair in PEM, of a kind that is often given by mistake. */
function pair(
  kind: 'rsa' | 'rsa-pss' | 'ec' | 'ed25519' | 'x25519',
  options: Record<string, unknown> = {},
) {
  const encoding = {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }
  const generate = generateKeyPairSync as unknown as (
    kind: string,
    options: unknown,
  ) => { publicKey: string; privateKey: string }
  return generate(kind, { ...encoding, ...options })
}

const wrongKeys = {
  'an EC key': [pair('ec', { namedCurve: 'P-256' }), 'not-rsa'],
  'an Ed25519 key': [pair('ed25519'), 'not-rsa'],
  'an X25519 key': [pair('x25519'), 'not-rsa'],
  'an RSA-PSS key': [pair('rsa-pss', { modulusLength: 2048 }), 'not-rsa'],
  'an RSA key of 512 bits': [pair('rsa', { modulusLength: 512 }), 'weak-key'],
  'an RSA key of 1024 bits': [pair('rsa', { modulusLength: 1024 }), 'weak-key'],
  'an RSA key of 2047 bits': [pair('rsa', { modulusLength: 2047 }), 'weak-key'],
  'an RSA key with e = 3': [pair('rsa', { modulusLength: 2048, publicExponent: 3 }), 'weak-key'],
} as const

describe.each(providers)('keys through the $name implementation', (provider) => {
  test('PKCS#8, PKCS#1, CRLF, escaped line ends and text around the block give the same signature (T-23)', async () => {
    const forms = [
      merchant.privateKey,
      merchant.privateKeyPkcs1,
      merchant.privateKey.replaceAll('\n', '\r\n'),
      merchant.privateKey.replaceAll('\n', '\\n'),
      merchant.privateKey.replaceAll('\n', '\\r\\n'),
      merchant.privateKey.trim(),
      `Bag Attributes\n  friendlyName: x\n${merchant.privateKey}`,
      merchant.certificate + merchant.privateKey,
    ]
    const signatures = await Promise.all(
      forms.map(async (pem) =>
        Buffer.from(await importRsaPrivateKey(pem, 'x', provider).sign(utf8('m'))).toString('hex'),
      ),
    )
    expect(new Set(signatures).size).toBe(1)
  })

  test('both keys of a pair have the same modulus, in a buffer that holds nothing else (T-26)', () => {
    const halves = [
      importRsaPrivateKey(merchant.privateKey, 'x', provider),
      importRsaPrivateKey(merchant.privateKeyPkcs1, 'x', provider),
      importRsaPublicKey(merchant.publicKey, 'x', provider),
      importCertificate(merchant.certificate, 'x', provider).publicKey,
    ]
    const { n } = createPublicKey(merchant.publicKey).export({ format: 'jwk' })
    for (const { modulus, modulusLength } of halves) {
      expect(Buffer.from(modulus).toString('base64url')).toBe(n)
      expect(modulusLength).toBe(2048)
      expect(modulus.buffer.byteLength).toBe(256)
    }
  })

  test('a concurrent signature is made off the main thread', async () => {
    const key = importRsaPrivateKey(merchant.privateKey, 'x', provider)
    const alone = await key.sign(utf8('m'))
    const concurrent = key.sign(utf8('m'), { concurrent: true })
    expect(concurrent).toBeInstanceOf(Promise)
    expect(await concurrent).toEqual(alone)
  })

  test('a public key is accepted as SPKI and as PKCS#1', async () => {
    const pkcs1 = createPublicKey(merchant.publicKey).export({
      type: 'pkcs1',
      format: 'pem',
    }) as string
    const signature = await importRsaPrivateKey(merchant.privateKey, 'x', provider).sign(utf8('m'))
    for (const pem of [merchant.publicKey, pkcs1]) {
      const key = importRsaPublicKey(pem, 'x', provider)
      expect(key.modulusLength).toBe(2048)
      expect(await key.verify(utf8('m'), signature)).toBe(true)
      expect(await key.verify(utf8('n'), signature)).toBe(false)
      expect(await key.verify(utf8('m'), signature.subarray(1))).toBe(false)
    }
  })

  test('a ciphertext can be decrypted with its key and with no other', async () => {
    const sealed = await importRsaPublicKey(merchant.publicKey, 'x', provider).encrypt(
      utf8('免密支付'),
    )
    const opened = await importRsaPrivateKey(merchant.privateKey, 'x', provider).decrypt(sealed)
    expect(new TextDecoder().decode(opened)).toBe('免密支付')
    await thrownBy(() =>
      importRsaPrivateKey(testingKeys.other.privateKey, 'x', provider).decrypt(sealed),
    )
  })

  test('a certificate has the same fields as in node:crypto', () => {
    for (const pem of [merchant.certificate, platform.certificate]) {
      const own = importCertificate(pem, 'x', provider)
      const other = new X509Certificate(pem)
      expect(own.serialNumber).toBe(other.serialNumber)
      expect(own.notBefore).toEqual(new Date(other.validFrom))
      expect(own.notAfter).toEqual(new Date(other.validTo))
      expect(own.publicKey.modulusLength).toBe(2048)
    }
  })

  test.each(Object.entries(wrongKeys))(
    '%s is rejected in both slots (T-08, T-22)',
    async (_, [keys, code]) => {
      expect(await thrownBy(() => importRsaPublicKey(keys.publicKey, 'x', provider))).toMatchObject(
        { code },
      )
      expect(
        await thrownBy(() => importRsaPrivateKey(keys.privateKey, 'x', provider)),
      ).toMatchObject({ code })
    },
  )
})

const encrypted = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
}).privateKey
const sec1 = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'sec1', format: 'pem' },
}).privateKey

const asPrivateKey = importRsaPrivateKey
const asPublicKey = importRsaPublicKey
const asCertificate = importCertificate
const damaged = (pem: string) => pem.replace(/\n.{20}/, '\n!!!!')
const truncated = (pem: string) =>
  `${pem.split('\n').slice(0, 5).join('\n')}\n${pem.trim().split('\n').at(-1)}\n`

test.each([
  [
    'a certificate where the private key is meant',
    asPrivateKey,
    merchant.certificate,
    'wrong-kind',
    /a certificate/,
  ],
  [
    'a public key where the private key is meant',
    asPrivateKey,
    merchant.publicKey,
    'wrong-kind',
    /a public key/,
  ],
  [
    'a private key where the public key is meant',
    asPublicKey,
    merchant.privateKey,
    'wrong-kind',
    /a private key/,
  ],
  [
    'a certificate where the public key is meant',
    asPublicKey,
    merchant.certificate,
    'wrong-kind',
    /a certificate/,
  ],
  [
    'a private key where a certificate is meant',
    asCertificate,
    merchant.privateKey,
    'wrong-kind',
    /a private key/,
  ],
  [
    'a public key where a certificate is meant',
    asCertificate,
    merchant.publicKey,
    'wrong-kind',
    /a public key/,
  ],
  ['an encrypted PKCS#8 key', asPrivateKey, encrypted, 'encrypted-key', /passphrase/],
  [
    'an encrypted PKCS#1 key',
    asPrivateKey,
    merchant.privateKeyPkcs1.replace(
      'KEY-----\n',
      'KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n',
    ),
    'encrypted-key',
    /openssl pkcs8/,
  ],
  [
    'a key behind 64 KiB of text',
    asPublicKey,
    'x'.repeat(65_536) + merchant.publicKey,
    'not-pem',
    /-----BEGIN/,
  ],
  [
    'a key of OpenSSH',
    asPrivateKey,
    merchant.privateKey.replaceAll('PRIVATE KEY', 'OPENSSH PRIVATE KEY'),
    'wrong-kind',
    /a PEM block of another kind/,
  ],
  ['a SEC1 key', asPrivateKey, sec1, 'not-rsa', /EC or SM2/],
  ['a path', asPrivateKey, '/etc/wechatpay/apiclient_key.pem', 'not-pem', /path of a file/],
  ['nothing', asPrivateKey, '', 'not-pem', /an empty text/],
  [
    'bare base64',
    asPrivateKey,
    merchant.privateKey.split('\n').slice(1, -2).join('\n'),
    'not-pem',
    /base64 without/,
  ],
  [
    'a block without its end',
    asPublicKey,
    merchant.publicKey.slice(0, -30),
    'not-pem',
    /without its end/,
  ],
  ['other text', asCertificate, 'hello, world', 'not-pem', /not PEM/],
  [
    'base64 that is broken',
    asPrivateKey,
    damaged(merchant.privateKey),
    'malformed-key',
    /base64 is broken/,
  ],
  [
    'a block that lacks lines',
    asPrivateKey,
    truncated(merchant.privateKey),
    'malformed-key',
    /Copy the file again/,
  ],
  [
    'a truncated certificate',
    asCertificate,
    truncated(merchant.certificate),
    'malformed-key',
    /Copy the file again/,
  ],
  [
    'bytes',
    asPublicKey,
    Buffer.from(merchant.publicKey) as unknown as string,
    'not-text',
    /readFileSync/,
  ],
  ['undefined', asPrivateKey, undefined as unknown as string, 'not-text', /found nothing/],
  ['null', asPrivateKey, null as unknown as string, 'not-text', /found null/],
  ['a list', asCertificate, [merchant.certificate] as unknown as string, 'not-text', /an array/],
] as const)(
  '%s: its own error, which names the slot and shows nothing of the key (T-23)',
  async (_, load, pem, code, message) => {
    const error = await thrownBy(() => load(pem, 'the slot'))
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(error).toMatchObject({ code, slot: 'the slot', message: expect.stringMatching(message) })
    const text = String(pem)
    for (let at = 40; at + 8 < Math.min(text.length, 2000); at += 8) {
      const run = text.slice(at, at + 8)
      if (/^[0-9A-Za-z+/]{8}$/.test(run))
        expect(`${error.message}${error.stack?.split('\n')[0]}`).not.toContain(run)
    }
  },
)
