// One call to a mock in the same process: ours, which verifies and signs, compared with mocks that
// do neither.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { operationExamples, spec } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { getResponse, type HttpHandler, HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import type { Contestant } from '../support/compare.ts'
import { runSuite } from '../support/suite.ts'
import { openPeers } from './peers.ts'

const { path } = spec.operations.qsMiniProgramPreEntrustSign
const { args } = operationExamples.qsMiniProgramPreEntrustSign
const body = JSON.stringify(args.json)
const url = `https://api.mch.weixin.qq.com${path}`

// One signature for all calls, so that signing is not measured: this mock accepts a repeated nonce.
const mock = createMock({ rejectReplays: false })
const { merchant } = mock
const privateKey = createPrivateKey(merchant.privateKey)
const publicKey = createPublicKey(privateKey)
const timestamp = Math.floor(Date.now() / 1000)
const signedText = Buffer.from(`POST\n${path}\n${timestamp}\nN\n${body}\n`)
const signature = sign('sha256', signedText, privateKey)
const headers = {
  Accept: 'application/json',
  'Content-Type': 'application/json',
  'User-Agent': 'bench/1',
  Authorization:
    `WECHATPAY2-SHA256-RSA2048 mchid="${merchant.mchid}",nonce_str="N",signature="${signature.toString('base64')}",` +
    `timestamp="${timestamp}",serial_no="${merchant.serialNumber}"`,
}

/** A handler for each operation, like the mock's, that responds with the example. */
const bare = Object.values(spec.operations).map(({ id, method, path }) =>
  http[method.toLowerCase() as 'get' | 'post'](`*${path.replace(/\{(\w+)\}/g, ':$1')}`, () =>
    HttpResponse.json(operationExamples[id].data),
  ),
)
const peers = await openPeers(headers, body, path)

/** The cryptography that every signing mock needs, with the same key. */
const signing: Contestant = {
  name: 'one verification and one signature alone',
  run() {
    if (!verify('sha256', signedText, publicKey, signature))
      throw new Error('the signature does not verify')
    return sign('sha256', signedText, privateKey).length
  },
}

/**
 * Reads the response as a client does. Throws when the mock does not respond as it must.
 */
async function take(response: Response | undefined): Promise<void> {
  if (response?.status !== 200) throw new Error(`answered ${response?.status}`)
  const { service_id } = (await response.json()) as { service_id?: unknown }
  if (typeof service_id !== 'number') throw new Error('the answer has no service_id')
}

const inProcess = (name: string, handlers: HttpHandler[]): Contestant => ({
  name,
  run: async () =>
    take(await getResponse(handlers, new Request(url, { method: 'POST', headers, body }))),
})

let listening: { name: string; close(): void } | undefined
/** The global fetch, intercepted by one mock at a time. */
const intercepted = (name: string, handlers: readonly HttpHandler[]): Contestant => ({
  name,
  async run() {
    if (listening?.name !== name) {
      listening?.close()
      const server = setupServer(...handlers)
      server.listen({ onUnhandledFrame: 'error' })
      listening = { name, close: () => server.close() }
    }
    await take(await fetch(url, { method: 'POST', headers, body }))
  },
})

const version = (name: string) =>
  JSON.parse(
    readFileSync(new URL(`mock-peers/node_modules/${name}/package.json`, import.meta.url), 'utf8'),
  ).version

await runSuite(
  'mock-in-process',
  [
    {
      title: 'A call in process, without interception',
      contestants: [
        inProcess('bare MSW handler', bare),
        {
          name: 'this mock, mock.fetch',
          run: async () => take(await mock.fetch(url, { method: 'POST', headers, body })),
        },
        signing,
        { name: `Prism ${version('@stoplight/prism-http')}`, run: peers.prism },
        inProcess(`msw-auto-mock ${version('msw-auto-mock')}`, peers.autoMock),
      ],
    },
    {
      title: 'A call through MSW, by the global fetch',
      contestants: [
        intercepted('bare MSW handler', bare),
        intercepted('this mock, mock.handlers', mock.handlers),
        signing,
        intercepted(`msw-auto-mock ${version('msw-auto-mock')}`, peers.autoMock),
      ],
    },
  ],
  [
    'All answer the same pre-sign request with 200. This mock verifies the request, checks it against the spec, keeps state and signs its answer; ' +
      'Prism checks the request against the spec; the others look at nothing. What signing alone costs stands in a row of its own: 1/ours − 1/signing is the rest.',
  ],
)
listening?.close()
