import { buildCommand, buildRouteMap } from '@stricli/core'
import type { ListFlags, PruneFlags, RetryFlags, ShowFlags } from '../commands/inbox.ts'
import type { CliContext } from '../context.ts'
import { inboxFlags } from '../inbox/inbox-flags.ts'
import {
  argument,
  configFlags,
  flag,
  merchantFlags,
  personalFlag,
  text,
  wholeNumber,
} from '../settings/flags.ts'

const commands = () => import('../commands/inbox.ts')
const scope = text('Merchant or tenant of the record (default: mchid)', 'SCOPE')

const ls = buildCommand<ListFlags, [], CliContext>({
  loader: async () => (await commands()).listInbox,
  parameters: {
    flags: {
      state: {
        kind: 'enum',
        values: ['ready', 'leased', 'parked', 'done'],
        optional: true,
        brief: 'Only these',
      },
      limit: {
        kind: 'parsed',
        parse: wholeNumber(1),
        default: '100',
        placeholder: 'N',
        brief: 'At most so many',
      },
      ...inboxFlags,
      ...configFlags,
    },
  },
  docs: {
    brief: 'List notifications and count them by state',
    fullDescription:
      'Example:\n  wechatpay-entrust inbox ls --store /var/lib/contracts/inbox.db --state parked',
    customUsage: ['[--store STORE] [--state STATE] [--limit N]'],
  },
})

const show = buildCommand<ShowFlags, [id: string], CliContext>({
  loader: async () => (await commands()).showInbox,
  parameters: {
    flags: {
      scope,
      open: flag('Open the sealed body with the APIv3 key'),
      personal: personalFlag,
      ...inboxFlags,
      ...merchantFlags,
    },
    positional: {
      kind: 'tuple',
      parameters: [argument('Id of the notification', 'ID')],
    },
  },
  docs: {
    brief: 'Show one notification',
    fullDescription: 'Example:\n  wechatpay-entrust inbox show EV-2018022511223320873 --open',
    customUsage: ['[--scope SCOPE] [--open [--personal]] ID'],
  },
})

const retry = buildCommand<RetryFlags, [id?: string], CliContext>({
  loader: async () => (await commands()).retryInbox,
  parameters: {
    flags: { scope, all: flag('Every parked notification'), ...inboxFlags, ...merchantFlags },
    positional: {
      kind: 'tuple',
      parameters: [{ ...argument('Id of a parked notification', 'ID'), optional: true }],
    },
  },
  docs: {
    brief: 'Make parked notifications due again',
    fullDescription: 'Example:\n  wechatpay-entrust inbox retry --all',
    customUsage: ['[--scope SCOPE] ID', '--all'],
  },
})

const prune = buildCommand<PruneFlags, [], CliContext>({
  loader: async () => (await commands()).pruneInbox,
  parameters: {
    flags: {
      days: {
        kind: 'parsed',
        parse: wholeNumber(7),
        default: '30',
        placeholder: 'N',
        brief: 'Finished more than so many days ago; at least 7',
      },
      ...inboxFlags,
      ...configFlags,
    },
  },
  docs: {
    brief: 'Forget notifications that were finished long ago',
    fullDescription: 'Example:\n  wechatpay-entrust inbox prune --days 30',
    customUsage: ['[--days N]'],
  },
})

export const inbox = buildRouteMap({
  routes: { ls, show, retry, prune },
  docs: {
    brief: 'Look after the inbox of notifications',
    fullDescription:
      'STORE is the path of an SQLite file, postgres://… (with pg or postgres installed) or redis://… (with ioredis or ' +
      'redis). An address with a password belongs into WECHATPAY_INBOX, not onto the command line.',
  },
})
