import { requireOpen } from '../transaction-commands.ts'

/**
 * The driver's own transaction, which `apply` can neither end nor use afterwards: statements that
 * begin or end a transaction are rejected before they are sent.
 */
export function guardTransaction<Tx extends object>(tx: Tx): { readonly tx: Tx; end(): void } {
  let isOver = false
  const check = (sql: string) => requireOpen(isOver, sql, 'each')
  return {
    tx: guard(tx, check),
    end() {
      isOver = true
    },
  }
}

type Method = (...args: unknown[]) => unknown

function guard<Tx extends object>(tx: Tx, check: (sql: string) => void): Tx {
  return new Proxy(tx, {
    // Only the `sql` of postgres.js is a function: a template, or a helper such as `sql(name)`.
    apply(target, self, args: unknown[]) {
      check(isTemplate(args[0]) ? args[0].join(' ? ') : '')
      return Reflect.apply(target as unknown as Method, self, args)
    },
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      if (name === 'release')
        return () => {
          throw new Error('The inbox itself releases the client of apply.')
        }
      if (name === 'query' || name === 'unsafe')
        return (...args: unknown[]) => {
          check(textOf(args[0]))
          return Reflect.apply(value, target, args)
        }
      if (name === 'savepoint')
        return (...args: unknown[]) => {
          const guarded = args.map((arg) =>
            typeof arg === 'function' ? (inner: object) => arg(guard(inner, check)) : arg,
          )
          return Reflect.apply(value, target, guarded)
        }
      // The client of `pg` is an object with methods.
      return typeof target === 'function' ? value : value.bind(target)
    },
  })
}

function isTemplate(value: unknown): value is readonly string[] {
  return Array.isArray(value) && 'raw' in value
}

/** Of a text, or of a query as an object. */
function textOf(query: unknown): string {
  const text =
    typeof query === 'object' && query !== null ? (query as { text?: unknown }).text : query
  return typeof text === 'string' ? text : ''
}
