// Signed responses per second of the standalone mock, compared with the minimum that such a mock
// must do.
import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { Agent, request as httpRequest } from 'node:http'
import { operationExamples, spec } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import type { Comparison, Contestant } from '../support/compare.ts'
import type { Target } from '../support/report.ts'
import { effort, runSuite } from '../support/suite.ts'
import { type ServerKind, startServer } from './servers.ts'

const { merchant } = createMock()
const privateKey = createPrivateKey(merchant.privateKey)
const { path } = spec.operations.qsMiniProgramPreEntrustSign
const body = JSON.stringify(operationExamples.qsMiniProgramPreEntrustSign.args.json)

/** Signed in advance, each with its own nonce: the mock rejects a repeated one. */
function authorization(): string {
  const timestamp = Math.floor(Date.now() / 1000)
  const nonce = randomBytes(16).toString('hex')
  const text = Buffer.from(`POST\n${path}\n${timestamp}\n${nonce}\n${body}\n`)
  const signature = sign('sha256', text, privateKey).toString('base64')
  return (
    `WECHATPAY2-SHA256-RSA2048 mchid="${merchant.mchid}",nonce_str="${nonce}",signature="${signature}",` +
    `timestamp="${timestamp}",serial_no="${merchant.serialNumber}"`
  )
}
const enough = Math.ceil((effort.rounds + 1) * effort.sliceMs * 2.6)
// Enough for both comparisons: more than a signature for each request allows in that time.
const signed = Array.from({ length: 2 * enough }, authorization)

const servers: { close(): Promise<unknown> }[] = []
async function contestant(kind: ServerKind): Promise<Contestant> {
  const server = await startServer(kind)
  servers.push(server)
  const agent = new Agent({ keepAlive: true })
  let next = 0
  const run = () =>
    new Promise<void>((resolve, reject) => {
      const Authorization =
        signed[next++] ?? reject(new Error('more requests were signed than were needed: raise it'))
      const headers = {
        Authorization: String(Authorization),
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        'User-Agent': 'bench/1',
      }
      const outgoing = httpRequest(
        `${server.baseUrl}${path}`,
        { method: 'POST', agent, headers },
        (incoming) => {
          incoming
            .resume()
            .on('end', () =>
              incoming.statusCode === 200 ? resolve() : reject(incoming.statusCode),
            )
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  return { name: kind, run }
}

const contestants: Comparison['contestants'] = [
  await contestant('bare'),
  await contestant('bare on the thread pool'),
  await contestant('mock'),
]
const targets: readonly Target[] = [{ name: 'mock', atLeast: 0.9 }]
await runSuite(
  'mock-answers',
  [
    { title: 'Signed answers', contestants, targets },
    { title: 'Signed answers', inFlight: 16, contestants, targets },
  ],
  [
    'Bare: MSW handlers of the same paths behind the same kind of bridge, one `verify` and one `sign` of node:crypto, nothing else checked.',
  ],
)
for (const server of servers) await server.close()
