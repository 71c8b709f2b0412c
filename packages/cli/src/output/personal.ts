/** Fields that identify a person. */
const personalFields: readonly string[] = [
  'openid',
  'sub_openid',
  'sp_openid',
  'contract_display_account',
  'out_user_code',
]

export const hidden = '[hidden]'

/** A copy with the personal fields hidden at any depth, unless `isShown`. */
export function hidePersonal(value: unknown, isShown: boolean): unknown {
  if (isShown || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => hidePersonal(item, isShown))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      personalFields.includes(name) ? hidden : hidePersonal(member, isShown),
    ]),
  )
}
