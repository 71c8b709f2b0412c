import { expect, test } from 'vitest'
import { generate } from './generate.ts'
import { orders } from './testing/consumer.ts'

test('a small document gives index.ts and types.d.ts', async () => {
  const { files, notes, operations } = await generate([orders])
  expect(Object.keys(files)).toEqual(['index.ts', 'types.d.ts'])
  expect(operations).toBe(4)
  await expect(files['index.ts']).toMatchFileSnapshot('./testing/orders.index.ts.snapshot')
  await expect(files['types.d.ts']).toMatchFileSnapshot('./testing/orders.types.d.ts.snapshot')
  const lines = notes.map(({ place, message }) => `${place}: ${message}\n`).join('')
  await expect(lines).toMatchFileSnapshot('./testing/orders.notes.snapshot')
})

test('js gives index.js and index.d.ts in place of index.ts, with the same data and types', async () => {
  const [ts, js] = [await generate([orders]), await generate([orders], { js: 'module' })]
  expect(Object.keys(js.files)).toEqual(['index.js', 'index.d.ts', 'types.d.ts'])
  expect(js.files['types.d.ts']).toBe(ts.files['types.d.ts'])
  const dataOf = (text = '') => text.slice(text.indexOf('JSON.parse('))
  expect(dataOf(js.files['index.js'])).toBe(dataOf(ts.files['index.ts']))
  expect(js.files['index.d.ts']).toContain('export declare const spec: Spec<')
})

test('the same document gives the same bytes again', async () => {
  const runs = await Promise.all([generate([orders]), generate([orders])])
  expect(runs[0].files).toEqual(runs[1].files)
})

test('index.ts imports only types, and only from its own folder and wechatpay-entrust', async () => {
  const { files } = await generate([orders])
  for (const text of Object.values(files)) {
    const imports = [...text.matchAll(/^import (.*) from '(.*)'$/gm)]
    for (const [, what, from] of imports) {
      expect(what).toMatch(/^type /)
      expect(from).toMatch(/^(wechatpay-entrust|\.\/types\.js)$/)
    }
  }
})

test('an unknown option is rejected by name, with the nearest one', async () => {
  const options = { onyl: ['v3/**'] } as object
  await expect(generate([orders], options)).rejects.toThrow(
    'generate: found an unknown option "onyl"; expected one of only, except, js, onProgress. Did you mean only?',
  )
})

test('only and except choose operations', async () => {
  const options = { only: ['v3/pay/**'], except: ['**/close'] }
  const { files, operations } = await generate([orders], options)
  expect(operations).toBe(2)
  expect(files['types.d.ts']).not.toContain('close-order')
})
