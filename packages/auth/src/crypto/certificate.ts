import { encodeHex } from '@wechatpay-entrust/base'
import { provider as defaultProvider } from '#crypto'
import { contentsOf, type DerElement, derTag, readDer, readInside } from './der.ts'
import { readPem } from './pem.ts'
import type { CryptoProvider, RsaPublicKey } from './provider.ts'
import { guardMalformed, publicKeyFromSpki } from './rsa.ts'

/** The fields of an X.509 certificate that are used here. */
export interface Certificate {
  /** Upper-case hex of whole octets, without leading zero octets, as OpenSSL prints it. */
  readonly serialNumber: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly publicKey: RsaPublicKey
}

/**
 * Reads an X.509 certificate in PEM. The chain is not verified: the issuer is a private authority,
 * and whether to trust the certificate depends on where it came from.
 *
 * @throws ConfigurationError `not-text`, `not-pem`, `wrong-kind`, `malformed-key`, `not-rsa`,
 * `weak-key`
 */
export function importCertificate(
  pem: string,
  slot = 'certificate',
  provider: CryptoProvider = defaultProvider,
): Certificate {
  const expected = 'an X.509 certificate in PEM'
  const { der } = readPem(pem, { slot, labels: ['CERTIFICATE'], expected })
  return guardMalformed(slot, expected, () => {
    const [toBeSigned] = readInside(readDer(der)[0], derTag.sequence)
    const fields = readInside(toBeSigned, derTag.sequence)
    // The version, tagged [0], is absent in version 1.
    if (fields[0]?.tag === 0xa0) fields.shift()
    const [serial, , , validity, , spki] = fields
    const [notBefore, notAfter] = readInside(validity, derTag.sequence)
    return {
      serialNumber: readSerial(serial),
      notBefore: readTime(notBefore),
      notAfter: readTime(notAfter),
      publicKey: publicKeyFromSpki((spki as DerElement).encoded, slot, provider),
    }
  })
}

function readSerial(element: DerElement | undefined): string {
  const octets = contentsOf(element, derTag.integer)
  // A leading zero only keeps the integer positive.
  return encodeHex(octets[0] === 0 && octets.length > 1 ? octets.subarray(1) : octets).toUpperCase()
}

/**
 * UTCTime `YYMMDDhhmmssZ` (1950–2049) or GeneralizedTime `YYYYMMDDhhmmssZ`, as RFC 5280 §4.1.2.5
 * requires.
 */
function readTime(element: DerElement | undefined): Date {
  if (element?.tag !== derTag.utcTime && element?.tag !== derTag.generalizedTime)
    throw new Error('no time')
  let text = String.fromCharCode(...element.contents)
  if (element.tag === derTag.utcTime) text = (text < '50' ? '20' : '19') + text
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (!parts) throw new Error('unreadable time')
  const [, year, month, day, hour, minute, second] = parts
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  // Comparisons with an invalid date are all false: such a certificate would never expire.
  if (Number.isNaN(time.getTime())) throw new Error('unreadable time')
  return time
}
