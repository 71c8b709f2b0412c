import {
  importAeadKey,
  importRsaPrivateKey,
  importRsaPublicKey,
} from '@wechatpay-entrust/auth/crypto'
import gcm from '../../spec/vectors/wycheproof/aes_gcm_test.json' with { type: 'json' }
import oaep from '../../spec/vectors/wycheproof/rsa_oaep_2048_sha1_mgf1sha1_test.json' with {
  type: 'json',
}
import signatures from '../../spec/vectors/wycheproof/rsa_signature_2048_sha256_test.json' with {
  type: 'json',
}
import type { Case } from './case.ts'

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))

/**
 * The adversarial vectors, against the cryptography of the runtime. Our implementation must reject
 * the "acceptable" ones too.
 */
export const wycheproof: readonly Case[] = [
  {
    name: 'Wycheproof: RSASSA-PKCS1-v1_5, 2048 bits, SHA-256',
    async run() {
      let tested = 0
      for (const { publicKeyPem, tests } of signatures.testGroups) {
        const key = await attempt(() => importRsaPublicKey(publicKeyPem))
        // Our policy rejects keys with a small exponent.
        if (!key) continue
        for (const { tcId, msg, sig, result } of tests) {
          expected(tcId, result === 'valid', await key.verify(hex(msg), hex(sig)))
          tested += 1
        }
      }
      atLeast(200, tested)
    },
  },
  {
    name: 'Wycheproof: RSAES-OAEP, 2048 bits, SHA-1',
    async run() {
      let tested = 0
      for (const { privateKeyPem, tests } of oaep.testGroups) {
        const key = importRsaPrivateKey(privateKeyPem)
        for (const { tcId, ct, msg, label, result } of tests) {
          const opened = await attempt(() => key.decrypt(hex(ct), hex(label)))
          expected(tcId, result === 'valid', opened !== undefined && same(opened, hex(msg)))
          tested += 1
        }
      }
      atLeast(30, tested)
    },
  },
  {
    name: 'Wycheproof: AES-256-GCM with nonces of 12 bytes',
    async run() {
      const groups = gcm.testGroups.filter(
        ({ keySize, ivSize }) => keySize === 256 && ivSize === 96,
      )
      let tested = 0
      for (const { tests } of groups) {
        for (const { tcId, key, iv, aad, msg, ct, tag, result } of tests) {
          const input = { nonce: hex(iv), associatedData: hex(aad), ciphertext: hex(ct + tag) }
          const opened = await attempt(() => importAeadKey(hex(key)).open(input))
          expected(tcId, result === 'valid', opened !== undefined && same(opened, hex(msg)))
          tested += 1
        }
      }
      atLeast(60, tested)
    },
  },
]

async function attempt<T>(call: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch {
    return undefined
  }
}

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((octet, at) => octet === b[at])

function expected(tcId: number, valid: boolean, accepted: boolean): void {
  if (valid !== accepted) throw new Error(`case ${tcId} was ${accepted ? 'accepted' : 'rejected'}`)
}

/** After a change of the files or of the policy, a case must still test enough vectors. */
function atLeast(count: number, tested: number): void {
  if (tested < count) throw new Error(`only ${tested} vectors were tested`)
}
