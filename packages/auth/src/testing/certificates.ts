import { derTag, readDer, readInside, writeDer } from '../crypto/der.ts'
import { testingKeys } from './vectors.ts'

/** The signed fields of the platform's test certificate, in DER. */
const [version, serial, algorithm, issuer, validity, subject, spki, ...rest] = fieldsOf(
  testingKeys.platform.certificate,
)

function fieldsOf(pem: string): Uint8Array[] {
  const der = Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64')
  const [toBeSigned] = readInside(readDer(der)[0], derTag.sequence)
  return readInside(toBeSigned, derTag.sequence).map(({ encoded }) => encoded)
}

export const versionField = version as Uint8Array

/**
 * The platform's test certificate with other fields. It has no signature, because none is checked.
 */
export function certificateWith(fields: {
  head?: Uint8Array[]
  validity?: Uint8Array
  spki?: Uint8Array
}): string {
  const head = fields.head ?? [version, serial]
  const body = [fields.validity ?? validity, subject, fields.spki ?? spki, ...rest]
  const all = [...head, algorithm, issuer, ...body] as Uint8Array[]
  const der = writeDer(derTag.sequence, writeDer(derTag.sequence, ...all))
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`
}

/** The serial number field of a certificate. */
export const serialField = (hex: string): Uint8Array =>
  writeDer(derTag.integer, Buffer.from(hex, 'hex'))

/** The validity field: from the first day of one year to the first day of another. */
export const validityField = (from: string, to: string): Uint8Array =>
  writeDer(
    derTag.sequence,
    ...[from, to].map((year) =>
      writeDer(derTag.generalizedTime, Buffer.from(`${year}0101000000Z`)),
    ),
  )
