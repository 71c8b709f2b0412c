import { expect, test } from 'vitest'
import { importApiV3Keys } from '../keys/api-v3-keys.ts'
import { createCredentials } from '../keys/credentials.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'

const { mchid, serialNumber, privateKey } = testingKeys.merchant
const utf16 = Buffer.from(`\ufeff${privateKey}`, 'utf16le')
const twice = privateKey.replaceAll('\n', '\\\\n')

test.each([
  [
    'UTF-16 read as UTF-8',
    utf16.toString('utf8'),
    'not-pem',
    'NUL characters',
    'as UTF-8',
    'UTF-16',
  ],
  [
    'UTF-16 read as Latin-1',
    utf16.toString('latin1'),
    'not-pem',
    'NUL characters',
    'as UTF-8',
    'UTF-16',
  ],
  ['UTF-16, big-endian', utf16.swap16().toString('utf8'), 'not-pem', 'NUL', 'as UTF-8', 'UTF-16'],
  [
    'line ends escaped twice',
    twice,
    'malformed-key',
    'escaped more than once',
    'Escape each line end once',
    '只应转义一次',
  ],
  [
    'base64 of the file',
    Buffer.from(privateKey).toString('base64'),
    'not-pem',
    'base64 of a whole PEM',
    'Decode it first',
    '请先解码',
  ],
  [
    'base64 after a BOM',
    Buffer.from(`\ufeff${privateKey}`).toString('base64'),
    'not-pem',
    'base64 of a whole PEM',
    'Decode it',
    '请先解码',
  ],
  [
    'base64 alone',
    privateKey.split('\n').slice(1, -2).join('\n'),
    'not-pem',
    'without the lines around it',
    '-----BEGIN',
    '全部文本',
  ],
  ['a path', './apiclient_key.pem', 'not-pem', 'path of a file', 'not its path', '而不是路径'],
  ['nothing', ' ', 'not-pem', 'an empty text', 'variable is set', '变量是否已设置'],
  [
    'other text',
    'hello!',
    'not-pem',
    'a text of 6 characters that is not PEM',
    'whole text',
    '全部文本',
  ],
  [
    'no end',
    '-----BEGIN PRIVATE KEY-----\nAAAA',
    'not-pem',
    'without its end',
    'whole text',
    '全部文本',
  ],
])('a private key as %s gets the right advice', async (_, given, code, found, en, zh) => {
  const error = await thrownBy(() => createCredentials({ mchid, serialNumber, privateKey: given }))
  expect(error).toMatchObject({
    code,
    slot: 'privateKey',
    remedy: { en: expect.stringContaining(en), zh: expect.stringContaining(zh) },
  })
  expect(error.message).toContain(found)
  expect(error.message.endsWith((error as unknown as { remedy: { en: string } }).remedy.en)).toBe(
    true,
  )
})

test('line ends escaped once, Windows line ends and a byte order mark are accepted', () => {
  for (const given of [
    privateKey.replaceAll('\n', '\\n'),
    privateKey.replaceAll('\n', '\\r\\n'),
    privateKey.replaceAll('\n', '\r\n'),
    `\ufeff${privateKey}`,
  ])
    expect(createCredentials({ mchid, serialNumber, privateKey: given }).isExternal).toBe(false)
})

test.each([
  ['', 'The value is empty', '值为空'],
  [privateKey, 'A PEM file was given', 'PEM 文件'],
  ['k\0'.repeat(32), 'NUL characters', 'UTF-16'],
  [`${testingKeys.apiV3Key}\n`, 'white space', '空白字符'],
  ['密'.repeat(32), 'not printable ASCII', '非 ASCII'],
  ['0a'.repeat(32), 'hex of 32 bytes', '十六进制'],
  [`${'A'.repeat(43)}=`, 'base64 of 32 bytes', 'base64'],
  ['3D7A1F0C5B2E', 'perhaps a serial number', '证书序列号'],
  ['key!', 'It is the key that you set yourself', '自行设置'],
])(
  'an APIv3 key of the form %#: the text names the mistake and not the key',
  async (given, en, zh) => {
    for (const key of [given, [testingKeys.apiV3Key, given]]) {
      const error = await thrownBy(() => importApiV3Keys(key))
      expect(error).toMatchObject({
        code: 'malformed-api-v3-key',
        slot: typeof key === 'string' ? 'apiV3Key' : 'apiV3Key[1]',
        remedy: { en: expect.stringContaining(en), zh: expect.stringContaining(zh) },
      })
      if (given !== '') expect(error.message).not.toContain(given)
    }
  },
)

test('an empty list of APIv3 keys, and a key that is no text', async () => {
  expect((await thrownBy(() => importApiV3Keys([]))).message).toMatchInlineSnapshot(
    `"apiV3Key: found an empty list; expected an APIv3 key of 32 printable ASCII characters. Pass the current key."`,
  )
  expect((await thrownBy(() => importApiV3Keys([7 as never]))).message).toMatchInlineSnapshot(
    `"apiV3Key[0]: found a value of type number; expected an APIv3 key of 32 printable ASCII characters. Pass the key as text."`,
  )
})
