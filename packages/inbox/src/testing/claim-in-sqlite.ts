// Started by a test: claims the given ids in the given file, and sends the results.
import { createSqliteInbox } from '../stores/sqlite/index.ts'

const [path = '', ids = '[]'] = process.argv.slice(2)
const inbox = await createSqliteInbox(path)
const record = {
  scope: '1900009191',
  digest: 'a'.repeat(64),
  eventType: 'ENTRUST.SIGN',
  sealed: new Uint8Array([1]),
}
const { signal } = new AbortController()
const claims = await Promise.all(
  (JSON.parse(ids) as string[]).map((id) => inbox.claim({ id, ...record }, signal)),
)
await inbox.close()
process.send?.(claims)
