import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { expect, test } from 'vitest'
import { createMock } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'
import { authorize, isSignedBy, preSignBody, preSignPath } from './by-hand.ts'

test("handlers work in a consumer's own MSW set-up, and its receiver gets the notification", async () => {
  const mock = createMock({ allowNotifyHosts: ['shop.test'] })
  const notified: { headers: Map<string, string>; body: Buffer }[] = []
  const server = setupServer(
    ...mock.handlers,
    http.post('https://shop.test/notify', async ({ request }) => {
      notified.push({
        headers: new Map(request.headers),
        body: Buffer.from(await request.arrayBuffer()),
      })
      return new HttpResponse(null, { status: 204 })
    }),
    http.get('https://api.github.test/v3/users', () => HttpResponse.json({ mine: true })),
  )
  server.listen({ onUnhandledFrame: 'error' })
  try {
    const body = JSON.stringify({ ...preSignBody, notify_url: 'https://shop.test/notify' })
    const request = { method: 'POST', target: preSignPath, body }
    const answer = await fetch(`https://api.mch.weixin.qq.com${preSignPath}`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', Authorization: authorize(request) },
    })
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(answer.status).toBe(200)
    const { certificate, serialNumber } = mockKeys.platform
    expect(isSignedBy(certificate, serialNumber, new Map(answer.headers), bytes)).toBe(true)

    await mock.user.signs(JSON.parse(bytes.toString('utf8')))
    expect(mock.deliveries()).toMatchObject([{ status: 204, attempt: 1 }])
    expect(notified).toHaveLength(1)
    expect(
      isSignedBy(
        certificate,
        serialNumber,
        notified[0]?.headers ?? new Map(),
        notified[0]?.body ?? Buffer.of(),
      ),
    ).toBe(true)

    const unsigned = await fetch('https://api.mch.weixin.qq.com/v3/certificates')
    expect(unsigned.status).toBe(401)
    expect(await (await fetch('https://api.github.test/v3/users')).json()).toEqual({ mine: true })
  } finally {
    server.close()
  }
})
