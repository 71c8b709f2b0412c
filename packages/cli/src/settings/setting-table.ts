/**
 * Every setting, with its option, its environment variable and its field of the config file. A
 * `…File` setting holds a path; the environment variable in `text` may hold the content instead.
 */
export const settingTable = {
  mchid: {
    option: 'mchid',
    env: 'WECHATPAY_MCHID',
    placeholder: 'ID',
    brief: 'Merchant id (商户号), your own',
  },
  serialNumber: {
    option: 'serial-number',
    env: 'WECHATPAY_SERIAL_NUMBER',
    placeholder: 'HEX',
    brief: 'Serial number of your merchant API certificate; not needed beside --certificate-file',
  },
  certificateFile: {
    option: 'certificate-file',
    env: 'WECHATPAY_CERTIFICATE_FILE',
    text: 'WECHATPAY_CERTIFICATE',
    placeholder: 'FILE',
    brief: 'apiclient_cert.pem; checked against the private key',
  },
  privateKeyFile: {
    option: 'private-key-file',
    env: 'WECHATPAY_PRIVATE_KEY_FILE',
    text: 'WECHATPAY_PRIVATE_KEY',
    placeholder: 'FILE',
    brief: 'apiclient_key.pem',
  },
  apiV3KeyFile: {
    option: 'api-v3-key-file',
    env: 'WECHATPAY_API_V3_KEY_FILE',
    text: 'WECHATPAY_API_V3_KEY',
    placeholder: 'FILE',
    brief:
      'File with the APIv3 key (APIv3密钥); while it changes, the previous key on a second line',
  },
  publicKeyId: {
    option: 'public-key-id',
    env: 'WECHATPAY_PUBLIC_KEY_ID',
    placeholder: 'PUB_KEY_ID_…',
    brief: 'Id of the WeChat Pay public key (微信支付公钥ID)',
  },
  publicKeyFile: {
    option: 'public-key-file',
    env: 'WECHATPAY_PUBLIC_KEY_FILE',
    text: 'WECHATPAY_PUBLIC_KEY',
    placeholder: 'FILE',
    brief: 'pub_key.pem, the WeChat Pay public key',
  },
  platformCertificates: {
    option: 'platform-certificates',
    env: 'WECHATPAY_PLATFORM_CERTIFICATES',
    placeholder: 'FILES',
    brief: 'Platform certificates (平台证书): `download`, or files with commas between',
  },
  baseUrl: {
    option: 'base-url',
    env: 'WECHATPAY_BASE_URL',
    placeholder: 'URL',
    brief: 'Another host, such as the mock',
  },
  backupBaseUrl: {
    option: 'backup-base-url',
    env: 'WECHATPAY_BACKUP_BASE_URL',
    placeholder: 'URL',
    brief: 'Backup host (备域名), or `none`',
  },
  notifyUrl: {
    option: 'notify-url',
    env: 'WECHATPAY_NOTIFY_URL',
    placeholder: 'URL',
    brief: 'Where notifications go (回调通知地址)',
  },
  inbox: {
    option: 'store',
    env: 'WECHATPAY_INBOX',
    placeholder: 'STORE',
    brief: 'Inbox: path of an SQLite file, postgres://… or redis://…',
  },
} as const satisfies Readonly<Record<string, SettingSpec>>

export interface SettingSpec {
  readonly option: string
  readonly env: string
  readonly text?: string
  readonly placeholder: string
  readonly brief: string
}

export type SettingName = keyof typeof settingTable

export const settingNames = Object.keys(settingTable) as readonly SettingName[]
