import { expect, test } from 'vitest'
import { hex, thrownBy } from '../testing/vectors.ts'
import { derTag, writeDer } from './der.ts'
import { importRsaPublicKey } from './index.ts'

/** A modulus of the given length. The policy does not check whether it is a product of primes. */
function modulusOf(bits: number): Uint8Array {
  const octets = new Uint8Array(Math.ceil(bits / 8)).fill(0xff)
  octets[0] = 0xff >> ((8 - (bits % 8)) % 8)
  return octets[0] & 0x80 ? new Uint8Array([0, ...octets]) : octets
}

function publicKey(bits: number, exponent = '010001'): string {
  const integers = [modulusOf(bits), hex(exponent)].map((octets) =>
    writeDer(derTag.integer, octets),
  )
  const der = Buffer.from(writeDer(derTag.sequence, ...integers))
  return `-----BEGIN RSA PUBLIC KEY-----\n${der.toString('base64')}\n-----END RSA PUBLIC KEY-----\n`
}

test.each([2048, 2049, 3072, 4096, 8191, 8192])('a modulus of %i bits is accepted', (bits) => {
  expect(importRsaPublicKey(publicKey(bits)).modulusLength).toBe(bits)
})

test.each([1024, 2040, 2047, 8193, 16_384])(
  'a modulus of %i bits: weak-key (T-22)',
  async (bits) => {
    const error = await thrownBy(() => importRsaPublicKey(publicKey(bits)))
    expect(error).toMatchObject({
      code: 'weak-key',
      message: expect.stringContaining(`${bits} bits`),
    })
  },
)

test.each(['010001', '010003', '00ffffffff'])('the exponent %s is accepted', (exponent) => {
  expect(importRsaPublicKey(publicKey(2048, exponent)).modulusLength).toBe(2048)
})

test.each(['00', '01', '03', '00ffff', '010000', '010002', `${'00'.repeat(8)}03`])(
  'the exponent %s: weak-key (T-22)',
  async (exponent) => {
    expect(await thrownBy(() => importRsaPublicKey(publicKey(2048, exponent)))).toMatchObject({
      code: 'weak-key',
    })
  },
)
