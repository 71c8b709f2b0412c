import { dirname, join, relative } from 'node:path/posix'

/** Maps the links of a document to the pages of the site. */
export interface LinkMap {
  /** The site file of a repository file, if the site has it as a page. */
  siteFile(source: string): string | undefined
  /** The title of such a page; it replaces a path as the link's text. */
  title(source: string): string
}

/**
 * Rewrites the links of a document for the site. A link to a file that is a page of the site
 * becomes a link to that page. For any other file only its path is shown, because it has no address
 * on the site.
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

/** Changes the text outside of fenced code blocks. */
function outsideCode(markdown: string, change: (text: string) => string): string {
  return markdown
    .split(/(^ *```[\s\S]*?^ *```[^\n]*$)/m)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('')
}
