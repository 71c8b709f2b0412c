import type { Spec } from '@wechatpay-entrust/core'
import type { NamedSchema } from '../bundle/final-names.ts'
import type { CleanOperation } from '../operations/clean-operation.ts'
import type { InputDocument } from '../operations/input-document.ts'
import type { CleanWebhook } from '../operations/webhooks.ts'

/** Everything that was read of all documents. */
export interface Parts {
  /** The first input, for texts. */
  readonly file: string
  readonly documents: readonly InputDocument[]
  readonly operations: readonly CleanOperation[]
  readonly webhooks: readonly CleanWebhook[]
  readonly schemas: readonly NamedSchema[]
  readonly names: ReadonlyMap<string, string>
  readonly own: Pick<Spec, 'operations'> | undefined
}
