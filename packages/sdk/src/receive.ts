/**
 * The facade loads this file at the first notification, and nothing else of the notification package.
 */
export { receiveNotification } from '@wechatpay-entrust/notification'
