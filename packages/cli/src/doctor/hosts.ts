import { baseUrlsOf } from '@wechatpay-entrust/core'
import { readHosts } from '../settings/merchant.ts'
import type { Settings } from '../settings/settings.ts'
import { attempt, codeOf, type Report } from './check.ts'

export interface Host {
  readonly url: string
  /** Server's clock minus this machine's, in seconds; `undefined` without a `Date` header. */
  readonly skewSeconds: number | undefined
}

const timeoutMilliseconds = 8000

/** Checks that both hosts (主域名, 备域名) respond, and returns those that do. */
export async function checkHosts(
  settings: Settings,
  report: Report,
  signal: AbortSignal,
): Promise<Host[]> {
  const urls = baseUrlsOf(readHosts(settings))
  const hosts = await Promise.all(urls.map((url, index) => reach(url, index > 0, report, signal)))
  return hosts.filter((host) => host !== undefined)
}

async function reach(
  url: string,
  isBackup: boolean,
  report: Report,
  signal: AbortSignal,
): Promise<Host | undefined> {
  const check = isBackup ? 'backup host' : 'host'
  const startedAt = Date.now()
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)])
    const response = await fetch(`${url}/`, { redirect: 'manual', signal: limit })
    await response.body?.cancel()
    const endedAt = Date.now()
    report({ check, state: 'ok', found: `${url} answers, in ${endedAt - startedAt} ms` })
    const sentAt = Date.parse(response.headers.get('date') ?? '')
    // `Date` has whole seconds and was set at some moment between request and response.
    const skewSeconds = Number.isNaN(sentAt)
      ? undefined
      : Math.round((sentAt + 500 - (startedAt + endedAt) / 2) / 1000)
    return { url, skewSeconds }
  } catch (error) {
    signal.throwIfAborted()
    report({
      check,
      state: isBackup ? 'warn' : 'fail',
      found: `${url} does not answer (${codeOf(error)})`,
      fix: fixOf(error),
    })
    return undefined
  }
}

function fixOf(error: unknown): string {
  const code = codeOf(error)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return 'Check the name, and the DNS of this machine.'
  if (/CERT|SSL|TLS|SELF_SIGNED/.test(code))
    return 'Something on the way answers in its place: check proxies and the machine’s certificates.'
  return 'Check firewall and proxy: outgoing HTTPS must be open.'
}

/** Beyond five minutes WeChat Pay rejects every request, and we reject every response. */
export async function checkClock(hosts: readonly Host[], report: Report): Promise<void> {
  await attempt(report, 'clock', () => {
    const skew = hosts.find(({ skewSeconds }) => skewSeconds !== undefined)?.skewSeconds
    if (skew === undefined)
      return report({ check: 'clock', state: 'skip', found: 'no host told its time' })
    const found = `${Math.abs(skew)} s ${skew < 0 ? 'ahead of' : 'behind'} the server's`
    const fix = 'Have the clock set by NTP (timedatectl set-ntp true).'
    if (Math.abs(skew) > 300)
      return report({ check: 'clock', state: 'fail', found: `${found}; 300 s are allowed`, fix })
    if (Math.abs(skew) > 60) return report({ check: 'clock', state: 'warn', found, fix })
    report({ check: 'clock', state: 'ok', found })
  })
}
