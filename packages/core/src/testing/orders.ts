/** A small spec as codegen writes it: orders, bills and receivers, with what documents may have. */
import type { OperationCall } from '../call/operation.ts'
import type { Spec, SpecOperation } from '../spec/spec.ts'

interface Order {
  readonly out_trade_no: string
  readonly trade_state?: string
}

interface Operations {
  createOrder: {
    requestBody: { content: { 'application/json': { out_trade_no: string; payer: string } } }
    responses: { 200: { content: { 'application/json': { prepay_id: string } } } }
  }
  getOrder: {
    parameters: { path: { out_trade_no: string }; query: { mchid: string; tag?: string[] } }
    responses: { 200: { content: { 'application/json': Order } } }
  }
  closeOrder: {
    parameters: { path: { out_trade_no: string } }
    requestBody?: { content: { 'application/json': { mchid: string } } }
    responses: { 204: { content?: never } }
  }
  listBills: { responses: { 200: { content: { 'application/json': Order[] } } } }
  removeReceivers: { responses: { 204: { content?: never } } }
  deleteReceiver: { responses: { 204: { content?: never } } }
}

type Call<Id extends keyof Operations> = OperationCall<Operations[Id]>

interface Verb<Name extends string, Id extends keyof Operations> {
  readonly method: { readonly [Method in Name | `${Name}Async`]: Call<Id> }
}

interface Tree {
  readonly v3: {
    readonly orders: Verb<'post', 'createOrder'>['method'] & {
      readonly _out_trade_no_: Verb<'get', 'getOrder'>['method'] & {
        readonly close: Verb<'post', 'closeOrder'>['method']
      }
    }
    readonly bills: Verb<'get', 'listBills'>['method']
    readonly receivers: {
      readonly delete: Call<'removeReceivers'> & Verb<'post', 'deleteReceiver'>['method']
      readonly deleteAsync: Call<'removeReceivers'>
    }
  }
}

interface Routes {
  readonly 'v3/orders': Tree['v3']['orders']
  readonly 'v3/orders/{out_trade_no}': Tree['v3']['orders']['_out_trade_no_']
  readonly 'v3/orders/{out_trade_no}/close': Tree['v3']['orders']['_out_trade_no_']['close']
  readonly 'v3/bills': Tree['v3']['bills']
  readonly 'v3/receivers': Tree['v3']['receivers']
  readonly 'v3/receivers/delete': Tree['v3']['receivers']['delete']
}

/** What codegen writes into `types.d.ts`. */
export interface OrderTypes {
  readonly operations: { readonly [Id in keyof Operations]: Call<Id> }
  readonly tree: Tree
  readonly routes: Routes
  readonly events: { 'TRANSACTION.SUCCESS': Order & { readonly amount: number } }
  readonly webhooks: {
    paid: Order & { readonly amount: number }
    refunded: { readonly refund_id: string }
  }
}

const path = { out_trade_no: { type: 'string', minLength: 1, maxLength: 32 } } as const
const order = { $ref: '#/components/schemas/Order' }

const operations: { readonly [id: string]: SpecOperation } = {
  createOrder: {
    id: 'createOrder',
    method: 'POST',
    path: '/v3/orders',
    retry: 'unsafe',
    status: 200,
    request: {
      json: {
        type: 'object',
        required: ['out_trade_no', 'payer'],
        properties: { ...path, payer: { type: 'string', 'x-personal': true } },
      },
    },
    response: {
      type: 'object',
      required: ['prepay_id'],
      properties: { prepay_id: { type: 'string' } },
    },
    retrySays: { en: 'Query the order by out_trade_no first.', zh: '请先查询订单。' },
  },
  getOrder: {
    id: 'getOrder',
    method: 'GET',
    path: '/v3/orders/{out_trade_no}',
    retry: 'safe',
    status: 200,
    request: {
      path,
      query: { mchid: { type: 'string' }, tag: { type: 'array', items: { type: 'string' } } },
      requiredQuery: ['mchid'],
    },
    response: order,
    echo: ['out_trade_no'],
  },
  closeOrder: {
    id: 'closeOrder',
    method: 'POST',
    path: '/v3/orders/{out_trade_no}/close',
    retry: 'unsafe',
    status: 204,
    request: {
      path,
      isJsonOptional: true,
      json: { type: 'object', properties: { mchid: { type: 'string' } } },
    },
  },
  listBills: {
    id: 'listBills',
    method: 'GET',
    path: '/v3/bills',
    retry: 'safe',
    status: 200,
    response: { type: 'array', items: order },
  },
  removeReceivers: {
    id: 'removeReceivers',
    method: 'DELETE',
    path: '/v3/receivers',
    retry: 'unsafe',
    status: 204,
  },
  deleteReceiver: {
    id: 'deleteReceiver',
    method: 'POST',
    path: '/v3/receivers/delete',
    retry: 'safe',
    status: 204,
  },
}

export const orders: Spec<OrderTypes> = {
  specVersion: 1,
  title: 'Orders',
  operations,
  schemas: {
    Order: {
      type: 'object',
      required: ['out_trade_no'],
      properties: { ...path, trade_state: { type: 'string' } },
    },
  },
  webhooks: {
    paid: { eventTypes: ['TRANSACTION.SUCCESS'], resource: order },
    refunded: { eventTypes: [] },
  },
}
