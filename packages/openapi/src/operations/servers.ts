import { isRecord } from '@wechatpay-entrust/base'

/**
 * The path of a call. A document may have the first part in the address of its server:
 * `https://api.mch.weixin.qq.com/v3` and `/pay/…`. The innermost of `holders` that has servers
 * decides.
 */
export function fullPath(
  path: string,
  holders: readonly Readonly<Record<string, unknown>>[],
): string {
  if (path.startsWith('/v3/')) return path
  for (const holder of holders) {
    const prefix = prefixOf(holder)
    if (prefix !== undefined) return `${prefix}${path}`
  }
  return path
}

function prefixOf({ servers, basePath }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof basePath === 'string') return basePath.replace(/\/$/, '')
  const [first] = Array.isArray(servers) ? servers : []
  if (!isRecord(first) || typeof first.url !== 'string') return undefined
  const variables = isRecord(first.variables) ? first.variables : {}
  const url = first.url.replaceAll(/\{([^{}]+)\}/g, (text, name: string) => {
    const variable = variables[name]
    return isRecord(variable) ? String(variable.default) : text
  })
  const path = URL.parse(url, 'https://host.test')?.pathname ?? ''
  return decodeURI(path).replace(/\/$/, '')
}
