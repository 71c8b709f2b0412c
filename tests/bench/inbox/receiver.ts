/**
 * The receiver under load, in its own process. Reports its port, and on request the cost of the
 * load.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serverTimeouts } from '@wechatpay-entrust/notification/node'
import { openVariant, type StorePlace, type Times, type Variant } from './variants.ts'

export interface Receiver {
  readonly variant: Variant
  readonly place: StorePlace
}

/** The cost since the last request. */
export interface Cost extends Times {
  /** Processor time of the whole process, in milliseconds. */
  readonly cpuMs: number
  readonly rssMb: number
}

const { variant, place } = JSON.parse(process.env.RECEIVER ?? '') as Receiver
const times: Times = { commits: [], commitCpu: [], claims: [] }
const server = createServer(serverTimeouts, await openVariant(variant, place, times))
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))

let before = process.cpuUsage()
process.on('message', () => {
  const { user, system } = process.cpuUsage(before)
  before = process.cpuUsage()
  const cost: Cost = {
    commits: times.commits.splice(0),
    commitCpu: times.commitCpu.splice(0),
    claims: times.claims.splice(0),
    cpuMs: (user + system) / 1000,
    rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
  }
  process.send?.(cost)
})
process.on('disconnect', () => process.exit())
