import { isRecord } from '@wechatpay-entrust/base'
import type { Signer } from '../platform/identity.ts'

/** What a notification without a request of its own takes from the latest verified request. */
export interface LastRequest {
  /** The `notify_url` of the latest request that had one. */
  readonly notifyUrl: string | undefined
  /** The key that signed the latest response. */
  readonly signer: Signer | undefined
  note(signer: Signer, json: unknown): void
  reset(): void
}

export function createLastRequest(): LastRequest {
  let notifyUrl: string | undefined
  let signer: Signer | undefined
  return {
    get notifyUrl() {
      return notifyUrl
    },
    get signer() {
      return signer
    },
    note(by, json) {
      signer = by
      if (isRecord(json) && typeof json.notify_url === 'string') notifyUrl = json.notify_url
    },
    reset() {
      notifyUrl = undefined
      signer = undefined
    },
  }
}
