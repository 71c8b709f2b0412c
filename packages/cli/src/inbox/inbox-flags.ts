import { type ConfigFlags, settingFlag, text } from '../settings/flags.ts'

export type InboxFlags = ConfigFlags & { readonly store?: string; readonly name?: string }

export const inboxFlags = {
  store: settingFlag('inbox'),
  name: text('Table (PostgreSQL) or key prefix (Redis), where it is not wechatpay_inbox', 'NAME'),
}
