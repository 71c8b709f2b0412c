import { expect, test } from 'vitest'
import { readNetworkFailure } from './network-failure.ts'

const host = 'api.mch.weixin.qq.com'
const read = (fields: object, depth = 1) => {
  let error: Error = Object.assign(new Error('system'), fields)
  for (let at = 0; at < depth; at += 1) error = new TypeError('fetch failed', { cause: error })
  return readNetworkFailure(error, host)
}

test.each([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  ...[
    'WRONG_VERSION_NUMBER',
    'UNSUPPORTED_PROTOCOL',
    'PROTOCOL_VERSION',
    'HANDSHAKE_FAILURE',
    'UNRECOGNIZED_NAME',
  ].flatMap((reason) => [`ERR_SSL_${reason}`, `ERR_SSL_TLSV1_ALERT_${reason}`]),
])('%s: never sent, check network and proxy', (code) => {
  expect(read({ code })).toEqual({
    isNeverSent: true,
    text: `no connection to ${host} could be made (${code})`,
    remedy: 'UNREACHABLE',
  })
  expect(read({ code, syscall: 'write' }).isNeverSent).toBe(false)
  expect(read({ code: `X_${code}` }).isNeverSent).toBe(false)
})

test.each([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])('%s: never sent, the certificate is not trusted', (code) => {
  expect(read({ code })).toMatchObject({ isNeverSent: true, remedy: 'CERTIFICATE' })
  expect(read({ code: `X_${code}` }).isNeverSent).toBe(false)
})

test.each([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'ERR_SSL_BAD_RECORD_MAC',
  'ERR_SSL_WRONG_VERSION_NUMBER_X',
])('%s: perhaps sent, unless it happened while connecting', (code) => {
  expect(read({ code })).toEqual({
    isNeverSent: false,
    text: `the connection to ${host} broke before the response was complete (${code})`,
    remedy: 'BROKEN',
  })
  expect(read({ code, syscall: 'connect' }).isNeverSent).toBe(true)
})

test('the end of a TLS handshake is known by its message', () => {
  const message = 'Client network socket disconnected before secure TLS connection was established'
  const error = Object.assign(new Error(message), { code: 'ECONNRESET' })
  expect(readNetworkFailure(new TypeError('x', { cause: error }), host).isNeverSent).toBe(true)
})

test('a proxy that rejects CONNECT: never sent, with its status where it is known', () => {
  const undici = new Error('Proxy response (407) !== 200 when HTTP Tunneling')
  expect(readNetworkFailure(new TypeError('x', { cause: undici }), host)).toEqual({
    isNeverSent: true,
    text: `the outgoing proxy rejected the connection to ${host} with status 407; nothing was sent to WeChat Pay`,
    remedy: 'PROXY',
  })
  expect(read({ code: 'ERR_PROXY_TUNNEL' })).toEqual({
    isNeverSent: true,
    text: `the outgoing proxy rejected the connection to ${host}; nothing was sent to WeChat Pay`,
    remedy: 'PROXY',
  })
  const quoted = new Error('server says: Proxy response (407) !== 200')
  expect(readNetworkFailure(quoted, host).remedy).toBe('BROKEN')
})

test('an error without a code, a value that is no error, and causes deeper than four', () => {
  const text = `the connection to ${host} broke before the response was complete`
  for (const error of [new Error('x'), undefined, 'x', { code: 'ECONNREFUSED' }])
    expect(readNetworkFailure(error, host)).toEqual({ isNeverSent: false, text, remedy: 'BROKEN' })
  expect(read({ code: 'ENOTFOUND' }, 3).isNeverSent).toBe(true)
  expect(read({ code: 'ENOTFOUND' }, 4).isNeverSent).toBe(false)
})
