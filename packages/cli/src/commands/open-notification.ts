import { openResource, type SealedResource } from '@wechatpay-entrust/notification'
import { createWeChatPay } from 'wechatpay-entrust'
import type { CliContext } from '../context.ts'
import { parseJson, readInput } from '../input/read-input.ts'
import { readMessage, type StoredMessage } from '../input/stored-message.ts'
import { fieldLines } from '../output/output.ts'
import { hidePersonal } from '../output/personal.ts'
import type { MerchantFlags } from '../settings/flags.ts'
import { needApiV3Keys, readMerchant } from '../settings/merchant.ts'
import { usageError } from '../usage-error.ts'

export type OpenNotificationFlags = MerchantFlags & {
  readonly headers?: string
  readonly stored?: boolean
  readonly anyAge?: boolean
  readonly personal?: boolean
}

/** Verifies and opens a notification that was stored in a file. */
export async function openNotification(
  this: CliContext,
  flags: OpenNotificationFlags,
  file: string,
): Promise<void> {
  const { output } = this
  const headersText = flags.headers === undefined ? undefined : await readInput(this, flags.headers)
  const message = readMessage(await readInput(this, file), headersText)
  const opened = flags.stored
    ? await openStored(this, flags, message)
    : await verifyAndOpen(this, flags, message)
  const { resource, ...about } = opened
  const shown = hidePersonal(resource, flags.personal === true)
  if (!flags.stored) output.note('The signature holds.')
  output.result({ verified: !flags.stored, ...about, resource: shown }, [
    ...fieldLines({ ...about, verified: !flags.stored }),
    '',
    JSON.stringify(shown, undefined, 2),
  ])
}

interface Opened {
  readonly id: unknown
  readonly event_type: unknown
  readonly create_time: unknown
  readonly kind?: string
  readonly resource: unknown
}

/** A notification in an inbox was verified when it arrived; its headers are not stored. */
async function openStored(
  context: CliContext,
  flags: OpenNotificationFlags,
  { body }: StoredMessage,
): Promise<Opened> {
  const keys = needApiV3Keys(context.settings(flags), context.output)
  return openSealed(body, keys)
}

/** Opens a body without verifying it. @throws {UsageError} {NotificationError} */
export async function openSealed(body: Uint8Array, apiV3Key: readonly string[]): Promise<Opened> {
  const envelope = parseJson(new TextDecoder().decode(body), 'FILE') as Readonly<
    Record<string, unknown>
  > | null
  if (typeof envelope?.resource !== 'object' || envelope.resource === null) {
    throw usageError(
      'malformed-input',
      'FILE: found no `resource`; expected the body of a notification.',
      { en: 'Pass the body as it was received.', zh: '请原样传入收到的通知的请求体。' },
    )
  }
  const plaintext = await openResource(envelope.resource as SealedResource, apiV3Key)
  const { id, event_type, create_time } = envelope
  return {
    id,
    event_type,
    create_time,
    resource: parseJson(new TextDecoder().decode(plaintext), 'resource'),
  }
}

async function verifyAndOpen(
  context: CliContext,
  flags: OpenNotificationFlags,
  { headers, body }: StoredMessage,
): Promise<Opened> {
  if (headers === undefined) {
    throw usageError(
      'malformed-input',
      'FILE: found a body without headers, so nothing can be verified; expected the Wechatpay-* headers.',
      {
        en: 'Put them before the body or into a file of their own (--headers), or pass --stored for a body that was verified when it was received.',
        zh: '请把 Wechatpay-* 头放在请求体之前，或用 --headers 指定其文件；如果接收时已验签，请使用 --stored。',
      },
    )
  }
  const settings = context.settings(flags)
  const merchant = readMerchant(settings, context.output)
  const sentAt = Number(headers.get('wechatpay-timestamp')) * 1000
  const client = createWeChatPay({
    ...merchant,
    apiV3Key: needApiV3Keys(settings, context.output),
    // A stored message is always older than the five minutes that a receiver allows, so its own
    // timestamp is the clock.
    ...(flags.anyAge && sentAt > 0 && { clock: () => sentAt }),
  })
  try {
    const request = new Request('http://127.0.0.1/', {
      method: 'POST',
      headers: forRequest(headers),
      body,
    })
    const { id, event_type, create_time, kind, resource } =
      await client.receiveNotification(request)
    return { id, event_type, create_time, kind, resource }
  } finally {
    client.close()
  }
}

/** Headers of the original connection may contradict the stored body. */
function forRequest(headers: Headers): Headers {
  const copy = new Headers(headers)
  for (const name of ['content-length', 'transfer-encoding', 'connection', 'host'])
    copy.delete(name)
  return copy
}
