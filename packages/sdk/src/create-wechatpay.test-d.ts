// Compiled, never run: what the facade's types accept and reject.
import { createWebHandler } from '@wechatpay-entrust/notification/web'
import { expectTypeOf } from 'vitest'
import {
  type AppPaymentLaunch,
  type ContractNotification,
  createWeChatPay,
  type JsapiPaymentLaunch,
  type NotificationOf,
  type WeChatPay,
  type WeChatPayOptions,
} from './index.ts'

declare const wechatpay: WeChatPay
declare const event: ContractNotification
declare const required: Pick<WeChatPayOptions, 'mchid' | 'serialNumber' | 'privateKey' | 'apiV3Key'>

createWeChatPay({ ...required, publicKey: { id: 'PUB_KEY_ID_1', pem: '' } })
createWeChatPay({ ...required, platformCertificates: [''], apiV3Key: ['current', 'previous'] })
createWeChatPay({ ...required, privateKey: { sign: async (message) => message } })
declare const cryptoKeys: { dom: CryptoKey; node: import('node:crypto').webcrypto.CryptoKey }
createWeChatPay({ ...required, privateKey: cryptoKeys.dom })
createWeChatPay({ ...required, privateKey: cryptoKeys.node })
// @ts-expect-error the private key is text, a key or an object with `sign`, never bytes
createWeChatPay({ ...required, privateKey: new Uint8Array() })
// @ts-expect-error the id of the public key is required
createWeChatPay({ ...required, publicKey: { pem: '' } })
// @ts-expect-error the APIv3 key is not optional
createWeChatPay({ mchid: '', serialNumber: '', privateKey: '' })

// `kind` narrows the type of `resource`; an unknown kind has an unknown resource.
if (event.kind === 'signed') expectTypeOf(event.resource.openid).toEqualTypeOf<string | undefined>()
if (event.kind === 'terminated')
  expectTypeOf(event.resource.mchid).toEqualTypeOf<string | undefined>()
if (event.kind === 'unknown') expectTypeOf(event.resource).toEqualTypeOf<unknown>()
expectTypeOf(event.event_type).toEqualTypeOf<string>()

// Every form of a request with its raw bytes is accepted; text and parsed JSON are not.
declare const request: Request
expectTypeOf(wechatpay.receiveNotification(request)).resolves.toEqualTypeOf<ContractNotification>()
wechatpay.receiveNotification({ headers: { 'wechatpay-nonce': 'n' }, body: new Uint8Array() })
// @ts-expect-error text is not the signed bytes
wechatpay.receiveNotification({ headers: {}, body: '{}' })
// @ts-expect-error a parsed body is not the signed bytes
wechatpay.receiveNotification({ headers: {}, body: { id: 'EV-1' } })

// The three ways to call an operation have the same type.
const { miniProgram } = wechatpay.v3.passwordExemptContract.contracts.qs.preEntrustSign
const route = 'v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program'
expectTypeOf(miniProgram.post).toEqualTypeOf(wechatpay[route].post)
expectTypeOf(miniProgram.post).toEqualTypeOf(wechatpay.chain(route).post)
// @ts-expect-error a misspelt path
wechatpay.chain('v3/password-exempt-contract/contracts/qs/pre-entrust-sign')

// With `spec`: its operations and its notifications, also through `notifications`. The patterns
// without one have no more than before.
declare const orders: typeof import('../../core/src/testing/orders.ts').orders
const eventTypes = { refunded: ['REFUND.SUCCESS'] } as const
const shop = createWeChatPay({ ...required, spec: orders, eventTypes })
expectTypeOf(shop.operations.createOrder).toEqualTypeOf(shop.v3.orders.post)
expectTypeOf(shop.chain('v3/orders').post).toEqualTypeOf(shop['v3/orders'].postAsync)
expectTypeOf(shop.getContractByCode).toEqualTypeOf(wechatpay.getContractByCode)
expectTypeOf(shop.receiveNotification(request)).resolves.toEqualTypeOf<
  NotificationOf<typeof orders, typeof eventTypes>
>()
shop.receiveNotification(request, {
  expect(notification) {
    if (notification.kind !== 'event') return false
    if (notification.event_type === 'REFUND.SUCCESS')
      return notification.resource.refund_id === undefined
    return notification.resource.amount === 5
  },
})
createWebHandler({
  ...shop.notifications,
  onNotification: (notification) =>
    expectTypeOf(notification).toEqualTypeOf<NotificationOf<typeof orders, typeof eventTypes>>(),
})
const listed = createWeChatPay({ ...required, spec: [orders] })
expectTypeOf(listed.v3.bills.get).toEqualTypeOf(shop.operations.listBills)
expectTypeOf(createWeChatPay({ ...required })).toEqualTypeOf<WeChatPay>()
expectTypeOf<ReturnType<typeof createWeChatPay>>().toExtend<WeChatPay>()
expectTypeOf(shop).toExtend<Pick<WeChatPay, 'getContractByCode' | 'request' | 'close'>>()
// `form` decides on the type of a payment page.
const order = { appid: 'wx1', prepay_id: 'wx2' } as const
expectTypeOf(
  wechatpay.toPaymentLaunch({ ...order, form: 'jsapi' }),
).resolves.toEqualTypeOf<JsapiPaymentLaunch>()
expectTypeOf(
  wechatpay.toPaymentLaunch({ ...order, form: 'app' }),
).resolves.toEqualTypeOf<AppPaymentLaunch>()
// @ts-expect-error h5 has no signature
wechatpay.toPaymentLaunch({ ...order, form: 'h5' })

// A download needs a hash; without one it is an unverified download.
declare const node: import('node:stream').Writable
wechatpay.download('', { hash: { hash_type: 'SHA1', hash_value: '' }, to: node })
// @ts-expect-error a download without a hash
wechatpay.download('', {})
expectTypeOf(wechatpay.downloadUnverified('')).resolves.toHaveProperty('verified')
declare const stream: import('node:fs').ReadStream
wechatpay.upload('/v3/merchant/media/upload', { file: stream, filename: 'a.png' })
