import { expect, test } from 'vitest'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { derTag, readDer, readInside, writeDer } from './der.ts'
import { importCertificate, utf8 } from './index.ts'

const { certificate } = testingKeys.platform
const [version, serial, algorithm, issuer, , ...rest] = fieldsOf(certificate)
const integer = (...octets: number[]) => writeDer(derTag.integer, new Uint8Array(octets))
const from = writeDer(derTag.utcTime, utf8('000101000000Z'))
const to = (text: string, tag: number = derTag.generalizedTime) => writeDer(tag, utf8(text))

/** The signed fields of a certificate, in DER. */
function fieldsOf(pem: string): Uint8Array[] {
  const der = Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64')
  const [toBeSigned] = readInside(readDer(der)[0], derTag.sequence)
  return readInside(toBeSigned, derTag.sequence).map(({ encoded }) => encoded)
}

/** A certificate with other fields; its own signature, which nobody can check here, is left out. */
function certificateOf({
  head = [version, serial] as Uint8Array[],
  validity = writeDer(derTag.sequence, from, to('20991231235959Z')),
}): string {
  const fields = [...head, algorithm, issuer, validity, ...rest] as Uint8Array[]
  const der = writeDer(derTag.sequence, writeDer(derTag.sequence, ...fields))
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`
}

test('the serial number is upper-case hex without the octet that keeps it positive; a version may be absent', () => {
  const serialOf = (...head: (Uint8Array | undefined)[]) =>
    importCertificate(certificateOf({ head: head as Uint8Array[] })).serialNumber
  expect(serialOf(version, integer(0x00, 0x9a, 0xbc))).toBe('9ABC')
  expect(serialOf(version, integer(0x0a, 0xbc))).toBe('0ABC')
  expect(serialOf(version, integer(0x00))).toBe('00')
  expect(serialOf(integer(0x5a))).toBe('5A')
})

test('two digits of a year mean 1950 to 2049, as RFC 5280 has it', () => {
  const read = (year: string) => {
    const validity = writeDer(
      derTag.sequence,
      writeDer(derTag.utcTime, utf8(`${year}0630120000Z`)),
      to('20991231235959Z'),
    )
    return importCertificate(certificateOf({ validity })).notBefore.getUTCFullYear()
  }
  expect(['50', '99', '00', '49'].map(read)).toEqual([1950, 1999, 2000, 2049])
})

test.each([
  ['a month 13', to('20991331235959Z')],
  ['a time without its Z', to('20991231235959+')],
  ['a time with something before it', to('x20991231235959Z')],
  ['a time with an offset', to('20991231235959+0800')],
  ['a time that is text', to('tomorrow, maybe')],
  ['a time of another tag', to('20991231235959Z', 0x16)],
  ['no end', new Uint8Array()],
])('%s in the validity: malformed-key, for an end that cannot be read would never come (T-07)', async (_, end) => {
  const pem = certificateOf({ validity: writeDer(derTag.sequence, from, end) })
  expect(await thrownBy(() => importCertificate(pem, 'the slot'))).toMatchObject({
    name: 'ConfigurationError',
    code: 'malformed-key',
    slot: 'the slot',
  })
})

test('a serial number that is no integer: malformed-key (T-06)', async () => {
  const head = [version as Uint8Array, writeDer(derTag.octetString, new Uint8Array([1]))]
  expect(await thrownBy(() => importCertificate(certificateOf({ head })))).toMatchObject({ code: 'malformed-key' })
})
