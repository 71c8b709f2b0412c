import { concatBytes } from '@wechatpay-entrust/base'

/** One element of a DER encoding (X.690): tag, contents, and all its bytes with the header. */
export interface DerElement {
  readonly tag: number
  readonly contents: Uint8Array
  readonly encoded: Uint8Array
}

export const derTag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
} as const

/**
 * Reads consecutive elements. Throws a plain Error if the encoding is truncated or not supported.
 */
export function readDer(bytes: Uint8Array): DerElement[] {
  const elements: DerElement[] = []
  for (let at = 0; at < bytes.length; ) {
    const element = readElement(bytes, at)
    elements.push(element)
    at += element.encoded.length
  }
  return elements
}

function readElement(bytes: Uint8Array, start: number): DerElement {
  const tag = bytes[start]
  const first = bytes[start + 1]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f)
    throw new Error('broken DER header')
  let contentsAt = start + 2
  let length = first
  if (first >= 0x80) {
    const octets = first & 0x7f
    // Three length octets allow 16 MiB, far more than any key, and cannot overflow.
    if (octets === 0 || octets > 3) throw new Error('unsupported DER length')
    length = 0
    for (let i = 0; i < octets; i++) length = length * 256 + (bytes[contentsAt++] ?? Number.NaN)
  }
  const end = contentsAt + length
  // `!(a <= b)` is also true for the NaN of a truncated length.
  if (!(end <= bytes.length)) throw new Error('truncated DER')
  return { tag, contents: bytes.subarray(contentsAt, end), encoded: bytes.subarray(start, end) }
}

/** The elements inside a constructed element, which must have the given tag. */
export function readInside(element: DerElement | undefined, tag: number): DerElement[] {
  return readDer(contentsOf(element, tag))
}

/** The contents of an element that must have the given tag. */
export function contentsOf(element: DerElement | undefined, tag: number): Uint8Array {
  if (element?.tag !== tag) throw new Error('unexpected DER element')
  return element.contents
}

/** Writes one element. */
export function writeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const inside = concatBytes(contents)
  const { length } = inside
  const lengthOctets: number[] = []
  for (let rest = length; rest > 0; rest >>= 8) lengthOctets.unshift(rest & 0xff)
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 | lengthOctets.length, ...lengthOctets]
  return concatBytes([new Uint8Array(header), inside])
}
