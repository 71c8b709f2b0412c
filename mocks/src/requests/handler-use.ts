import { ConfigurationError } from '@wechatpay-entrust/auth'
import type { Report } from '../report.ts'

/** The mock of each mchid whose handlers were read last, until MSW removes them. */
const latest = new Map<string, { hasReceived: boolean }>()

/** Whose handlers MSW uses. */
export interface HandlerUse {
  /** Call when the handlers are read, to be given to MSW. */
  give(): void
  /** Call with each request that MSW passes to the handlers. */
  receive(): void
  /** Call when MSW removes the handlers: `server.resetHandlers()`, `server.close()`. */
  leave(): void
}

/**
 * Finds two mocks with the same mchid in one MSW set-up. There the first of them gets every request.
 * All mocks have the same keys, so nothing in a request tells them apart. But the mock that gets the
 * request is then not the one whose handlers were given to MSW last, and the last one never got a
 * request. Mocks that are used one after the other pass, and so does a mock for one test
 * (`server.use`).
 */
export function createHandlerUse(mchid: string, report: Report): HandlerUse {
  const own = { hasReceived: false }
  let isReported = false
  return {
    give() {
      own.hasReceived = false
      latest.set(mchid, own)
    },
    leave() {
      if (latest.get(mchid) === own) latest.delete(mchid)
    },
    receive() {
      own.hasReceived = true
      if (isReported || (latest.get(mchid)?.hasReceived ?? true)) return
      isReported = true
      report({ type: 'mock:handlers', error: sameMchid(mchid) })
    },
  }
}

function sameMchid(mchid: string): ConfigurationError {
  const other = mchid === '1900000200' ? '1900000300' : '1900000200'
  return new ConfigurationError('malformed-option', {
    slot: 'mchid',
    found: `two mocks with ${mchid} whose handlers are in MSW; one gets the requests for both`,
    expected: 'another mchid for each mock',
    remedy: {
      en: `Create one of them with another id, e.g. createMock({ mchid: '${other}' }), and remove the handlers of a mock that is no longer used.`,
      zh: `请为其中一个设置不同的商户号，例如 createMock({ mchid: '${other}' })；不再使用的模拟服务请移除其 handlers。`,
    },
  })
}
