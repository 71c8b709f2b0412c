import type { Args } from '@wechatpay-entrust/core'
import { isSameJson } from '../arguments/same-json.ts'
import type { Clock } from '../platform/clock.ts'
import type { RandomHex } from '../platform/random.ts'
import { invalidRequest, paramError } from '../requests/error-response.ts'

/** The body of an order, of a direct merchant or of a service provider. */
export type OrderRequest = Args<'normalJsapiWithContract' | 'partnerJsapiWithContract'>['json']

export type OrderState = 'open' | 'paid' | 'declined'

/** An order (预支付交易单). */
export interface Order {
  readonly prepay_id: string
  readonly request: OrderRequest
  readonly createdAt: number
  state: OrderState
}

export interface OrderBookOptions {
  readonly mchid: string
  readonly clock: Clock
  readonly randomHex: RandomHex
}

/** The orders of one merchant, by their `prepay_id`. */
export class OrderBook {
  readonly #options: OrderBookOptions
  readonly #orders = new Map<string, Order>()

  constructor(options: OrderBookOptions) {
    this.#options = options
  }

  /**
   * Places an order, or returns the one that the same parameters placed before. Other parameters for
   * the same `out_trade_no` are rejected, and so is an order in the name of another merchant.
   *
   * @throws {Rejection} `PARAM_ERROR`, `INVALID_REQUEST`
   */
  place(request: OrderRequest): Order {
    const { mchid, clock, randomHex } = this.#options
    const field = 'sp_mchid' in request ? 'sp_mchid' : 'mchid'
    const named = 'sp_mchid' in request ? request.sp_mchid : request.mchid
    if (named !== mchid)
      throw paramError({
        field: `/${field}`,
        value: named,
        issue: 'not the merchant that signed the request',
        location: 'body',
      })
    const known = this.list().find((order) => tradeOf(order.request) === tradeOf(request))
    if (known !== undefined) {
      if (isSameJson(known.request, request)) return known
      throw invalidRequest(
        '请求重入时参数与首次不一致',
        'out_trade_no was used before with other parameters',
      )
    }
    const order: Order = {
      prepay_id: `wx${randomHex(17)}`,
      request,
      createdAt: clock(),
      state: 'open',
    }
    this.#orders.set(order.prepay_id, order)
    return order
  }

  find(prepayId: string): Order | undefined {
    return this.#orders.get(prepayId)
  }

  /** Oldest first. */
  list(): Order[] {
    return [...this.#orders.values()]
  }

  reset(): void {
    this.#orders.clear()
  }
}

/** An `out_trade_no` is unique for its merchant number, that of the sub-merchant included. */
const tradeOf = (request: OrderRequest) =>
  [...('sub_mchid' in request ? [request.sub_mchid] : []), request.out_trade_no].join('/')
