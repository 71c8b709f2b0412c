import { createDecipheriv } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bodies, operations, readExample, violations, webhooks } from './reading.ts'

const examples = bodies.flatMap(({ operationId, place, schema, files }) =>
  files.map((file) => ({ operationId, place, file, $ref: String(schema.$ref) })),
)

test.each(examples)('$operationId $place: $file is valid', ({ $ref, file }) => {
  expect(violations($ref, readExample(file))).toEqual([])
})

test.each(bodies.filter(({ place }) => place !== 'default'))(
  '$operationId $place has an example',
  ({ files }) => {
    expect(files.length).toBeGreaterThan(0)
  },
)

test('every operation has a body with an example', () => {
  for (const { operationId } of [...operations, ...webhooks]) {
    expect(
      examples.map((example) => example.operationId),
      operationId,
    ).toContain(operationId)
  }
})

test('every file of examples/ is used', () => {
  const opened = webhooks.map(({ operationId }) => `${kebab(operationId)}.resource.json`)
  const used = new Set([
    ...examples.map(({ file }) => file.replace('examples/', '')),
    ...opened,
    'README.md',
  ])
  expect(
    readdirSync(new URL('examples', import.meta.url)).filter((file) => !used.has(file)),
  ).toEqual([])
})

test.each(webhooks)(
  '$operationId: its sealed resource opens to the inferred example',
  (webhook) => {
    const name = kebab(webhook.operationId)
    const { resource } = readExample(`examples/${name}.notification.json`) as { resource: Sealed }
    const opened = readExample(`examples/${name}.resource.json`)
    expect(JSON.parse(open(resource))).toEqual(opened)
    expect(violations(String(webhook['x-opened-resource']?.$ref), opened)).toEqual([])
  },
)

test('the sealed certificate opens to the platform certificate of the test keys', () => {
  const { data } = readExample('examples/get-certificates.200.json') as {
    data: { serial_no: string; encrypt_certificate: Sealed }[]
  }
  expect(data.map((item) => [item.serial_no, open(item.encrypt_certificate)])).toEqual([
    [keys.platform.serialNumber, keys.platform.certificate],
  ])
})

interface Sealed {
  readonly nonce: string
  readonly associated_data: string
  readonly ciphertext: string
}
const keys = JSON.parse(readFileSync(new URL('vectors/testing-keys.json', import.meta.url), 'utf8'))

function open({ nonce, associated_data, ciphertext }: Sealed): string {
  const bytes = Buffer.from(ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keys.apiV3Key, nonce)
  decipher.setAAD(Buffer.from(associated_data)).setAuthTag(bytes.subarray(-16))
  return decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8')
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
