import { createPlatformKeys } from '@wechatpay-entrust/auth'
import { createMemoryInbox } from '@wechatpay-entrust/inbox/memory'
import keys from '../../spec/vectors/testing-keys.json' with { type: 'json' }

/** Options of the receiver on each runtime. The budget is short, for bodies that never end. */
export const receiverOptions = () => ({
  platformKeys: createPlatformKeys({ platformCertificates: [keys.platform.certificate] }),
  apiV3Key: keys.apiV3Key,
  mchid: keys.merchant.mchid,
  budgetMs: 1500,
  inbox: createMemoryInbox(),
})
