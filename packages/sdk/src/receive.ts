/**
 * What `receiveNotification` of the facade loads at the first notification, and of that package no
 * more.
 */
export { receiveNotification } from '@wechatpay-entrust/notification'
