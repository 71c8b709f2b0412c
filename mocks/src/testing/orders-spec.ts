import type { Spec } from '@wechatpay-entrust/core'

/** A spec as codegen writes it, with what APIv3 has and our own document does not. */
export const ordersSpec: Spec = {
  specVersion: 1,
  title: 'Orders',
  operations: {
    createOrder: {
      id: 'createOrder',
      method: 'POST',
      path: '/v3/orders',
      retry: 'unsafe',
      status: 200,
      request: { json: { $ref: '#/components/schemas/Order' } },
      response: {
        type: 'object',
        required: ['mchid', 'out_trade_no', 'prepay_id', 'amount', 'create_time'],
        properties: {
          mchid: { type: 'string' },
          sp_mchid: { type: 'string', example: '1230000109' },
          out_trade_no: { type: 'string', example: '1217752501201407033233368018' },
          prepay_id: { type: 'string', minLength: 8, maxLength: 12 },
          amount: {
            type: 'object',
            required: ['total', 'payer_total'],
            properties: {
              total: { type: 'integer', example: 888 },
              payer_total: { type: 'integer', example: 800 },
            },
          },
          create_time: { type: 'string', format: 'date-time' },
          attach: { type: 'string' },
          unknown_to_most: { type: 'string' },
        },
      },
    },
    closeOrder: {
      id: 'closeOrder',
      method: 'POST',
      path: '/v3/orders/{out_trade_no}/close',
      retry: 'unsafe',
      status: 204,
      request: {
        path: { out_trade_no: { type: 'string', maxLength: 32 } },
        json: {
          type: 'object',
          required: ['mchid'],
          properties: { mchid: { type: 'string', example: '1230000109' } },
        },
        isJsonOptional: true,
      },
    },
    getOrderByNumber: {
      id: 'getOrderByNumber',
      method: 'GET',
      path: '/v3/orders/{number}',
      retry: 'safe',
      status: 200,
      request: { path: { number: { type: 'integer', minimum: 1 } } },
      response: {
        type: 'object',
        properties: { kind: { type: 'string', enum: ['NUMBER'] } },
        required: ['kind'],
      },
    },
    getOrder: {
      id: 'getOrder',
      method: 'GET',
      path: '/v3/orders/{out_trade_no}',
      retry: 'safe',
      status: 200,
      request: { path: { out_trade_no: { type: 'string' } } },
      response: {
        type: 'object',
        required: ['out_trade_no', 'trade_state'],
        properties: {
          out_trade_no: { type: 'string' },
          trade_state: { type: 'string', enum: ['SUCCESS', 'CLOSED'] },
        },
      },
    },
    listOrders: {
      id: 'listOrders',
      method: 'GET',
      path: '/v3/orders/all',
      retry: 'safe',
      status: 200,
      request: {
        query: {
          limit: { type: 'integer', minimum: 1, maximum: 100 },
          states: { type: 'array', items: { type: 'string', enum: ['SUCCESS', 'CLOSED'] } },
          is_paid: { type: 'boolean' },
          rate: { type: 'number' },
        },
        requiredQuery: ['limit'],
      },
      response: { type: 'array', items: { $ref: '#/components/schemas/Order' } },
    },
  },
  schemas: {
    Order: {
      type: 'object',
      required: ['out_trade_no', 'amount', 'notify_url'],
      properties: {
        out_trade_no: { type: 'string', minLength: 6, maxLength: 32, example: 'ORDER-0001' },
        notify_url: {
          type: 'string',
          pattern: '^https://[^?#\\s]+$',
          'x-loopback-http': true,
          example: 'https://www.example.com/notify',
        },
        amount: {
          type: 'object',
          required: ['total'],
          properties: { total: { type: 'integer', minimum: 1, example: 100 } },
        },
        attach: { type: 'string', maxLength: 128 },
      },
    },
  },
  webhooks: {
    orderPaid: {
      eventTypes: ['TRANSACTION.SUCCESS'],
      resource: { $ref: '#/components/schemas/Order' },
    },
  },
}

/** Valid arguments of `createOrder`. */
export const order = {
  out_trade_no: 'ORDER-7',
  amount: { total: 7 },
  notify_url: 'https://shop.test/notify',
  attach: 'gift',
}
