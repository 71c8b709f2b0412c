/**
 * The flood of R17: `node --conditions=@wechatpay-entrust/source
 * tests/bench/notification/flood.ts --rate 10000 --seconds 10`. Prints the result as JSON. Fails
 * when a forged post was accepted, when a genuine one was rejected or took a second, or when the
 * receiver used 256 MB.
 */
import { parseArgs } from 'node:util'
import { flood } from '../../../packages/notification/src/testing/flood.ts'

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '64' },
  },
})
const result = await flood({
  rate: Number(values.rate),
  seconds: Number(values.seconds),
  connections: Number(values.connections),
})
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
const { forged, genuine, other, peakRssMb } = result
const lost = genuine.sent - genuine.accepted
if (forged.accepted + other + lost > 0 || genuine.maxMs >= 1000 || peakRssMb >= 256)
  process.exitCode = 1
