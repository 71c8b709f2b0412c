import { utf8 } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { certificateWith, serialField, versionField } from '../testing/certificates.ts'
import { thrownBy } from '../testing/vectors.ts'
import { derTag, writeDer } from './der.ts'
import { importCertificate } from './index.ts'

const begin = writeDer(derTag.utcTime, utf8('000101000000Z'))
const end = (text: string, tag: number = derTag.generalizedTime) => writeDer(tag, utf8(text))

test('the serial number is upper-case hex without the sign octet; the version may be absent', () => {
  const serialOf = (...head: Uint8Array[]) =>
    importCertificate(certificateWith({ head })).serialNumber
  expect(serialOf(versionField, serialField('009abc'))).toBe('9ABC')
  expect(serialOf(versionField, serialField('0abc'))).toBe('0ABC')
  expect(serialOf(versionField, serialField('00'))).toBe('00')
  expect(serialOf(serialField('5a'))).toBe('5A')
})

test('a year of two digits means 1950 to 2049 (RFC 5280)', () => {
  const read = (year: string) => {
    const first = writeDer(derTag.utcTime, utf8(`${year}0630120000Z`))
    const validity = writeDer(derTag.sequence, first, end('20991231235959Z'))
    return importCertificate(certificateWith({ validity })).notBefore.getUTCFullYear()
  }
  expect(['50', '99', '00', '49'].map(read)).toEqual([1950, 1999, 2000, 2049])
})

test.each([
  ['a month 13', end('20991331235959Z')],
  ['a time without its Z', end('20991231235959+')],
  ['a time with something before it', end('x20991231235959Z')],
  ['a time with an offset', end('20991231235959+0800')],
  ['a time that is text', end('tomorrow, maybe')],
  ['a time of another tag', end('20991231235959Z', 0x16)],
  ['no end', new Uint8Array()],
])(
  '%s in the validity: malformed-key, because an unreadable end would never be reached (T-07)',
  async (_, last) => {
    const pem = certificateWith({ validity: writeDer(derTag.sequence, begin, last) })
    expect(await thrownBy(() => importCertificate(pem, 'the slot'))).toMatchObject({
      name: 'ConfigurationError',
      code: 'malformed-key',
      slot: 'the slot',
    })
  },
)

test('a serial number that is not an integer: malformed-key (T-06)', async () => {
  const head = [versionField, writeDer(derTag.octetString, new Uint8Array([1]))]
  expect(await thrownBy(() => importCertificate(certificateWith({ head })))).toMatchObject({
    code: 'malformed-key',
  })
})
