import { present, rejection, same, sameBytes } from './check.ts'
import { type Cases, leased, otherDigest, record, unlimited, unstorable } from './subject.ts'

const count = (values: readonly unknown[], value: unknown) =>
  values.filter((one) => one === value).length

/** The result of a claim, and what is stored. */
export const claims: Cases = {
  'the first claim is new, and a second one is a duplicate': async ({ inbox, other }) => {
    same(await inbox.claim(record('EV-1'), unlimited), 'new', 'first claim')
    same(await inbox.claim(record('EV-1'), unlimited), 'duplicate', 'second claim')
    same(await other.claim(record('EV-1'), unlimited), 'duplicate', "another consumer's claim")
  },

  'the same id with another digest is a conflict, and the first record is unchanged': async ({
    inbox,
    other,
  }) => {
    await inbox.claim(record('EV-1'), unlimited)
    const forged = record('EV-1', {
      digest: otherDigest,
      sealed: new Uint8Array([1]),
      eventType: 'OTHER',
    })
    same(await other.claim(forged, unlimited), 'conflict', 'claim with another digest')
    const entry = present(await inbox.find('1900009191', 'EV-1'), 'find')
    same([entry.digest, entry.eventType], [record('EV-1').digest, 'ENTRUST.SIGN'], 'the record')
    sameBytes(entry.sealed, record('EV-1').sealed, 'sealed')
    same(await inbox.claim(record('EV-1'), unlimited), 'duplicate', 'the first one again')
  },

  'one id in two scopes is two records': async ({ inbox }) => {
    same(
      await inbox.claim(record('EV-1', { scope: '1900009191' }), unlimited),
      'new',
      'first scope',
    )
    same(
      await inbox.claim(record('EV-1', { scope: '1900009192', digest: otherDigest }), unlimited),
      'new',
      'second',
    )
    // Each pair differs only in where two texts are joined.
    same(await inbox.claim(record('b:c', { scope: 'a' }), unlimited), 'new', 'a, b:c')
    same(await inbox.claim(record('c', { scope: 'a:b' }), unlimited), 'new', 'a:b, c')
    same((await inbox.stats()).ready, 4, 'ready')
  },

  'many concurrent claims of one id: exactly one is new': async ({ inbox, other }) => {
    const all = Array.from({ length: 60 }, (_, at) =>
      (at % 2 === 0 ? inbox : other).claim(record('EV-1'), unlimited),
    )
    const found = await Promise.all(all)
    same([count(found, 'new'), count(found, 'duplicate')], [1, 59], 'new and duplicate')
    same((await inbox.stats()).ready, 1, 'ready')
  },

  'concurrent claims of one id with two digests: one is new, those with the other are conflicts':
    async ({ inbox, other }) => {
      const digests = [record('EV-1').digest, otherDigest]
      const found = await Promise.all(
        Array.from({ length: 40 }, async (_, at) => {
          const digest = digests[at % 2] as string
          return {
            digest,
            claim: await (at % 4 < 2 ? inbox : other).claim(record('EV-1', { digest }), unlimited),
          }
        }),
      )
      const winner = present(
        found.find(({ claim }) => claim === 'new'),
        'a new one',
      ).digest
      const [own, foreign] = [true, false].map((mine) =>
        found.filter(({ digest }) => (digest === winner) === mine),
      )
      same(
        count(own?.map(({ claim }) => claim) ?? [], 'duplicate'),
        19,
        'duplicates of the one that won',
      )
      same(
        count(foreign?.map(({ claim }) => claim) ?? [], 'conflict'),
        20,
        'conflicts of the other',
      )
    },

  'many ids claimed at once are all stored': async ({ inbox, other }) => {
    const ids = Array.from({ length: 200 }, (_, at) => `EV-${at}`)
    const found = await Promise.all(
      ids.map((id, at) => (at % 2 === 0 ? inbox : other).claim(record(id), unlimited)),
    )
    same(count(found, 'new'), 200, 'new')
    same((await other.stats()).ready, 200, 'ready')
  },

  'a claim whose signal has aborted rejects with its reason and stores nothing': async ({
    inbox,
  }) => {
    const reason = new Error('budget spent')
    const found = await rejection(inbox.claim(record('EV-1'), AbortSignal.abort(reason)), 'claim')
    same(found === reason, true, 'rejected with the reason')
    same(await inbox.find('1900009191', 'EV-1'), undefined, 'find')
  },

  'a claim that is aborted while it runs rejects with the reason, and can be repeated': async ({
    inbox,
  }) => {
    const reason = new Error('budget spent')
    const controller = new AbortController()
    const pending = inbox.claim(record('EV-1'), controller.signal).catch((error: unknown) => error)
    controller.abort(reason)
    const found = await pending
    same(found === reason || found === 'new', true, 'the reason, or stored before the abort')
    const again = await inbox.claim(record('EV-1'), unlimited)
    same(
      again === 'duplicate' || again === (found === 'new' ? 'duplicate' : 'new'),
      true,
      `claimed again: ${again}`,
    )
  },

  'an empty body, and one of 64 KiB with every byte value, are read back unchanged': async ({
    inbox,
  }) => {
    const big = Uint8Array.from({ length: 65_536 }, (_, at) => (at * 31 + (at >> 8)) & 255)
    await inbox.claim(record('EV-big', { sealed: big }), unlimited)
    await inbox.claim(record('EV-empty', { sealed: new Uint8Array() }), unlimited)
    // A view into a larger buffer: a store must not store all of the buffer.
    await inbox.claim(record('EV-view', { sealed: big.subarray(7, 1007) }), unlimited)
    const leases = await inbox.lease({ owner: 'contract', limit: 3, leaseMs: 60_000 })
    const sealedOf = (id: string) =>
      present(leases.find((lease) => lease.record.id === id)?.record.sealed, id)
    sameBytes(sealedOf('EV-big'), big, '64 KiB')
    sameBytes(sealedOf('EV-empty'), new Uint8Array(), 'empty')
    sameBytes(sealedOf('EV-view'), big.slice(7, 1007), 'a view')
  },

  'texts in any script, and characters with a meaning in queries, are read back unchanged': async ({
    inbox,
  }) => {
    const id = `通知'";--%_\\:{}*\u{1f600}`
    const odd = record(id, { scope: '商户 1\u{1f600}', eventType: '签约:*' })
    same(await inbox.claim(odd, unlimited), 'new', 'claim')
    same(await inbox.claim(odd, unlimited), 'duplicate', 'claimed again')
    const [lease] = await inbox.lease({ owner: "o'连", limit: 1, leaseMs: 60_000 })
    const { scope, eventType, digest } = present(lease, 'lease').record
    same(
      [scope, lease?.record.id, eventType, digest],
      [odd.scope, id, odd.eventType, odd.digest],
      'the record',
    )
    await inbox.release(present(lease, 'lease'), { delayMs: 0, error: "错误: '\u{1f600}\n" })
    same((await inbox.find(odd.scope, id))?.error, "错误: '\u{1f600}\n", 'the error')
  },

  'an id of 64 characters is not cut': async ({ inbox }) => {
    const [long, longer] = [`${'知'.repeat(63)}a`, `${'知'.repeat(63)}b`]
    same(await inbox.claim(record(long), unlimited), 'new', 'claim')
    same(await inbox.claim(record(longer), unlimited), 'new', 'another in its last character')
  },

  'texts of 256 characters are read back unchanged': async ({ inbox }) => {
    const text = '知'.repeat(256)
    const long = record(text, { scope: text, eventType: text, digest: 'a'.repeat(256) })
    same(await inbox.claim(long, unlimited), 'new', 'claim')
    same(await inbox.claim(long, unlimited), 'duplicate', 'claimed again')
    const entry = present(await inbox.find(text, text), 'find')
    same([entry.id, entry.scope, entry.eventType], [text, text, text], 'the record')
  },

  'a record that not every store can hold is rejected, and nothing is stored': async ({
    inbox,
  }) => {
    for (const [what, wrong] of Object.entries(unstorable)) {
      const error = await rejection(inbox.claim(wrong, unlimited), what)
      same((error as { code?: unknown }).code, 'malformed-record', `code of ${what}`)
    }
    same((await inbox.list()).length, 0, 'records')
    for (const text of ['EV\0', 'EV-\ud83d', 'x'.repeat(5000)]) {
      same(await inbox.find('1900009191', text), undefined, 'find')
      same(await inbox.find(text, 'EV-1'), undefined, 'find in another scope')
      same(await inbox.retry('1900009191', text), false, 'retry')
    }
    same(await inbox.claim(record('EV-1'), unlimited), 'new', 'a sound record afterwards')
  },

  'a claim of a leased, parked or done record is a duplicate, or a conflict with another digest':
    async (subject) => {
      const { inbox } = subject
      const states = [
        async () => {},
        async (lease: Awaited<ReturnType<typeof leased>>) => {
          await inbox.release(lease, { delayMs: 0, error: 'x', park: true })
        },
        async (lease: Awaited<ReturnType<typeof leased>>) => {
          await inbox.complete(lease)
        },
      ]
      for (const [at, reach] of states.entries()) {
        await reach(await leased(subject, `EV-${at}`))
        same(await inbox.claim(record(`EV-${at}`), unlimited), 'duplicate', 'the same again')
        same(
          await inbox.claim(record(`EV-${at}`, { digest: otherDigest }), unlimited),
          'conflict',
          'another digest',
        )
      }
      const { ready, leased: held, parked, done } = await inbox.stats()
      same([ready, held, parked, done], [0, 1, 1, 1], 'states')
    },
}
