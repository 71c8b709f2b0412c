import type { Remedy } from '@wechatpay-entrust/base'
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
    report({ check, state: 'ok', found: `${url} responds, in ${endedAt - startedAt} ms` })
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
      found: `${url} does not respond (${codeOf(error)})`,
      remedy: remedyOf(error),
    })
    return undefined
  }
}

function remedyOf(error: unknown): Remedy {
  const code = codeOf(error)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return {
      en: 'Check the name, and the DNS of this machine.',
      zh: '请检查域名以及本机的 DNS 设置。',
    }
  if (/CERT|SSL|TLS|SELF_SIGNED/.test(code))
    return {
      en: 'Something in between responds in its place: check proxies and the CA certificates of this machine.',
      zh: '途中有其他设备代替其应答：请检查代理以及本机的 CA 证书。',
    }
  return {
    en: 'Check firewall and proxy: outgoing HTTPS must be open.',
    zh: '请检查防火墙和代理：必须允许访问外网 HTTPS。',
  }
}

/** Beyond five minutes WeChat Pay rejects every request, and we reject every response. */
export async function checkClock(hosts: readonly Host[], report: Report): Promise<void> {
  await attempt(report, 'clock', () => {
    const skew = hosts.find(({ skewSeconds }) => skewSeconds !== undefined)?.skewSeconds
    if (skew === undefined)
      return report({
        check: 'clock',
        state: 'skip',
        found: 'no host sent its time',
        remedy: {
          en: 'Compare the clock of this machine with another one.',
          zh: '请自行核对本机时间。',
        },
      })
    const found = `${Math.abs(skew)} s ${skew < 0 ? 'ahead of' : 'behind'} the server's`
    const remedy = {
      en: 'Let NTP set the clock (timedatectl set-ntp true).',
      zh: '请启用 NTP 时间同步（timedatectl set-ntp true）。',
    }
    if (Math.abs(skew) > 300)
      return report({ check: 'clock', state: 'fail', found: `${found}; 300 s are allowed`, remedy })
    if (Math.abs(skew) > 60) return report({ check: 'clock', state: 'warn', found, remedy })
    report({ check: 'clock', state: 'ok', found })
  })
}
