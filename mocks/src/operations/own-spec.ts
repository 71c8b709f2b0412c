import type { Spec } from '@wechatpay-entrust/core'
import { operationExamples, ownSpec as spec } from '@wechatpay-entrust/core/spec'

/** Our own document, with the examples of its pages, which only the mock needs. */
export const ownSpec: Spec = { ...spec, examples: operationExamples }
