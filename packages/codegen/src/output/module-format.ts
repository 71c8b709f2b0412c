import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * How Node reads a `.js` file in a folder: by the `type` of the nearest package.json. Without one it
 * is CommonJS, which both `require` and `import` can load.
 */
export function moduleFormatOf(folder: string): 'module' | 'commonjs' {
  let at = resolve(folder)
  for (;;) {
    const type = typeIn(join(at, 'package.json'))
    if (type !== undefined) return type
    const parent = dirname(at)
    if (parent === at) return 'commonjs'
    at = parent
  }
}

function typeIn(file: string): 'module' | 'commonjs' | undefined {
  try {
    const { type } = JSON.parse(readFileSync(file, 'utf8')) as { readonly type?: unknown }
    return type === 'module' ? 'module' : 'commonjs'
  } catch (error) {
    // A package.json that cannot be parsed stops Node too.
    return error instanceof SyntaxError ? 'commonjs' : undefined
  }
}
