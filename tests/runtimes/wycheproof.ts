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
import type { Case } from './suite.ts'

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))

/**
 * The adversarial vectors, against whatever cryptography the runtime has. "Acceptable" ones are
 * refused, as ours must.
 */
export const wycheproof: readonly Case[] = [
  {
    name: 'Wycheproof: RSASSA-PKCS1-v1_5, 2048 bits, SHA-256',
    async run() {
      let seen = 0
      for (const { publicKeyPem, tests } of signatures.testGroups) {
        const key = await attempt(() => importRsaPublicKey(publicKeyPem))
        // Keys with a small exponent are refused by our policy.
        if (!key) continue
        for (const { tcId, msg, sig, result } of tests) {
          expected(tcId, result === 'valid', await key.verify(hex(msg), hex(sig)))
          seen += 1
        }
      }
      atLeast(200, seen)
    },
  },
  {
    name: 'Wycheproof: RSAES-OAEP, 2048 bits, SHA-1',
    async run() {
      let seen = 0
      for (const { privateKeyPem, tests } of oaep.testGroups) {
        const key = importRsaPrivateKey(privateKeyPem)
        for (const { tcId, ct, msg, label, result } of tests) {
          const opened = await attempt(() => key.decrypt(hex(ct), hex(label)))
          expected(tcId, result === 'valid', opened !== undefined && same(opened, hex(msg)))
          seen += 1
        }
      }
      atLeast(30, seen)
    },
  },
  {
    name: 'Wycheproof: AES-256-GCM with nonces of 12 bytes',
    async run() {
      const groups = gcm.testGroups.filter(
        ({ keySize, ivSize }) => keySize === 256 && ivSize === 96,
      )
      let seen = 0
      for (const { tests } of groups) {
        for (const { tcId, key, iv, aad, msg, ct, tag, result } of tests) {
          const input = { nonce: hex(iv), associatedData: hex(aad), ciphertext: hex(ct + tag) }
          const opened = await attempt(() => importAeadKey(hex(key)).open(input))
          expected(tcId, result === 'valid', opened !== undefined && same(opened, hex(msg)))
          seen += 1
        }
      }
      atLeast(60, seen)
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
  if (valid !== accepted) throw new Error(`case ${tcId} was ${accepted ? 'accepted' : 'refused'}`)
}

/** A change of the files or of the policy must not leave a case with nothing to say. */
function atLeast(count: number, seen: number): void {
  if (seen < count) throw new Error(`only ${seen} vectors were looked at`)
}
