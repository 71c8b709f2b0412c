import type { IncomingMessage } from 'node:http'

/**
 * Why a request must not reach the control API and the console: it comes from a web page other than
 * the console. The mock listens on this machine only, but a browser on this machine also runs pages
 * of others.
 *
 * - An attacker can make the name of a page resolve to 127.0.0.1 (DNS rebinding). Then the page has
 *   the same origin, but `Host` holds its name. So names that anyone on the internet can own are
 *   rejected.
 * - A page can send a POST to another site without a preflight (CSRF). Browsers report this in
 *   `Sec-Fetch-Site`, old ones in `Origin`. Clients that are not browsers send neither.
 */
export function findForeignPage({
  method,
  headers,
}: Pick<IncomingMessage, 'method' | 'headers'>): string | undefined {
  const { host, origin, 'sec-fetch-site': site } = headers
  if (host !== undefined && !isPrivateName(host))
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
 * Whether a host is an IP address, a name without a dot, or a name below a top-level domain for
 * private use.
 */
function isPrivateName(host: string): boolean {
  const [name = ''] = host.toLowerCase().split(/:\d*$/, 1)
  return /^(\[[0-9a-f:.]+\]|\d{1,3}(\.\d{1,3}){3}|[\w-]+|[\w.-]+\.(localhost|internal))$/.test(name)
}

function isHost(origin: string, host: string | undefined): boolean {
  try {
    return new URL(origin).host === host?.toLowerCase()
  } catch {
    return false // `null`: a page without an origin, e.g. a file
  }
}
