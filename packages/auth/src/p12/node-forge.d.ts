// The part of node-forge that is used here. @types/node-forge would bring Node's globals into
// portable code.
declare module 'node-forge' {
  /** Text in which each character stands for one byte. */
  export type BinaryString = string

  export interface Asn1 {
    readonly tagClass: number
  }

  /**
   * If forge knows the contents of a bag, they are in `key` or `cert`; otherwise the plain ASN.1 is
   * in `asn1`.
   */
  export interface Bag {
    readonly key?: object | null
    readonly cert?: object | null
    readonly asn1?: Asn1
  }

  interface Forge {
    readonly asn1: {
      fromDer(bytes: BinaryString): Asn1
      toDer(value: Asn1): { getBytes(): BinaryString }
    }
    readonly pki: {
      readonly oids: {
        readonly keyBag: string
        readonly pkcs8ShroudedKeyBag: string
        readonly certBag: string
      }
      privateKeyToAsn1(key: object): Asn1
      wrapRsaPrivateKey(rsaKey: Asn1): Asn1
      certificateToAsn1(certificate: object): Asn1
    }
    readonly pkcs12: {
      pkcs12FromAsn1(
        value: Asn1,
        strict: boolean,
        password: string,
      ): {
        getBags(filter: { bagType: string }): Readonly<Record<string, readonly Bag[] | undefined>>
      }
    }
  }

  const forge: Forge
  export default forge
}
