import { constants, createPrivateKey, privateEncrypt } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** DER of DigestInfo for SHA-256, without the digest (RFC 8017, section 9.2). */
const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex')

interface SignRequest {
  readonly KeyId: string
  readonly Message: string
  readonly MessageType: string
  readonly SigningAlgorithm: string
}

/**
 * The `Sign` operation of the HTTP API of AWS KMS: rejects what KMS rejects, and creates real
 * signatures. `latency` in milliseconds.
 */
export async function startKmsStub(keyId: string, privateKeyPem: string, latency: number) {
  const key = createPrivateKey(privateKeyPem)
  const server = createServer(async (request, response) => {
    const respond = (status: number, body: object) =>
      response
        .writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify(body))
    const reject = (type: string) => respond(400, { __type: type, message: type })
    if (!isSignCall(request)) return reject('UnknownOperationException')
    const { KeyId, Message, MessageType, SigningAlgorithm } = (await json(request)) as SignRequest
    if (KeyId !== keyId) return reject('NotFoundException')
    const digest = Buffer.from(Message, 'base64')
    const wellFormed = MessageType === 'DIGEST' && digest.length === 32
    if (!wellFormed || SigningAlgorithm !== 'RSASSA_PKCS1_V1_5_SHA_256')
      return reject('ValidationException')
    await sleep(latency)
    const padding = constants.RSA_PKCS1_PADDING
    const Signature = privateEncrypt(
      { key, padding },
      Buffer.concat([digestInfo, digest]),
    ).toString('base64')
    return respond(200, { KeyId, Signature, SigningAlgorithm })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { endpoint: `http://127.0.0.1:${port}`, close: () => server.close() }
}

const isSignCall = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' &&
  headers['x-amz-target'] === 'TrentService.Sign' &&
  /^AWS4-HMAC-SHA256 Credential=/.test(headers.authorization ?? '')
