import type { Json } from '../bundle/bundle.ts'

/** The `x-` members. */
export const extensionsOf = (value: Readonly<Record<string, unknown>>): Json =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name.startsWith('x-')))
