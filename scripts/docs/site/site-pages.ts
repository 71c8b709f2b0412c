import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path/posix'
import { root } from '../../workspace.ts'
import { operationFile } from '../operation-page.ts'
import { breakable } from '../page-parts.ts'
import { readSpec } from '../read-spec.ts'
import { operationsByTag, referencePages } from '../reference.ts'
import { rewriteLinks } from './links.ts'

/** The guides in reading order; any other guide comes after them. */
const guideOrder = [
  'calls',
  'retries',
  'mini-program',
  'notifications',
  'adapters',
  'inbox',
  'queues',
  'keys',
  'hsm-and-kms',
  'sensitive-fields',
  'mock',
  'command-line',
  'capacity',
  'runtimes',
  'other-languages',
]

/** Site files of documents that have another name in the repository. */
const renamedDocuments: Readonly<Record<string, string>> = {
  'README.md': 'start.md',
  'README.zh-CN.md': 'zh/index.md',
  'CONTRIBUTING.md': 'project/contributing.md',
  'SECURITY.md': 'project/security.md',
  'spec/README.md': 'project/spec.md',
  'spec/README.zh-CN.md': 'zh/spec.md',
}

export interface SidebarGroup {
  readonly text: string
  readonly items: readonly { readonly text: string; readonly link: string }[]
}

export interface Site {
  /** Markdown by site file. */
  readonly pages: ReadonlyMap<string, string>
  readonly sidebar: readonly SidebarGroup[]
}

/** All pages of the site: the repository's documents with rewritten links, and the reference. */
export async function sitePages(): Promise<Site> {
  const sources = documents()
  const read = (source: string) => readFileSync(join(root, source), 'utf8')
  const links = {
    siteFile: (source: string) => sources.get(source),
    title: (source: string) => titleOf(read(source)),
  }
  const pages = new Map<string, string>()
  for (const [source, site] of sources)
    pages.set(site, rewriteLinks(read(source), source, site, links))
  for (const [file, text] of await referencePages()) pages.set(file, text)
  return { pages, sidebar: sidebarOf(pages) }
}

/** Site files by repository file. */
function documents(): Map<string, string> {
  const list = (pattern: string) =>
    globSync(pattern, { cwd: root })
      .map((path) => path.replaceAll('\\', '/'))
      .sort()
  const guides = list('docs/guide/*.md').sort((a, b) => guidePosition(a) - guidePosition(b))
  return new Map([
    ['docs/index.md', 'index.md'],
    ...Object.entries(renamedDocuments),
    ...guides.map((path) => [path, guideFile(path)] as const),
    ...list('docs/decisions/*.md').map((path) => [path, path] as const),
  ])
}

/** `docs/guide/keys.md` → `guide/keys.md`, `docs/guide/keys.zh-CN.md` → `zh/guide/keys.md`. */
const guideFile = (path: string) => {
  const file = path.replace('docs/', '')
  return file.endsWith('.zh-CN.md') ? `zh/${file.replace('.zh-CN', '')}` : file
}

function guidePosition(path: string): number {
  const index = guideOrder.indexOf(basename(path, '.md').replace('.zh-CN', ''))
  return index < 0 ? guideOrder.length : index
}

function sidebarOf(pages: ReadonlyMap<string, string>): SidebarGroup[] {
  const item = (file: string) => ({
    text: titleOf(pages.get(file) ?? ''),
    link: `/${file.replace(/\.md$/, '')}`,
  })
  const under = (folder: string) =>
    [...pages.keys()].filter((file) => file.startsWith(folder)).map(item)
  const byTag = operationsByTag(readSpec()).map(({ tag, operations }) => ({
    text: `${tag.name[0]?.toUpperCase()}${tag.name.slice(1)}`,
    items: operations.map(({ operationId }) => ({
      text: breakable(operationId),
      link: `/${operationFile(operationId).replace(/\.md$/, '')}`,
    })),
  }))
  return [
    { text: 'Guide', items: [{ text: 'Start', link: '/start' }, ...under('guide/')] },
    {
      text: 'Reference',
      items: [{ text: 'Overview', link: '/reference/' }, item('reference/errors.md')],
    },
    ...byTag,
    { text: '中文', items: [...under('zh/guide/'), item('zh/spec.md')] },
    { text: 'Project', items: under('project/') },
    { text: 'Decisions', items: under('docs/decisions/') },
  ]
}

const titleOf = (markdown: string): string =>
  (/^# (.+)$/m.exec(markdown)?.[1] ?? '').replaceAll('`', '')
