import { currentLanguage, printable } from '@wechatpay-entrust/base'
import type { CliContext } from '../context.ts'
import { checkAccount } from '../doctor/account.ts'
import type { CheckResult, CheckState } from '../doctor/check.ts'
import { checkEcho } from '../doctor/echo.ts'
import { checkClock, checkHosts } from '../doctor/hosts.ts'
import { checkNotifyUrl } from '../doctor/notify-url.ts'
import { checkApiV3Key, checkCredentials } from '../doctor/own-keys.ts'
import { checkPlatformKeys } from '../doctor/platform-keys.ts'
import type { MerchantFlags } from '../settings/flags.ts'
import { isLocal, openWeChatPay } from '../settings/merchant.ts'

export type DoctorFlags = MerchantFlags & {
  readonly notifyUrl?: string
  readonly echo?: boolean
  readonly listen?: number
  readonly wait: number
}

/** Checks everything that can make a first call or a first notification fail. */
export async function doctor(this: CliContext, flags: DoctorFlags): Promise<void> {
  const { output, signal } = this
  const settings = this.settings(flags)
  const results: CheckResult[] = []
  const report = (result: CheckResult) =>
    void results.push({ ...result, found: printable(result.found) })

  const credentials = await checkCredentials(settings, output, report)
  const apiV3Key = await checkApiV3Key(settings, output, report)
  output.progress('Requesting the hosts …')
  const hosts = await checkHosts(settings, report, signal)
  await checkClock(hosts, report)
  output.progress('Checking the keys …')
  const platformKeys =
    hosts.length === 0 && settings.find('platformCertificates')?.value === 'download'
      ? undefined
      : await checkPlatformKeys({ credentials, apiV3Key, settings }, report)
  if (credentials && platformKeys) {
    output.progress('Sending a signed request …')
    await checkAccount({ credentials, platformKeys, apiV3Key }, hosts, report, signal)
  }
  output.progress('Checking notify_url …')
  const notifyUrl = settings.find('notifyUrl')?.value
  if (flags.listen === undefined)
    await checkNotifyUrl(notifyUrl, { allowLoopbackHttp: isLocal(settings), signal }, report)
  if (flags.echo && credentials && platformKeys && apiV3Key) {
    output.progress('Waiting for the echo …')
    const client = openWeChatPay(settings, output)
    const privateKey = settings.needText('privateKeyFile').value
    const parts = { client, credentials, platformKeys, privateKey, notifyUrl, signal }
    await checkEcho({ ...parts, listenOn: flags.listen, waitSeconds: flags.wait }, report)
    client.close()
  }
  platformKeys?.close?.()
  if (results.some(({ state }) => state === 'fail')) this.setExitCode(1)
  const count = (wanted: CheckState) => results.filter(({ state }) => state === wanted).length
  const summary = { ok: count('ok'), warn: count('warn'), fail: count('fail'), skip: count('skip') }
  output.result({ summary, checks: results }, [
    ...results.flatMap(toLines),
    '',
    `${summary.ok} ok, ${summary.warn} warning${summary.warn === 1 ? '' : 's'}, ${summary.fail} failed, ${summary.skip} not checked`,
  ])
}

function toLines(result: CheckResult): string[] {
  const { state, check, found } = result
  const line = `${state.padEnd(4)}  ${check}: ${found}`
  return result.state === 'ok'
    ? [line]
    : [line, `      → ${printable(result.remedy[currentLanguage()])}`]
}
