/**
 * The property of the URI chain that stands for a segment of a path: `pre-entrust-sign` →
 * `preEntrustSign`, `{service_id}` → `_service_id_`. The generated types and the client both use
 * it, so they have the same names.
 */
export function segmentName(segment: string): string {
  const [, parameter] = /^\{([^{}]*)\}$/.exec(segment) ?? []
  if (parameter !== undefined) return `_${parameter}_`
  return segment.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}
