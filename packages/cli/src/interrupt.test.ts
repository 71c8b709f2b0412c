import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { spawnCli, testMock } from './testing/run-cli.ts'

const code = ['12535', 'wxwtdk20200910100000']

test('Ctrl-C during a call exits with 130', async () => {
  const { settings, server } = await testMock()
  const child = spawnCli(['query', ...code, '--wait', '600'], { env: settings })
  await vi.waitFor(() => expect(server.mock.requests()).toHaveLength(1), { timeout: 20_000 })
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([130, null])
})

test('Ctrl-C during a call with an effect reports that it may have been carried out', async () => {
  const { settings, server } = await testMock()
  server.mock.faults.add({
    operation: 'terminateContractByCode',
    name: 'latency',
    delay_ms: 60_000,
  })
  const child = spawnCli(['terminate', ...code, '--remark', 'r', '--yes', '--json'], {
    env: settings,
  })
  const printed = text(child.stdout)
  await vi.waitFor(() => expect(server.mock.requests()).toHaveLength(1), { timeout: 20_000 })
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([130, null])
  expect(JSON.parse(await printed)).toMatchObject({ error: { exitCode: 130, outcome: 'unknown' } })
})

test('Ctrl-C also ends a command whose server never responds', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  onTestFinished(() => void silent.close())
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const child = spawnCli(['inbox', 'ls', '--store', `redis://127.0.0.1:${port}`])
  const [socket] = (await once(silent, 'connection')) as [Socket]
  onTestFinished(() => void socket.destroy())
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([130, null])
})
