import { describe, expect, test } from 'vitest'
import { hex, providers, thrownBy, vectors } from '../testing/vectors.ts'
import { importAeadKey, importRsaPrivateKey, importRsaPublicKey } from './index.ts'

interface Case {
  readonly tcId: number
  readonly result: 'valid' | 'invalid' | 'acceptable'
  readonly msg: string
  readonly sig: string
  readonly ct: string
  readonly label: string
  readonly key: string
  readonly iv: string
  readonly aad: string
  readonly tag: string
}

interface Group {
  readonly sha: string
  readonly publicKeyPem: string
  readonly privateKeyPem: string
  readonly keyPem: string
  readonly keySize: number
  readonly ivSize: number
  readonly tagSize: number
  readonly tests: readonly Case[]
}

interface Expected {
  readonly files: Record<
    string,
    {
      readonly total?: number
      readonly acceptable?: Record<string, 'reject'>
      readonly refusedByKeyPolicy_e_not_65537?: readonly number[]
    }
  >
}

const expected = vectors<Expected>('wycheproof/EXPECTED.json')
const groups = (file: string) => vectors<{ testGroups: Group[] }>(`wycheproof/${file}`).testGroups
const signatureFiles = [2048, 3072, 4096].map((bits) => `rsa_signature_${bits}_sha256_test.json`)
const oaepFiles = [
  'rsa_oaep_2048_sha1_mgf1sha1_test.json',
  'rsa_three_primes_oaep_2048_sha1_mgf1sha1_test.json',
]

describe.each(providers)('Wycheproof through the $name implementation', (provider) => {
  test.each(signatureFiles)(
    '%s: every signature as expected, keys with e = 3 rejected at import (T-22)',
    async (file) => {
      const { total, refusedByKeyPolicy_e_not_65537: policy = [] } = expected.files[file] ?? {}
      const wrong: number[] = []
      const rejected: number[] = []
      let seen = 0
      for (const group of groups(file)) {
        const key = await Promise.resolve()
          .then(() => importRsaPublicKey(group.publicKeyPem, 'key', provider))
          .catch((error: { code: string }) => error)
        for (const { tcId, msg, sig, result } of group.tests) {
          seen += 1
          if ('code' in key) {
            expect(key.code).toBe('weak-key')
            rejected.push(tcId)
            continue
          }
          // The one acceptable case of each file, a missing NULL, is rejected by both
          // implementations.
          if ((await key.verify(hex(msg), hex(sig))) !== (result === 'valid')) wrong.push(tcId)
        }
      }
      expect(wrong).toEqual([])
      expect(rejected).toEqual(policy)
      expect(seen).toBe(total)
    },
  )

  test('rsa_pss_2048_sha256_mgf1_32_test.json: no PSS signature is valid, except the one that is PKCS#1 v1.5', async () => {
    const accepted: number[] = []
    let seen = 0
    for (const group of groups('rsa_pss_2048_sha256_mgf1_32_test.json')) {
      const key = importRsaPublicKey(group.publicKeyPem, 'key', provider)
      for (const { tcId, msg, sig } of group.tests) {
        seen += 1
        if (await key.verify(hex(msg), hex(sig))) accepted.push(tcId)
      }
    }
    expect(accepted).toEqual([108])
    expect(seen).toBe(108)
  })

  test('rsa_pkcs1_2048_sig_gen_test.json: signatures byte for byte, small exponents rejected (T-22)', async () => {
    const rejected: number[] = []
    let equal = 0
    for (const group of groups('rsa_pkcs1_2048_sig_gen_test.json').filter(
      ({ sha }) => sha === 'SHA-256',
    )) {
      const key = await Promise.resolve()
        .then(() => importRsaPrivateKey(group.privateKeyPem, 'key', provider))
        .catch((error: { code: string }) => error)
      for (const { tcId, msg, sig } of group.tests) {
        if ('code' in key) {
          expect(key.code).toBe('weak-key')
          rejected.push(tcId)
          continue
        }
        for (const concurrent of [false, true]) {
          expect(Buffer.from(await key.sign(hex(msg), { concurrent })).toString('hex')).toBe(sig)
        }
        equal += 1
      }
    }
    expect(rejected).toEqual(
      expected.files['rsa_pkcs1_2048_sig_gen_test.json']?.refusedByKeyPolicy_e_not_65537,
    )
    expect(equal).toBe(8)
  })

  test('rsa_pkcs1_1024_sig_gen_test.json: every key of 1024 bits is rejected (T-22)', async () => {
    let seen = 0
    for (const group of groups('rsa_pkcs1_1024_sig_gen_test.json')) {
      const errors = [
        await thrownBy(() => importRsaPrivateKey(group.privateKeyPem, 'key', provider)),
        await thrownBy(() => importRsaPublicKey(group.keyPem, 'key', provider)),
      ]
      expect(errors.map(({ code }) => code)).toEqual(['weak-key', 'weak-key'])
      seen += group.tests.length
    }
    expect(seen).toBe(33)
  })

  test.each(oaepFiles)('%s: decrypts valid ciphertexts, rejects the rest', async (file) => {
    let seen = 0
    for (const group of groups(file)) {
      const key = importRsaPrivateKey(group.privateKeyPem, 'key', provider)
      for (const { msg, ct, label, result } of group.tests) {
        seen += 1
        const opened = await Promise.resolve()
          .then(() => key.decrypt(hex(ct), label === '' ? undefined : hex(label)))
          .then((plaintext) => Buffer.from(plaintext).toString('hex'))
          .catch(() => 'rejected')
        expect(opened).toBe(result === 'valid' ? msg : 'rejected')
      }
    }
    expect(seen).toBe(expected.files[file]?.total)
  })

  test('aes_gcm_test.json: the profile works as expected; other lengths are rejected before the cipher is called (T-11)', async () => {
    const count = { opened: 0, forged: 0, rejected: 0 }
    for (const { tests, keySize, ivSize, tagSize } of groups('aes_gcm_test.json')) {
      const inProfile = keySize === 256 && ivSize === 96 && tagSize === 128
      for (const { key, iv, aad, msg, ct, tag, result } of tests) {
        const input = { nonce: hex(iv), associatedData: hex(aad), ciphertext: hex(ct + tag) }
        const open = async () => importAeadKey(hex(key), provider).open(input)
        if (!inProfile) {
          expect(await thrownBy(open)).toBeInstanceOf(RangeError)
          count.rejected += 1
        } else if (result === 'valid') {
          expect(Buffer.from(await open()).toString('hex')).toBe(msg)
          const sealed = await importAeadKey(hex(key), provider).seal({
            ...input,
            plaintext: hex(msg),
          })
          expect(Buffer.from(sealed).toString('hex')).toBe(ct + tag)
          count.opened += 1
        } else {
          expect(await thrownBy(open)).not.toBeInstanceOf(RangeError)
          count.forged += 1
        }
      }
    }
    expect(count).toEqual({ opened: 39, forged: 27, rejected: 250 })
  })
})
