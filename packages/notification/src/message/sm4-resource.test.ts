import { importApiV3Keys } from '@wechatpay-entrust/auth'
import { importSm4ApiV3Key } from '@wechatpay-entrust/auth/sm'
import { expect, test } from 'vitest'
import { openResource, sealResource } from './resource.ts'

const apiV3Key = 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb'
const sealed = {
  algorithm: 'AEAD_SM4_GCM',
  nonce: 'uluk4a9R25RW',
  associated_data: 'associatedData',
  ciphertext: '+lcLNfkZQQx+iQm20Apa3x9Mb/5L7PgZ7w==',
}
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

test('with the adapter for 国密, a resource sealed with SM4-GCM opens', async () => {
  expect(text(await openResource(sealed, await importSm4ApiV3Key(apiV3Key)))).toBe('plaintext')
})

test('T-13 a key opens its own algorithm only, whatever the resource names', async () => {
  const sm4 = await importSm4ApiV3Key(apiV3Key)
  const aes = {
    ...sealed,
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: 'ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=',
  }
  await expect(openResource(sealed, apiV3Key)).rejects.toMatchObject({
    code: 'unsupported-algorithm',
  })
  await expect(openResource(aes, sm4)).rejects.toMatchObject({ code: 'unsupported-algorithm' })
  await expect(
    openResource({ ...sealed, algorithm: aes.algorithm }, apiV3Key),
  ).rejects.toMatchObject({
    code: 'not-openable',
  })
})

test('during a switch one ring holds both keys, and each resource finds its own', async () => {
  const keys = {
    ring: [...importApiV3Keys(apiV3Key).ring, ...(await importSm4ApiV3Key(apiV3Key)).ring] as const,
  }
  const options = { plaintext: new TextEncoder().encode('{}'), associated_data: 'contract' }
  const both = [
    await sealResource({ ...options, apiV3Key }),
    await sealResource({ ...options, apiV3Key: await importSm4ApiV3Key(apiV3Key) }),
  ]
  expect(both.map(({ algorithm }) => algorithm)).toEqual(['AEAD_AES_256_GCM', 'AEAD_SM4_GCM'])
  for (const resource of both) expect(text(await openResource(resource, keys))).toBe('{}')
})
