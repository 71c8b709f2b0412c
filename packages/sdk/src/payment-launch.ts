/** The facade loads this file when the first payment page is to be opened. */
export { signPaymentLaunch } from '@wechatpay-entrust/auth'
