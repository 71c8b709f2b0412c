import { readFile } from 'node:fs/promises'
import type { Mock } from '../mock.ts'
import { takeSnapshot } from './snapshot.ts'

// The console is not compiled. Its relative path is the same from `src` and from `dist`.
const folder = new URL('../../console/', import.meta.url)

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/**
 * The page shows data from untrusted senders. It writes text only, never markup. These headers
 * enforce it: only its own scripts, no strings as markup (Trusted Types), no frame around the page,
 * nothing from other sites.
 */
const headers = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
}

/** The response to GET below `/__mock/console`; undefined if there is no such file. */
export async function serveConsole(mock: Mock, path: string): Promise<Response | undefined> {
  if (path === '/state') return Response.json(takeSnapshot(mock), { headers })
  const [, name, type] =
    /^\/([a-z-]+)\.(js|css|svg)$/.exec(path) ?? (/^\/?$/.test(path) ? ['', 'index', 'html'] : [])
  if (name === undefined || type === undefined) return undefined
  try {
    const file = await readFile(
      new URL(type === 'css' ? `styles/${name}.css` : `${name}.${type}`, folder),
    )
    return new Response(file, { headers: { ...headers, 'Content-Type': types[type] ?? '' } })
  } catch {
    return undefined
  }
}
