import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP } from 'node:net'
import { untilAborted } from '@wechatpay-entrust/base'
import { requireOptions } from '../arguments/require-values.ts'
import { aFunction, type ValueTypes } from '../arguments/value-types.ts'
import {
  checkNotifyUrl,
  type Deliver,
  type DeliveryPolicy,
  deliveryPolicyTypes,
  markAsNetwork,
  noAddress,
  notLoopback,
} from './deliver.ts'

/** One resolved address. */
export interface Address {
  readonly address: string
  readonly family: number
}

export interface NodeDeliveryOptions extends DeliveryPolicy {
  /** Finds all addresses of a host name. Default: the system's resolver. */
  readonly resolve?: (hostname: string) => Promise<readonly Address[]>
}

const optionTypes: ValueTypes<NodeDeliveryOptions> = { ...deliveryPolicyTypes, resolve: aFunction }

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/**
 * Delivers through `node:http(s)`: header names keep their case, redirects are not followed, and the
 * response body is dropped.
 *
 * The client chooses the address, so by default only this machine is allowed. The name is resolved
 * once, every address is checked, and the connection uses exactly these addresses: a name that
 * resolves to another address the second time changes nothing. Addresses of hosts in
 * `allowNotifyHosts` are not checked.
 *
 * @throws {ConfigurationError} for an unknown or invalid option
 */
export function createNodeDelivery(options: NodeDeliveryOptions = {}): Deliver {
  requireOptions(options, optionTypes)
  const { resolve = resolveAll, ...policy } = options
  return markAsNetwork(async ({ url, headers, body, signal }) => {
    const checked = checkNotifyUrl(url, policy)
    const addresses = await untilAborted(
      resolve(checked.url.hostname.replace(/^\[|\]$/g, '')),
      signal,
    )
    if (addresses.length === 0) throw noAddress()
    if (!checked.named && !addresses.every(isLoopbackAddress)) throw notLoopback()
    return post(checked.url, addresses, headers, body, signal)
  })
}

function post(
  url: URL,
  addresses: readonly Address[],
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<number> {
  const send = url.protocol === 'https:' ? https.request : http.request
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Length': String(body.byteLength) },
      agent: false,
      signal,
      lookup: (_hostname, options, callback) => {
        if (options.all) callback(null, [...addresses])
        else callback(null, addresses[0]?.address ?? '', addresses[0]?.family)
      },
    })
    request.once('error', reject)
    request.once('response', (response) => {
      response.once('error', () => undefined)
      response.destroy()
      resolve(response.statusCode ?? 0)
    })
    request.end(body)
  })
}

async function resolveAll(hostname: string): Promise<readonly Address[]> {
  const family = isIP(hostname)
  return family === 0
    ? lookup(hostname, { all: true, order: 'ipv4first' })
    : [{ address: hostname, family }]
}

function isLoopbackAddress({ address, family }: Address): boolean {
  return loopback.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
