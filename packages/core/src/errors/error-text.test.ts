import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createClient } from '../call/client.ts'
import { failing, preSign } from '../testing/failing.ts'
import { preSignBody, rejection, responding, unverified } from '../testing/handler.ts'
import type { ApiError } from './api-error.ts'

test("T-26 the server's text is one short line: no control or direction characters, no forged log line", async () => {
  const message = `a\r\nFAKE LOG \u001b[31m \u202e \u2028 ${'x'.repeat(5000)}`
  const error = await preSign(
    failing(JSON.stringify({ code: 'PARAM_ERROR', message }), 400, {
      'request-id': 'r'.repeat(5000),
    }),
  )
  expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
  expect(error.message.length).toBeLessThan(1500)
})

test('T-26 no personal value of the request is shown, even if the server repeats it', async () => {
  const json = {
    ...preSignBody,
    openid: 'canary-openid',
    sub_openid: 'canary-sub',
    contract_display_account: '金丝雀',
  }
  const body = JSON.stringify({
    code: 'PARAM_ERROR',
    message: '用户金丝雀 canary-openid 无效',
    detail: { field: '/openid', value: 'canary-openid', issue: 'canary-sub is not known' },
  })
  const { fetch } = responding(() => unverified(body, { status: 400 }))
  const error = (await rejection(
    createClient({ fetch, maxAttempts: 1 }).qsMiniProgramPreEntrustSign({ json }),
  )) as ApiError
  const printed = [
    String(error),
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: null, showHidden: true }),
    inspect({ ...error }),
  ]
  for (const text of printed) expect(text).not.toMatch(/canary|金丝雀|yourapp/)
  expect(error.message).toContain('用户[…] […] 无效 (/openid: […] is not known)')
  expect(error.detail).toMatchObject({ value: 'canary-openid' })
})

test('T-26 personal values are masked at any depth of an untyped body, and an empty one masks nothing', async () => {
  const { fetch } = responding(() =>
    unverified('{"code":"A","message":"canary is bad"}', { status: 400 }),
  )
  const { request } = createClient({ fetch, maxAttempts: 1 })
  const messageOf = async (json: object) =>
    String(await rejection(request('POST', '/v3/x', { json })))
  expect(await messageOf({ payer: [{ openid: 'canary' }] })).toContain('[…] is bad')
  expect(await messageOf({ payer: { openid: '' } })).toContain('canary is bad')
})
