import { dirname, join, relative } from 'node:path/posix'

/** What a link of a document leads to once the document is a page of the site. */
export interface LinkMap {
  /** Site file of a repository file, if it is a page. */
  siteFile(source: string): string | undefined
  /** The title of such a page, to stand for a path as the link's text. */
  title(source: string): string
}

/**
 * The text of a document with its links as they have to be on the site. What a link leads to in the
 * repository is a page here, or is named only: there is no address that the site could give for it.
 */
export function rewriteLinks(
  markdown: string,
  source: string,
  site: string,
  { siteFile, title }: LinkMap,
): string {
  return outsideCode(markdown, (text) =>
    text.replace(/\[([^\]]*)\]\(([^)\s]+)\)/g, (link, label: string, target: string) => {
      if (/^(?:\w+:|#)/.test(target)) return link
      const [path = '', hash] = target.split('#', 2)
      const found = join(dirname(source), path)
      const page = siteFile(found)
      if (page === undefined)
        return label.includes('`') || label === found ? label : `${label} (\`${found}\`)`
      const to = relative(dirname(site), page)
      const text = label === path ? title(found) : label
      return `[${text}](${to.startsWith('.') ? to : `./${to}`}${hash === undefined ? '' : `#${hash}`})`
    }),
  )
}

/** Changes what is neither a fenced block nor code in backticks that stands by itself. */
function outsideCode(markdown: string, change: (text: string) => string): string {
  return markdown
    .split(/(^ *```[\s\S]*?^ *```[^\n]*$)/m)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('')
}
