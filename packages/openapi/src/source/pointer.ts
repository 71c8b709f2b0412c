import { escapePointer, isRecord } from '@wechatpay-entrust/base'

/** `/paths/~1v3` and `post` make `/paths/~1v3/post`. */
export const below = (pointer: string, ...names: readonly (string | number)[]): string =>
  names.reduce<string>((made, name) => `${made}/${escapePointer(String(name))}`, pointer)

/** The names of a JSON Pointer. */
export const namesOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))

/** A member of an object or an item of a list. */
export function child(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
