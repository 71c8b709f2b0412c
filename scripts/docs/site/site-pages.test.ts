import { expect, test } from 'vitest'
import { prose } from '../markdown.ts'
import { rewriteLinks } from './links.ts'
import { sitePages } from './site-pages.ts'

const links = {
  siteFile: (source: string) =>
    ({ 'README.md': 'start.md', 'docs/guide/keys.md': 'guide/keys.md' })[source],
  title: (source: string) => `title of ${source}`,
}

test('a link to a document becomes a link to its page, and keeps its anchor', () => {
  const text = '[k](docs/guide/keys.md#sm2) [s](#here) [w](https://pay.weixin.qq.com/)'
  expect(rewriteLinks(text, 'README.md', 'start.md', links)).toBe(
    '[k](./guide/keys.md#sm2) [s](#here) [w](https://pay.weixin.qq.com/)',
  )
  expect(rewriteLinks('[r](../../README.md)', 'docs/guide/keys.md', 'guide/keys.md', links)).toBe(
    '[r](../start.md)',
  )
})

test('a link whose text is its path gets the title of the page', () => {
  expect(
    rewriteLinks('[docs/guide/keys.md](docs/guide/keys.md)', 'README.md', 'start.md', links),
  ).toBe('[title of docs/guide/keys.md](./guide/keys.md)')
})

test('a link to a file that is not a page becomes the name of the file', () => {
  expect(rewriteLinks('[MIT](LICENSE)', 'README.md', 'start.md', links)).toBe('MIT (`LICENSE`)')
})

test('code is left as it is', () => {
  const code = '```ts\nlist[0](LICENSE)\n```\n'
  expect(rewriteLinks(code, 'README.md', 'start.md', links)).toBe(code)
})

test('texts of the spec are escaped, so they cannot become tags or templates', () => {
  expect(prose('a <b> & {{ c }} `<d>` * [e]')).toBe(
    'a &lt;b> &amp; &#123;&#123; c }} `<d>` \\* \\[e\\]',
  )
})

test('every page is in the sidebar, and nothing else is', async () => {
  const { pages, sidebar } = await sitePages()
  const links = sidebar.flatMap(({ items }) => items.map(({ link }) => link.slice(1)))
  const files = [...pages.keys()].map((file) =>
    file.replace(/(^|(?<=\/)index)\.md$|\.md$/, '').replace(/\/index$/, '/'),
  )
  expect(links.sort()).toEqual(files.filter((file) => file !== 'index' && file !== 'zh/').sort())
  for (const { items } of sidebar) for (const { text } of items) expect(text).not.toBe('')
})

test('no page names a registry', async () => {
  const { pages } = await sitePages()
  // `registry.ts` is a file of core.
  for (const [file, text] of pages)
    expect(text, file).not.toMatch(/\b(?:registry|npmmirror)\.(?!ts\b)[a-z]/)
})
