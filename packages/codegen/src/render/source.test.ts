import { expect, test } from 'vitest'
import { comment, propertyName, quoted, withoutTags } from './source.ts'

test.each([
  ['post', 'post'],
  ['_service_id_', '_service_id_'],
  ['$outTradeNo', '$outTradeNo'],
  ['2nd', "'2nd'"],
  ['odd.path', "'odd.path'"],
  ["it's", "'it\\'s'"],
  ['删除', "'删除'"],
  ['a"b\\c\n', "'a\"b\\\\c\\n'"],
])('the property name of %j is %s', (name, expected) => {
  expect(propertyName(name)).toBe(expected)
})

test('a quoted text is the same text again in TypeScript', () => {
  for (const text of ['plain', "it's", 'a"b', 'back\\slash', 'line\nfeed', '\u2028', '`'])
    expect(new Function(`return ${quoted(text)}`)()).toBe(text)
})

test('T-44 no text of a document ends a comment or starts a tag', () => {
  const lines = comment([withoutTags('@deprecated now */ and x@y.cn, see @see')])
  expect(lines).toEqual(['/**', ' * \\@deprecated now *\\/ and x@y.cn, see \\@see', ' */'])
})

test('line breaks of a text become lines of the comment', () => {
  expect(comment(['a\r\nb\u2028c', ''], '  ')).toEqual([
    '  /**',
    '   * a',
    '   * b',
    '   * c',
    '   *',
    '   */',
  ])
})
