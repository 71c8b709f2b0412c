/**
 * One of several racing processes: claims every id of a list once, in its own order, and reports
 * which were new.
 */
import { openStore, type StorePlace } from './stores.ts'

export interface ClaimerConfig {
  readonly store: StorePlace
  readonly ids: number
}

const { store: place, ids } = JSON.parse(process.env.CLAIMER ?? '') as ClaimerConfig
const { inbox } = await openStore(place)
const signal = new AbortController().signal
const found = { new: [] as number[], duplicate: 0, conflict: 0 }

process.once('message', async () => {
  // All processes go through the ids in the same direction, a few steps apart, so all claim an id
  // at about the same time.
  const queue = Array.from({ length: ids }, (_, at) => at)
  const worker = async () => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const record = {
        id: `EV-${id}`,
        scope: '1900009191',
        digest: 'a'.repeat(64),
        eventType: 'ENTRUST.SIGN',
        sealed: new Uint8Array(700),
      }
      const claim = await inbox.claim(record, signal)
      if (claim === 'new') found.new.push(id)
      else found[claim]++
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  process.send?.(found)
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
