import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { certificateWith } from '../testing/certificates.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { createCredentials } from './credentials.ts'
import { createPlatformKeys } from './platform-keys.ts'

const { merchant, publicKey } = testingKeys

const pair = (kind: 'ec' | 'ed25519' | 'rsa-pss' | 'rsa', options: object = {}) =>
  (
    generateKeyPairSync as unknown as (
      kind: string,
      options: object,
    ) => { publicKey: string; privateKey: string }
  )(kind, {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    ...options,
  })
const spkiOf = (pem: string) => createPublicKey(pem).export({ type: 'spki', format: 'der' })

const ec = pair('ec', { namedCurve: 'P-256' })
const pss = pair('rsa-pss', { modulusLength: 2048 })
const ed = pair('ed25519')
const weak = pair('rsa', { modulusLength: 1024 })

/**
 * The files of a typical key folder, and the error code of each slot; undefined if the file belongs
 * there.
 */
const kinds: Record<string, readonly [pem: string, ...codes: (string | undefined)[]]> = {
  'an RSA private key': [merchant.privateKey, undefined, 'wrong-kind', 'wrong-kind'],
  'an RSA private key (PKCS#1)': [merchant.privateKeyPkcs1, undefined, 'wrong-kind', 'wrong-kind'],
  'an RSA public key': [publicKey.publicKey, 'wrong-kind', undefined, 'wrong-kind'],
  'an RSA certificate': [merchant.certificate, 'wrong-kind', 'wrong-kind', undefined],
  'an EC private key': [ec.privateKey, 'not-rsa', 'wrong-kind', 'wrong-kind'],
  'an EC public key': [ec.publicKey, 'wrong-kind', 'not-rsa', 'wrong-kind'],
  'an EC certificate': [
    certificateWith({ spki: spkiOf(ec.publicKey) }),
    'wrong-kind',
    'wrong-kind',
    'not-rsa',
  ],
  'an RSA-PSS private key': [pss.privateKey, 'not-rsa', 'wrong-kind', 'wrong-kind'],
  'an RSA-PSS public key': [pss.publicKey, 'wrong-kind', 'not-rsa', 'wrong-kind'],
  'an RSA-PSS certificate': [
    certificateWith({ spki: spkiOf(pss.publicKey) }),
    'wrong-kind',
    'wrong-kind',
    'not-rsa',
  ],
  'an Ed25519 private key': [ed.privateKey, 'not-rsa', 'wrong-kind', 'wrong-kind'],
  'an Ed25519 public key': [ed.publicKey, 'wrong-kind', 'not-rsa', 'wrong-kind'],
  'a weak RSA private key': [weak.privateKey, 'weak-key', 'wrong-kind', 'wrong-kind'],
  'a weak RSA public key': [weak.publicKey, 'wrong-kind', 'weak-key', 'wrong-kind'],
  'a weak RSA certificate': [
    certificateWith({ spki: spkiOf(weak.publicKey) }),
    'wrong-kind',
    'wrong-kind',
    'weak-key',
  ],
  'a certificate request': [
    merchant.certificate.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST'),
    'wrong-kind',
    'wrong-kind',
    'wrong-kind',
  ],
}

const slots = {
  privateKey: (pem: string) =>
    createCredentials({
      mchid: merchant.mchid,
      serialNumber: merchant.serialNumber,
      privateKey: pem,
    }),
  'publicKey.pem': (pem: string) => createPlatformKeys({ publicKey: { id: publicKey.id, pem } }),
  'platformCertificates[0]': (pem: string) => createPlatformKeys({ platformCertificates: [pem] }),
}

test.each(Object.entries(kinds))(
  '%s in each slot: accepted in the right one, its own error in the others (T-08, T-22)',
  async (_, [pem, ...codes]) => {
    for (const [index, [slot, give]] of Object.entries(slots).entries()) {
      if (codes[index] === undefined) expect(() => give(pem)).not.toThrow()
      else
        expect(await thrownBy(() => give(pem))).toMatchObject({
          name: 'ConfigurationError',
          code: codes[index],
          slot,
        })
    }
  },
)

test('the merchant certificate must be a certificate of an RSA key (T-08)', async () => {
  const { mchid, privateKey } = merchant
  for (const [pem, , , code] of Object.values(kinds)) {
    const give = () => createCredentials({ mchid, certificate: pem, privateKey })
    if (code === undefined) expect(give).not.toThrow()
    else expect(await thrownBy(give)).toMatchObject({ code, slot: 'certificate' })
  }
})

test('every error describes what was found, what was expected and what to do, and shows nothing of the key (T-23)', async () => {
  for (const [pem, ...codes] of Object.values(kinds)) {
    for (const [index, give] of Object.values(slots).entries()) {
      if (codes[index] === undefined) continue
      const { message } = await thrownBy(() => give(pem))
      expect(message).toMatch(/: found .+; expected .+\. .+/)
      const lines = pem.split('\n').slice(1, -2)
      for (const line of lines)
        for (let at = 0; at + 8 <= line.length; at += 8)
          expect(message).not.toContain(line.slice(at, at + 8))
    }
  }
})
