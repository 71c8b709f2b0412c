import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Makes a SoftHSM token with one RSA private key in a folder of its own. A real HSM is set up by
 * its vendor's tools, and its key is generated inside; the certificate request (CSR) for the
 * merchant platform is made from there.
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
  rmSync(pem) // from here on the key is in the token only
  process.env.SOFTHSM2_CONF = conf // the library reads it when it is initialised
  return {
    token: 'wechatpay',
    pin: '1234',
    key: 'merchant',
    remove: () => rmSync(folder, { recursive: true }),
  }
}
