import { printable } from '@wechatpay-entrust/base'
import type { InboxEntry, InboxState } from '@wechatpay-entrust/inbox'
import type { CliContext } from '../context.ts'
import type { InboxFlags } from '../inbox/inbox-flags.ts'
import { type InboxSource, withInbox } from '../inbox/inbox-store.ts'
import { fieldLines } from '../output/output.ts'
import { hidePersonal } from '../output/personal.ts'
import type { MerchantFlags } from '../settings/flags.ts'
import { needApiV3Keys } from '../settings/merchant.ts'
import { notFound, usageError } from '../usage-error.ts'
import { openSealed } from './open-notification.ts'

export type ListFlags = InboxFlags & { readonly state?: InboxState; readonly limit: number }

/** Lists the notifications with their states. */
export async function listInbox(this: CliContext, flags: ListFlags): Promise<void> {
  const { state, limit } = flags
  const { stats, entries, source } = await withInbox(this, flags, async (inbox, source) => ({
    source,
    stats: await inbox.stats(),
    entries: await inbox.list({ limit, ...(state && { state }) }),
  }))
  const { ready, leased, parked, done, oldestReadyMs } = stats
  this.output.result({ inbox: source, stats, entries: entries.map(toDocument) }, [
    ...entries.map(toLine),
    `${ready} ready, ${leased} leased, ${parked} parked, ${done} done; oldest ready for ${Math.round(oldestReadyMs / 1000)} s`,
    readFrom(source),
  ])
}

export type ShowFlags = InboxFlags &
  MerchantFlags & { readonly scope?: string; readonly open?: boolean; readonly personal?: boolean }

/** Shows one notification; with `--open` also the content of its sealed body. */
export async function showInbox(this: CliContext, flags: ShowFlags, id: string): Promise<void> {
  const settings = this.settings(flags)
  const scope = flags.scope ?? settings.need('mchid').value
  const { entry, source } = await withInbox(this, flags, async (inbox, source) => ({
    source,
    entry: await inbox.find(scope, id),
  }))
  if (entry === undefined)
    throw notFound(
      `No notification ${printable(id)} of ${printable(scope)} in this inbox. ${readFrom(source)}.`,
      otherId,
    )
  const opened = flags.open
    ? await openSealed(entry.sealed, needApiV3Keys(settings, this.output))
    : undefined
  const resource = opened && hidePersonal(opened.resource, flags.personal === true)
  const document = toDocument(entry)
  this.output.result({ inbox: source, ...document, resource }, [
    ...fieldLines(document),
    readFrom(source),
    ...(opened ? ['', JSON.stringify(resource, undefined, 2)] : []),
  ])
}

export type RetryFlags = InboxFlags &
  MerchantFlags & { readonly scope?: string; readonly all?: boolean }

/** Parked notifications per query. */
const batch = 1000

/** Makes parked notifications due again, one or all of them. */
export async function retryInbox(this: CliContext, flags: RetryFlags, id?: string): Promise<void> {
  if ((id === undefined) === (flags.all !== true)) {
    throw usageError(
      'invalid-arguments',
      `inbox retry: found ${id === undefined ? 'neither an ID nor --all' : 'an ID and --all'}; expected one of them.`,
      {
        en: 'Name one notification, or pass --all for every parked one.',
        zh: '请指定一条通知的 ID，或用 --all 重试全部已搁置的通知。',
      },
    )
  }
  let source: InboxSource | undefined
  const result = await withInbox(this, flags, async (inbox, opened) => {
    source = opened
    if (id !== undefined) {
      const scope = flags.scope ?? this.settings(flags).need('mchid').value
      return (await inbox.retry(scope, id)) ? [{ scope, id }] : []
    }
    const retried: { scope: string; id: string }[] = []
    for (;;) {
      const parked = await inbox.list({ state: 'parked', limit: batch })
      const before = retried.length
      for (const { scope, id } of parked)
        if (await inbox.retry(scope, id)) retried.push({ scope, id })
      this.output.progress(`${retried.length} made due`)
      // Without progress the loop would never end.
      if (parked.length < batch || retried.length === before) return retried
    }
  })
  if (id !== undefined && result.length === 0)
    throw notFound(
      `No parked notification ${printable(id)} in this inbox. ${readFrom(source)}.`,
      otherId,
    )
  this.output.result({ inbox: source, retried: result }, [
    `${result.length} made due again.`,
    readFrom(source),
  ])
}

export type PruneFlags = InboxFlags & { readonly days: number }

/** Deletes notifications that were finished long ago; the store rejects less than 7 days. */
export async function pruneInbox(this: CliContext, flags: PruneFlags): Promise<void> {
  const doneBefore = new Date(Date.now() - flags.days * 86_400_000)
  const { pruned, source } = await withInbox(this, flags, async (inbox, source) => {
    this.output.progress('Forgetting …')
    return { source, pruned: await inbox.prune({ doneBefore }) }
  })
  this.output.result({ inbox: source, pruned, doneBefore }, [
    `${pruned} forgotten, finished before ${doneBefore.toISOString()}.`,
    readFrom(source),
  ])
}

const otherId = {
  en: 'inbox ls lists what is there; --scope names another merchant, --store another inbox.',
  zh: '可用 inbox ls 查看收件箱中的通知；--scope 指定其他商户，--store 指定其他收件箱。',
}

const readFrom = (source: InboxSource | undefined) =>
  source === undefined ? '' : `Read from ${source.store}: ${source.location}`

/** Everything except the sealed body, which a person cannot read. */
function toDocument({ sealed, ...entry }: InboxEntry) {
  return { ...entry, sealedBytes: sealed.byteLength }
}

function toLine({ id, scope, eventType, state, attempts, receivedAt, error }: InboxEntry): string {
  const about = [
    receivedAt.toISOString(),
    state.padEnd(6),
    `${attempts}×`,
    scope,
    id,
    eventType,
    error ?? '',
  ]
  return printable(about.join('  ').trimEnd())
}
