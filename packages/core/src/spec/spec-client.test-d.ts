// Compiled, never run: what the types of a client with specs accept and reject.
import { expectTypeOf } from 'vitest'
import {
  type Client,
  type ClientFetch,
  type Contract,
  createClient,
  type Route,
  type Spec,
} from '../index.ts'
import { orders } from '../testing/orders.ts'
import type { Nearest } from './spec-client.ts'

declare const fetch: ClientFetch
const client = createClient({ fetch, spec: orders })
const own = createClient({ fetch })
const path = { out_trade_no: '1' }
const query = { mchid: '1900000109' }

// Every style has the same type, beside ours.
const { _out_trade_no_ } = client.v3.orders
expectTypeOf(_out_trade_no_.get).toEqualTypeOf(client.operations.getOrder)
expectTypeOf(_out_trade_no_.get).toEqualTypeOf(client.chain('v3/orders/{out_trade_no}').getAsync)
expectTypeOf(_out_trade_no_.get).toEqualTypeOf(client['v3/orders/{out_trade_no}'].get)
expectTypeOf(client.operations.getContractByCode).toEqualTypeOf(client.getContractByCode)
expectTypeOf(own.operations.getContractByCode).toEqualTypeOf(own.getContractByCode)
expectTypeOf(client.v3.certificates.get).toEqualTypeOf(own.v3.certificates.get)
expectTypeOf(client.chain('v3/certificates').get).toEqualTypeOf(own.v3.certificates.get)

expectTypeOf(client.operations.getOrder({ path, query }))
  .resolves.toHaveProperty('data')
  .toEqualTypeOf<{ readonly out_trade_no: string; readonly trade_state?: string }>()
expectTypeOf(client.v3.orders._out_trade_no_.close.post({ path }))
  .resolves.toHaveProperty('data')
  .toEqualTypeOf<undefined>()
client.operations.closeOrder({ path, json: query })
client.v3.receivers.delete()
client.v3.receivers.delete.post()
client.chain('v3/receivers/delete').postAsync()
expectTypeOf(client.waitForContract({ service_id: 1, out_contract_code: 'a' }))
  .resolves.exclude<undefined>()
  .toHaveProperty('data')
  .toEqualTypeOf<Contract>()

// @ts-expect-error a required query parameter is missing
client.operations.getOrder({ path })
// @ts-expect-error the operation has no body
client.v3.orders._out_trade_no_.get({ path, query, json: {} })
// @ts-expect-error the operations of a spec are not at the top
client.getOrder({ path, query })
// @ts-expect-error without the spec there is no such operation
own.operations.getOrder
// @ts-expect-error without the spec there is no such path
own.chain('v3/orders')
// @ts-expect-error a misspelt path
client.chain('v3/order')
// @ts-expect-error not what codegen writes
createClient({ fetch, spec: { openapi: '3.1.0', paths: {} } })

// The error of a misspelt path names the paths with the longest common beginning.
type Paths = 'v3/orders' | 'v3/orders/{out_trade_no}' | 'v3/bills'
expectTypeOf<Nearest<'v3/bill', Paths>>().toEqualTypeOf<'v3/bills'>()
expectTypeOf<Nearest<'v3/orders/{outTradeNo}', Paths>>().toEqualTypeOf<'v3/orders/{out_trade_no}'>()
expectTypeOf<Nearest<'v3/orders', Paths>>().toEqualTypeOf<'v3/orders'>()
expectTypeOf<Nearest<string, Paths>>().toEqualTypeOf<Paths>()

// A list has the operations of each.
interface Echo {
  readonly operations: { readonly echo: () => Promise<string> }
  readonly tree: { readonly v3: { readonly echo: { readonly post: () => Promise<string> } } }
  readonly routes: { readonly 'v3/echo': { readonly post: () => Promise<string> } }
  readonly events: object
}
declare const echo: Spec<Echo>
const both = createClient({ fetch, spec: [orders, echo] })
expectTypeOf(both.operations.echo).returns.resolves.toBeString()
expectTypeOf(both.v3.echo.post).toEqualTypeOf(both.chain('v3/echo').post)
expectTypeOf(both.v3.orders.post).toEqualTypeOf(client.v3.orders.post)
expectTypeOf<'v3/echo' | 'v3/orders' | 'v3/certificates'>().toExtend<
  Route<readonly [typeof orders, typeof echo]>
>()

// A spec without types has its operations at run time only. Functions for our own client accept both.
declare const untyped: Spec
expectTypeOf(createClient({ fetch, spec: untyped }).operations.getContractByCode).toEqualTypeOf(
  own.getContractByCode,
)
expectTypeOf(createClient({ fetch, spec: [] }).v3.certificates).toEqualTypeOf(own.v3.certificates)
expectTypeOf(client).toExtend<Client>()
