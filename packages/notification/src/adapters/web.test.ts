import { expect, test } from 'vitest'
import { createBench, failBody, genuine } from '../testing/adapter-suite.ts'
import { createWebHandler } from './web.ts'

const url = 'https://merchant.example/notify'
const requestOf = ({ headers, body }: Awaited<ReturnType<typeof genuine>>) =>
  new Request(url, { method: 'POST', headers, body })

/** A route handler of Next.js has this form: an exported function of Request. */
const bench = createBench()
const POST = createWebHandler(bench.options)

test('a Request gives a Response: 204 after it is stored, 401 and 500 with the fixed body', async () => {
  const message = await genuine()
  const accepted = await POST(requestOf(message))
  expect([accepted.status, accepted.body, bench.stored.length]).toEqual([204, null, 1])
  const rejected = await POST(requestOf({ ...message, body: message.body.slice(1) }))
  expect([rejected.status, await rejected.text()]).toEqual([401, failBody])
  const other = await genuine({ resource: { another: 1 } })
  const conflict = await POST(requestOf(other))
  expect([conflict.status, await conflict.text()]).toEqual([500, failBody])
})

test('T-17 a Request that was already read gets 500, and the event names the fix', async () => {
  const request = requestOf(await genuine())
  await request.json()
  const response = await POST(request)
  expect([response.status, await response.text()]).toEqual([500, failBody])
  const { error } = bench.events.at(-1) as { error: Error }
  expect(error.message).toContain('pass the Request before anything reads it')
  expect(error.message).not.toContain('express')
})

test('other methods than POST get 405', async () => {
  const response = await POST(new Request(url))
  expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([
    405,
    'POST',
    '',
  ])
})
