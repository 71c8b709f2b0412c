import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { importRsaPrivateKey } from '@wechatpay-entrust/auth/crypto'
import { type BuildOptions, buildNotification } from '@wechatpay-entrust/notification/platform'
import keys from '../../spec/vectors/testing-keys.json' with { type: 'json' }
import { equal } from './expect.ts'

interface Message {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What WeChat Pay and others send to a receiver, and the response that they must get. */
export const receiverCases: readonly { readonly name: string; run(url: string): Promise<void> }[] =
  [
    {
      name: 'a genuine notification gets 204 without a body, and so does its repeat',
      async run(url) {
        for (let time = 0; time < 2; time++)
          equal(await responseTo(url, await message('genuine')), '204 ')
      },
    },
    {
      name: 'tampered, unsigned, old, compressed or too long: 401, always with the same body',
      async run(url) {
        const genuine = await message('rejected')
        const changed = genuine.body.slice()
        changed[30] = (changed[30] as number) ^ 1
        const compressed = { ...genuine.headers, 'Content-Encoding': 'gzip' }
        for (const rejected of [
          { ...genuine, body: changed },
          { ...genuine, headers: { 'Content-Type': 'application/json' } },
          await message('rejected', { clock: () => Date.now() - 302_000 }),
          { headers: compressed, body: gzipSync(genuine.body) },
          { ...genuine, body: new Uint8Array(70_000) },
        ])
          equal(await responseTo(url, rejected), `401 ${failBody}`)
        equal(await responseTo(url, genuine), '204 ')
      },
    },
    {
      name: 'the same id with another content is not accepted: 500',
      async run(url) {
        equal(await responseTo(url, await message('conflict')), '204 ')
        const other = await message('conflict', {
          resource: { mchid: keys.merchant.mchid, contract_id: '2' },
        })
        equal(await responseTo(url, other), `500 ${failBody}`)
      },
    },
    {
      name: 'a GET is rejected: 405',
      async run(url) {
        equal((await fetch(url)).status, 405)
      },
    },
    {
      name: 'a body that never ends gets 401, and one that breaks off does no harm',
      async run(url) {
        const broken = await sendHalf(url)
        broken.destroy()
        const half = await sendHalf(url)
        const [first] = await once(half, 'data')
        equal(String(first).split('\r\n', 1)[0], 'HTTP/1.1 401 Unauthorized')
        half.destroy()
        equal(await responseTo(url, await message('after')), '204 ')
      },
    },
  ]

const failBody = '{"code":"FAIL","message":"失败"}'

async function message(id: string, more: Partial<BuildOptions> = {}): Promise<Message> {
  return buildNotification({
    id,
    event_type: 'ENTRUST.SIGN',
    original_type: 'contract',
    associated_data: 'contract',
    resource: { mchid: keys.merchant.mchid, contract_id: '123124412412423431' },
    apiV3Key: keys.apiV3Key,
    key: importRsaPrivateKey(keys.platform.privateKey),
    serialNumber: keys.platform.serialNumber,
    ...more,
  })
}

async function responseTo(url: string, { headers, body }: Message): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: body as Uint8Array<ArrayBuffer>,
  })
  return `${response.status} ${await response.text()}`
}

/** Sends a request with half of its body. */
async function sendHalf(url: string) {
  const { headers, body } = await message('half')
  const { hostname, port, pathname } = new URL(url)
  const socket = connect(Number(port), hostname)
  const lines = Object.entries({ ...headers, Host: hostname, 'Content-Length': body.length })
  socket.write(
    `POST ${pathname} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )
  await new Promise((resolve) => socket.write(body.subarray(0, 100), resolve))
  return socket
}
