import { expect, test } from 'vitest'
import { envelope, keys, options, rejectionOf, seal, signed } from '../testing/fixtures.ts'
import { openNotification } from './open-notification.ts'
import { receiveNotification } from './receive.ts'

const opening = (plaintext: string) => signed(envelope(seal(plaintext)))

test('an error of a stored body has the id of its notification', async () => {
  const { body } = opening('not json')
  await expect(openNotification(body, options)).rejects.toMatchObject({
    code: 'malformed-plaintext',
    notificationId: 'EV-2018022511223320873',
  })
})

test.each(['null', '7', '"text"', '[]', 'true'])(
  'a resource that is %s is no record: unknown, with its plaintext, and not rejected',
  async (plaintext) => {
    expect(await receiveNotification(opening(plaintext), options)).toMatchObject({
      kind: 'unknown',
      resource: JSON.parse(plaintext),
      plaintext,
    })
  },
)

test('a merchant id that is null counts as missing', async () => {
  const kindOf = async (resource: object) =>
    (await receiveNotification(opening(JSON.stringify(resource)), options)).kind
  expect(await kindOf({ mchid: null })).toBe('signed')
  expect(await kindOf({ sp_mchid: null, mchid: keys.merchant.mchid })).toBe('signed')
  const other = JSON.stringify({ sp_mchid: null, mchid: '1900009999' })
  expect((await rejectionOf(opening(other))).code).toBe('wrong-mchid')
})

test('original_type is in the event only if it is text', async () => {
  const { original_type: _, ...sealed } = seal('{}')
  for (const resource of [sealed, { ...sealed, original_type: 7 }])
    expect(await receiveNotification(signed(envelope(resource)), options)).not.toHaveProperty(
      'original_type',
    )
})
