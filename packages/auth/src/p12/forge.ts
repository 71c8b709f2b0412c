/// <reference path="./node-forge.d.ts" />
import { decodeBase64, encodeBase64 } from '@wechatpay-entrust/base'
import type { Asn1, Bag, BinaryString } from 'node-forge'
import { ConfigurationError } from '../errors.ts'

/** The contents of a .p12 in DER, in the order of the file. */
export interface P12Bags {
  /** PKCS#8. */
  readonly privateKeys: readonly Uint8Array[]
  readonly certificates: readonly Uint8Array[]
}

/**
 * Opens a PKCS#12 file with node-forge. The library is loaded at the first use: with PEM files it
 * need not be installed.
 */
export async function openP12(file: Uint8Array, password: string): Promise<P12Bags> {
  const { asn1, pki, pkcs12 } = await loadForge()
  const der = (value: Asn1): Uint8Array => fromBinary(asn1.toDer(value).getBytes())
  const opened = pkcs12.pkcs12FromAsn1(asn1.fromDer(toBinary(file)), false, password)
  const bags = (bagType: string): readonly Bag[] => opened.getBags({ bagType })[bagType] ?? []
  const keys = [...bags(pki.oids.pkcs8ShroudedKeyBag), ...bags(pki.oids.keyBag)]
  return {
    // forge returns the plain ASN.1 of a key that it does not know, such as an EC key.
    privateKeys: keys.flatMap(({ key, asn1 }) => {
      const pkcs8 = key ? pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(key)) : asn1
      return pkcs8 ? [der(pkcs8)] : []
    }),
    certificates: bags(pki.oids.certBag).flatMap(({ cert, asn1 }) => {
      const certificate = cert ? pki.certificateToAsn1(cert) : asn1
      return certificate ? [der(certificate)] : []
    }),
  }
}

async function loadForge() {
  try {
    return (await import('node-forge')).default
  } catch {
    throw new ConfigurationError('missing-library', {
      slot: 'p12',
      found: 'no package node-forge, which reads .p12 files',
      expected: 'it beside @wechatpay-entrust/auth, as an optional peer dependency',
      remedy: {
        en: 'Install it (npm install node-forge), or use apiclient_key.pem, which needs no library.',
        zh: '请安装（npm install node-forge），或改用无需依赖库的 apiclient_key.pem。',
      },
    })
  }
}

const toBinary = (bytes: Uint8Array): BinaryString => atob(encodeBase64(bytes))

const fromBinary = (text: BinaryString): Uint8Array => decodeBase64(btoa(text)) as Uint8Array
