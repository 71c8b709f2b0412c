import { type ConfigFlags, settingFlag, text } from '../settings/flags.ts'

export type InboxFlags = ConfigFlags & {
  readonly store?: string
  readonly schema?: string
  readonly name?: string
}

export const inboxFlags = {
  store: settingFlag('inbox'),
  schema: text('Schema (PostgreSQL), if it is not the first one of the search_path', 'SCHEMA'),
  name: text('Table (PostgreSQL) or key prefix (Redis), where it is not wechatpay_inbox', 'NAME'),
}
