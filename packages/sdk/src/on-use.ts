/** What only files and payment pages need of the auth package. The facade loads it at their first use. */
export { createUnverifiedFetch, signPaymentLaunch } from '@wechatpay-entrust/auth'
