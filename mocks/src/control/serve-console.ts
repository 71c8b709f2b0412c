import { readFile } from 'node:fs/promises'
import type { Mock } from '../mock.ts'
import { takeSnapshot } from './snapshot.ts'

// Served as they are in the sources, also of the package that is built: from `src` and from `dist`
// the way is the same.
const folder = new URL('../../console/', import.meta.url)

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/**
 * The page shows what strangers sent. It writes text only, never markup, and these headers see to
 * it: no script but its own files, no string turned into markup (Trusted Types), no frame around
 * it, nothing from elsewhere.
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

/** Answers GET below `/__mock/console`; undefined where nothing is. */
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
