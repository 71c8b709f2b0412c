import pkcs11js from 'pkcs11js'

export interface Pkcs11SignerOptions {
  /** The vendor's PKCS#11 library, e.g. `/usr/lib/softhsm/libsofthsm2.so`. */
  readonly library: string
  /** Label of the token, as `C_GetTokenInfo` returns it. */
  readonly token: string
  /** PIN of the user. */
  readonly pin: string
  /** Label (`CKA_LABEL`) of the private key. */
  readonly key: string
  /** Concurrent signatures. Each needs a session, and a token limits its sessions. Default 4. */
  readonly sessions?: number
}

/** A signer for `privateKey` of `createWeChatPay` and `createCredentials`. */
export interface Pkcs11Signer {
  sign(message: Uint8Array): Promise<Uint8Array>
  /** Logs out and unloads the library. */
  close(): void
}

/**
 * Signs with a private key that never leaves its token: CKM_SHA256_RSA_PKCS, which is
 * RSASSA-PKCS1-v1_5 with SHA-256; the token also computes the hash. A session handles one operation
 * at a time, so each signature uses a session of the pool, or waits for one. Signing runs on Node's
 * thread pool and does not block the event loop.
 */
export function createPkcs11Signer({
  library,
  token,
  pin,
  key,
  sessions = 4,
}: Pkcs11SignerOptions): Pkcs11Signer {
  const pkcs11 = new pkcs11js.PKCS11()
  pkcs11.load(library)
  // Several threads use the library at once.
  pkcs11.C_Initialize({ flags: pkcs11js.CKF_OS_LOCKING_OK })
  const close = () => {
    pkcs11.C_Finalize()
    pkcs11.close()
  }
  try {
    const slot = pkcs11
      .C_GetSlotList(true)
      .find((one) => pkcs11.C_GetTokenInfo(one).label.trim() === token)
    if (!slot) throw new Error(`There is no token "${token}" in ${library}.`)
    const free = Array.from({ length: sessions }, () =>
      pkcs11.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION),
    )
    const [first] = free as [Buffer]
    pkcs11.C_Login(first, pkcs11js.CKU_USER, pin) // one login is valid for all sessions of the token
    const handle = findPrivateKey(pkcs11, first, key)
    const waiting: ((session: Buffer) => void)[] = []
    const acquire = () => {
      const session = free.pop()
      return session
        ? Promise.resolve(session)
        : new Promise<Buffer>((resolve) => waiting.push(resolve))
    }
    return {
      async sign(message) {
        const session = await acquire()
        try {
          pkcs11.C_SignInit(session, { mechanism: pkcs11js.CKM_SHA256_RSA_PKCS }, handle)
          return await pkcs11.C_SignAsync(session, Buffer.from(message), Buffer.alloc(1024))
        } finally {
          const next = waiting.shift()
          if (next) next(session)
          else free.push(session)
        }
      },
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

function findPrivateKey(pkcs11: pkcs11js.PKCS11, session: Buffer, label: string): Buffer {
  pkcs11.C_FindObjectsInit(session, [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_PRIVATE_KEY },
    { type: pkcs11js.CKA_LABEL, value: label },
  ])
  const [handle, second] = pkcs11.C_FindObjects(session, 2)
  pkcs11.C_FindObjectsFinal(session)
  if (!handle || second)
    throw new Error(`There must be one private key "${label}" in the token, and one only.`)
  return handle
}
