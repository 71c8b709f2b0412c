import { expect, test } from 'vitest'
import { withMetadata } from './metadata.ts'

const manifest = { name: 'a', license: 'MIT', keywords: ['old'], type: 'module' }
const metadata = { author: 'us', keywords: ['wechatpay'] }

test('without the address of the repository, links that need it are left out', () => {
  expect(withMetadata({ ...manifest, bugs: 'elsewhere' }, 'packages/a', metadata)).toEqual({
    name: 'a',
    license: 'MIT',
    author: 'us',
    keywords: ['wechatpay'],
    type: 'module',
  })
})

test('with the address, every package links to its own folder, and a second run changes nothing', () => {
  const repository = { type: 'git', url: 'git+https://host.test/owner/name.git' }
  const once = withMetadata(manifest, 'packages/a', { ...metadata, repository })
  expect(once).toMatchObject({
    homepage: 'https://host.test/owner/name#readme',
    bugs: 'https://host.test/owner/name/issues',
    repository: { ...repository, directory: 'packages/a' },
  })
  expect(Object.keys(once).indexOf('author')).toBe(2)
  expect(JSON.stringify(withMetadata(once, 'packages/a', { ...metadata, repository }))).toBe(
    JSON.stringify(once),
  )
})
