// The key opens downloaded certificates too, so it is read in auth.
export { type ApiV3Keys, importApiV3Keys } from '@wechatpay-entrust/auth'
