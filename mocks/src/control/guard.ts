import type { IncomingMessage } from 'node:http'

/**
 * Why a request is not let to the control API and the console: it comes from a web page that is not
 * the console. The mock listens on this machine only, and so does the browser of anyone who works on
 * it, which runs other people's pages.
 *
 * - A page's own name may be made to resolve to 127.0.0.1 (DNS rebinding); it is then of the same
 *   origin, but its name is in `Host`. Refused are names that somebody on the internet can own.
 * - A page may send a POST elsewhere without asking first (CSRF). Browsers say so in
 *   `Sec-Fetch-Site`, old ones in `Origin`; clients that are no browsers send neither.
 */
export function findForeignPage({
  method,
  headers,
}: Pick<IncomingMessage, 'method' | 'headers'>): string | undefined {
  const { host, origin, 'sec-fetch-site': site } = headers
  if (host !== undefined && !isNobodysName(host))
    return `Host is ${JSON.stringify(host)}; the control API is asked as 127.0.0.1 or localhost`
  if (method === 'GET' || method === 'HEAD') return undefined
  const isOwn =
    site === undefined
      ? origin === undefined || isHost(origin, host)
      : /^(same-origin|none)$/.test(`${site}`)
  return isOwn
    ? undefined
    : 'The request comes from another web page; ask from a program, or from the console'
}

/**
 * An address, a name without a dot, or one below a top-level domain that is reserved for private
 * use.
 */
function isNobodysName(host: string): boolean {
  const [name = ''] = host.toLowerCase().split(/:\d*$/, 1)
  return /^(\[[0-9a-f:.]+\]|\d{1,3}(\.\d{1,3}){3}|[\w-]+|[\w.-]+\.(localhost|internal))$/.test(name)
}

function isHost(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host?.toLowerCase()
  } catch {
    return false // `null`: a page without an origin, such as a file
  }
}
