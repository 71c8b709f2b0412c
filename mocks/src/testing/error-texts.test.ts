import { expect, test } from 'vitest'
import { createNodeDelivery, startMockServer } from '../entries/node.ts'
import { createFetchDelivery, createMock, generateTestNotification } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'
import { ask, preSignBody } from './by-hand.ts'

const { merchant, platform } = mockKeys
const key = { service_id: 1, out_contract_code: 'A1' }

/** What a call throws or rejects with. */
async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  return expect.unreachable('nothing was thrown')
}

test('an unknown option is rejected by name, with the nearest one, before anything is created', async () => {
  const calls: [() => unknown, string, string][] = [
    [() => createMock({ mchId: '1' } as never), 'mchId', 'mchid'],
    [() => createMock({ retryDelay: [1] } as never), 'retryDelay', 'retryDelays'],
    [
      () => createFetchDelivery({ allowNotifyHost: [] } as never),
      'allowNotifyHost',
      'allowNotifyHosts',
    ],
    [() => createNodeDelivery({ resolver: () => [] } as never), 'resolver', 'resolve'],
    [() => startMockServer({ prot: 1 } as never), 'prot', 'port'],
    [() => startMockServer({ readyfile: 'x' } as never), 'readyfile', 'readyFile'],
    [() => generateTestNotification({ ageSecond: 1 } as never), 'ageSecond', 'ageSeconds'],
  ]
  for (const [call, slot, nearest] of calls)
    expect(await thrownBy(call)).toMatchObject({
      name: 'ConfigurationError',
      code: 'unknown-option',
      slot,
      message: expect.stringContaining(`expected ${nearest}. Write ${nearest}, if you meant that.`),
      remedy: { zh: expect.stringContaining(nearest) },
    })
  expect(() => createMock({ mchid: undefined, debug: undefined } as never)).not.toThrow()
})

test('an invalid option or argument is rejected with slot, found and expected', async () => {
  const mock = createMock()
  const calls: [() => unknown, string][] = [
    [() => createMock(null as never), 'options'],
    [() => createMock({ seed: Number.NaN }), 'seed'],
    [() => createMock({ mchid: 1900000100 as never }), 'mchid'],
    [() => createMock({ clock: 5 as never }), 'clock'],
    [() => createMock({ retryDelays: [-1] }), 'retryDelays'],
    [() => createMock({ rateLimit: { requests: 1, seconds: 0 } }), 'rateLimit'],
    [() => createMock({ notificationKey: 1.5 }), 'notificationKey'],
    [() => createMock({ allowNotifyHosts: ['https://shop.test'] }), 'allowNotifyHosts'],
    [() => createMock({ rejectReplays: 'no' as never }), 'rejectReplays'],
    [() => startMockServer({ port: 70_000 }), 'port'],
    [() => generateTestNotification({ kind: 'sign' as never }), 'kind'],
    [() => generateTestNotification({ ageSeconds: Number.NaN }), 'ageSeconds'],
    [() => mock.platform.forbid('nope' as never), 'operation'],
    [() => mock.platform.permit('nope' as never), 'operation'],
    [() => mock.platform.limitRate({ requests: -1, seconds: 1 }), 'rateLimit'],
    [() => mock.platform.signNotificationsWith('key' as never), 'notificationKey'],
    [() => mock.notifications.release('backwards' as never), 'order'],
    [() => mock.notifications.stale('EV-1', 0.5), 'ageSeconds'],
    [() => mock.user.signs(undefined as never), 'session'],
    [() => mock.user.signs({ data: {} } as never), 'session'],
    [() => mock.user.terminates(null as never), 'contract'],
    [() => mock.terminate({ ...key, service_id: '1' as never }), 'contract.service_id'],
    [() => mock.terminate(key, 'me' as never), 'by'],
  ]
  for (const [call, slot] of calls) {
    const error = await thrownBy(call)
    expect([slot, error]).toEqual([
      slot,
      expect.objectContaining({ code: 'malformed-option', slot }),
    ])
    expect(error).toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(/^[\w.]+: found .+; expected .+\. .+\.$/),
      remedy: { en: expect.stringMatching(/\.$/), zh: expect.stringMatching(/[。]$/) },
    })
  }
})

test('the texts of errors about the state', async () => {
  const mock = createMock({ deliver: async () => 204 })
  const body = JSON.stringify(preSignBody)
  const target = '/v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program'
  const { json } = await ask(mock, { method: 'POST', target, body })
  const text = async (call: () => unknown) => String(await thrownBy(call))
  const texts = [
    await text(() => mock.user.signs('none')),
    await text(() => mock.user.signs(key)),
    await text(() => mock.terminate(key)),
    await text(() => mock.notifications.repeat('EV-0')),
    await text(() => mock.platform.retireCertificate()),
  ]
  await mock.user.signs(json)
  texts.push(await text(() => mock.user.abandons(json)))
  await mock.user.terminates(preSignBody)
  texts.push(await text(() => mock.user.terminates(preSignBody)))
  mock.platform.rotateCertificate()
  texts.push(await text(() => mock.platform.publishCertificate()))
  texts.push(await text(() => mock.platform.rotateCertificate()))
  expect(texts).toMatchInlineSnapshot(`
    [
      "MockStateError: session: found the pre_entrustweb_id "none"; expected a session of this mock. Pre-sign with this mock first; mock.sessions() lists its sessions.",
      "MockStateError: session: found service_id 1 and out_contract_code "A1"; expected a session of this mock. Pre-sign with this mock first; mock.sessions() lists its sessions.",
      "MockStateError: contract: found service_id 1 and out_contract_code "A1"; expected a contract of this mock. Let the user sign first: await mock.user.signs(session). mock.contracts() lists the contracts.",
      "MockStateError: notification_id: found "EV-0"; expected the id of a notification of this mock. mock.notifications.list() lists the notifications with their ids.",
      "MockStateError: certificate: found the old certificate, which still signs; expected the step before this one. Call rotateCertificate() first.",
      "MockStateError: session: found one that is signed; expected an open one, which can become abandoned. Pre-sign again for a new session.",
      "MockStateError: contract: found a terminated one; expected one that is SIGNED. Let the user sign another out_contract_code: a terminated one cannot be used again.",
      "MockStateError: certificate: found the next certificate, published already; expected the step before this one. The mock has two certificates; mock.reset() starts again with the first.",
      "MockStateError: certificate: found the next certificate, which signs already; expected the step before this one. The mock has two certificates; mock.reset() starts again with the first.",
    ]
  `)
})

test('the 401 explains a serial number that is in lower case, or that of another key', async () => {
  const { serialNumber } = merchant
  const issues: Record<string, string> = {}
  for (const [name, serial] of Object.entries({
    'lower case': serialNumber.toLowerCase(),
    "the platform's": platform.serialNumber,
    another: 'ABCDEF01',
  })) {
    const mock = createMock()
    const { status, json } = await ask(mock, { target: '/v3/certificates', serialNumber: serial })
    expect([status, json.code, json.detail.field]).toEqual([401, 'SIGN_ERROR', 'serial_no'])
    issues[name] = json.detail.detail.issue
    expect(mock.requests()[0]?.reason).toBe(`serial_no: ${issues[name]}`)
  }
  expect(issues).toMatchInlineSnapshot(`
    {
      "another": "unknown serial_no",
      "lower case": "unknown serial_no: it differs in upper and lower case; write it in capitals",
      "the platform's": "unknown serial_no: it names a key of the platform; expected that of the merchant's certificate",
    }
  `)
})

test('a failed delivery is logged with its whole id, without the query of the address', async () => {
  const lines: string[] = []
  const mock = createMock({
    log: (line) => void lines.push(line),
    deliver: async () => {
      throw new Error('connect ECONNREFUSED\n127.0.0.1:9')
    },
    seed: 1,
  })
  const body = JSON.stringify({ ...preSignBody, contract_display_account: 'A' })
  const target = '/v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program'
  const { json } = await ask(mock, { method: 'POST', target, body })
  await mock.user.signs(json)
  const [{ notification_id, url } = { notification_id: '', url: '' }] = mock.notifications.list()
  expect(lines).toEqual([
    `notification ${notification_id}, attempt 1: not delivered to ${url}: connect ECONNREFUSED 127.0.0.1:9`,
  ])
})
