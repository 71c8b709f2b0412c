import { expect, test } from 'vitest'
import { compareTexts, labelParts, pairLines, visiblePieces } from '../../console/visible-text.js'

test('invisible characters get a name: line feeds, controls, direction marks, a byte order mark', () => {
  const named = (text: string) => visiblePieces(text).flatMap(({ name }) => name ?? [])
  expect(named('a\nb\r\t\u0000')).toEqual(['↵', 'CR', '⇥', 'NUL'])
  expect(named('\ufeff\u200b\u202e\u2066\u00a0\u2028\ud800')).toEqual([
    ...['BOM', 'U+200B', 'U+202E', 'U+2066', 'NBSP', 'U+2028', 'U+D800'],
  ])
  expect(named('微信 wechat 🙂 é')).toEqual([])
  expect(visiblePieces('one\ntwo').map(({ text }) => text)).toEqual(['one', '\n', 'two'])
})

test('two texts differ between their common beginning and their common end', () => {
  const differing = (one: string, other: string) =>
    compareTexts(one, other).map((parts) =>
      parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join(''),
    )
  expect(differing('{"a":1}', '{"a": 1}')).toEqual(['{"a":1}', '{"a":[ ]1}'])
  expect(differing('aaa', 'aa')).toEqual(['aa[a]', 'aa'])
  expect(differing('', 'x')).toEqual(['', '[x]'])
  expect(differing('甲🙂乙', '甲🙃乙')).toEqual(['甲[🙂]乙', '甲[🙃]乙'])
})

test('a text to sign has four lines and a body, even if the body has line feeds', () => {
  const text = 'POST\n/v3/x\n1\nn\n{\n}\n'
  expect(labelParts(text)).toEqual([
    { label: 'Method', part: 'POST\n' },
    { label: 'Path and query', part: '/v3/x\n' },
    { label: 'Timestamp', part: '1\n' },
    { label: 'Nonce', part: 'n\n' },
    { label: 'Body', part: '{\n}\n' },
  ])
  const [, , , , body] = pairLines(text, 'POST\n/v3/x\n1\nn\n{\n}')
  expect(body).toEqual({ label: 'Body', arrived: '{\n}\n', signed: '{\n}' })
  // Without any line feed there is one part, and nothing is lost.
  expect(labelParts('POST/v3/x1n{}').map(({ part }) => part)).toEqual(['POST/v3/x1n{}'])
})
