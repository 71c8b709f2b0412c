import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { controlPath } from '../control/control.ts'
import { mockKeys } from '../platform/keys.ts'

/**
 * What a client in another process needs. All keys are fixed test keys; the paths are absolute.
 */
export interface ReadyInfo {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly baseUrl: string
  readonly mchid: string
  readonly merchantSerialNumber: string
  readonly merchantPrivateKeyPath: string
  readonly apiV3Key: string
  readonly platformCertificatePath: string
  readonly platformCertificateSerialNumber: string
  readonly publicKeyId: string
  readonly publicKeyPath: string
  readonly controlUrl: string
}

/** Writes the test keys as PEM files into a new folder, which `remove` deletes. */
export async function writeKeys(
  baseUrl: string,
): Promise<{ info: ReadyInfo; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'wechatpay-entrust-mock-TESTING-KEYS-'))
  const write = async (name: string, pem: string): Promise<string> => {
    const path = join(folder, name)
    await writeFile(path, pem)
    return path
  }
  const { mchid, apiV3Key, merchant, platform, publicKey } = mockKeys
  const info: ReadyInfo = {
    baseUrl,
    mchid,
    merchantSerialNumber: merchant.serialNumber,
    merchantPrivateKeyPath: await write('merchant-private-key.pem', merchant.privateKey),
    apiV3Key,
    platformCertificatePath: await write('platform-certificate.pem', platform.certificate),
    platformCertificateSerialNumber: platform.serialNumber,
    publicKeyId: publicKey.id,
    publicKeyPath: await write('wechatpay-public-key.pem', publicKey.publicKey),
    controlUrl: `${baseUrl}${controlPath}`,
  }
  return { info, remove: () => rm(folder, { recursive: true, force: true }) }
}

/**
 * Writes the ready file under another name, then renames it, so that a waiting process never reads
 * half of it.
 */
export async function writeReadyFile(path: string, info: ReadyInfo): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`
  try {
    await writeFile(unfinished, `${JSON.stringify(info, undefined, 2)}\n`)
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** Removes the ready file, unless another mock has replaced it. */
export async function removeReadyFile(path: string, { baseUrl }: ReadyInfo): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '')
  if (text.includes(`"baseUrl": "${baseUrl}"`)) await rm(path, { force: true })
}
