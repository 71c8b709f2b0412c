import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Creates a SoftHSM token with one RSA private key in a temporary folder. You set up a real HSM with
 * its vendor's tools: the HSM generates the key, and the certificate request (CSR) for the merchant
 * platform is created with that key.
 */
export function createSoftToken(privateKeyPem: string) {
  const folder = mkdtempSync(join(tmpdir(), 'softhsm-'))
  const conf = join(folder, 'softhsm2.conf')
  const pem = join(folder, 'key.pem')
  writeFileSync(
    conf,
    `directories.tokendir = ${folder}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  )
  writeFileSync(pem, privateKeyPem, { mode: 0o600 })
  const env = { ...process.env, SOFTHSM2_CONF: conf }
  const softhsm = (...args: string[]) =>
    execFileSync('softhsm2-util', args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  softhsm('--init-token', '--free', '--label', 'wechatpay', '--so-pin', '12345678', '--pin', '1234')
  softhsm(
    '--import',
    pem,
    '--token',
    'wechatpay',
    '--label',
    'merchant',
    '--id',
    'A1',
    '--pin',
    '1234',
  )
  rmSync(pem) // from now on only the token has the key
  process.env.SOFTHSM2_CONF = conf // the library reads it when it initialises
  return {
    token: 'wechatpay',
    pin: '1234',
    key: 'merchant',
    remove: () => rmSync(folder, { recursive: true }),
  }
}
