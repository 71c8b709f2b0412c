import { buildCommand, buildRouteMap } from '@stricli/core'
import type { CertificatesFlags } from '../commands/certificates.ts'
import type { DoctorFlags } from '../commands/doctor.ts'
import type { OpenNotificationFlags } from '../commands/open-notification.ts'
import type { CliContext } from '../context.ts'
import {
  argument,
  flag,
  merchantFlags,
  number,
  personalFlag,
  settingFlag,
  text,
  wholeNumber,
} from '../settings/flags.ts'

export const certificates = buildCommand<CertificatesFlags, [], CliContext>({
  loader: async () => (await import('../commands/certificates.ts')).certificates,
  parameters: {
    flags: {
      out: text(
        'Folder to write wechatpay_SERIAL.pem files into; without it they are printed',
        'FOLDER',
      ),
      ...merchantFlags,
    },
  },
  docs: {
    brief: 'Download the platform certificates (平台证书)',
    fullDescription:
      'Opened with the APIv3 key, and the answer verified by what it brings. Accounts that have the WeChat Pay public key ' +
      '(微信支付公钥) only have none.\n\nExample:\n  wechatpay-entrust certificates --out certs',
    customUsage: ['[--out FOLDER]'],
  },
})

export const doctor = buildCommand<DoctorFlags, [], CliContext>({
  loader: async () => (await import('../commands/doctor.ts')).doctor,
  parameters: {
    flags: {
      notifyUrl: settingFlag('notifyUrl'),
      echo: flag(
        'Also call POST /v3/security/echo; with --notify-url it sends a real notification',
      ),
      listen: number(
        'With --echo: receive that notification here; notify_url must lead to this port',
        'PORT',
        0,
      ),
      wait: {
        kind: 'parsed',
        parse: wholeNumber(1),
        default: '30',
        placeholder: 'SECONDS',
        brief: 'With --listen: how long',
      },
      ...merchantFlags,
    },
  },
  docs: {
    brief: 'Check keys, clock, hosts and notify_url, and say what to do',
    fullDescription:
      'Changes nothing. Exit code 1 if a check fails; warnings alone do not.\n\n' +
      'Examples:\n' +
      '  wechatpay-entrust doctor --notify-url https://yourapp.com/notify\n' +
      '  wechatpay-entrust doctor --echo --notify-url https://yourapp.com/doctor --listen 8080',
    customUsage: ['[--notify-url URL] [--echo [--listen PORT]]'],
  },
})

const open = buildCommand<OpenNotificationFlags, [file: string], CliContext>({
  loader: async () => (await import('../commands/open-notification.ts')).openNotification,
  parameters: {
    flags: {
      headers: text('File with the headers: lines, or a JSON object', 'FILE'),
      anyAge: flag('Judge the age by the message’s own time: a kept one is older than 300 s'),
      stored: flag('A body that was verified when it came: open it without a signature'),
      personal: personalFlag,
      ...merchantFlags,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        argument(
          'HTTP message (headers, empty line, body), JSON with headers and body, or the body; - for stdin',
          'FILE',
        ),
      ],
    },
  },
  docs: {
    brief: 'Verify and open a notification from a file',
    fullDescription:
      'Examples:\n' +
      '  wechatpay-entrust notification open message.http --any-age\n' +
      '  wechatpay-entrust notification open body.json --headers headers.txt --any-age\n' +
      '  wechatpay-entrust notification open body.json --stored --personal',
    customUsage: ['[--headers FILE] [--any-age] FILE', '--stored FILE'],
  },
})

export const notification = buildRouteMap({
  routes: { open },
  docs: { brief: 'Look into a notification' },
})
