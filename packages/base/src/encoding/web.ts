import type { Encoding } from './encoding.ts'

const encoder = new TextEncoder()

/** The implementation on web platform APIs, for Workers, Deno, Bun and browsers. */
export const encoding: Encoding = {
  name: 'web',
  allocate: (length) => new Uint8Array(length),
  fromText: (text) => encoder.encode(text),
  fromBase64: (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
  toBase64(bytes) {
    let binary = ''
    // In slices, because a function call accepts a limited number of arguments.
    for (let at = 0; at < bytes.length; at += 8192)
      binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
    return btoa(binary)
  },
}
