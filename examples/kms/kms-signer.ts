import { createHash } from 'node:crypto'
import { type KMSClient, SignCommand } from '@aws-sdk/client-kms'

export interface KmsSignerOptions {
  readonly client: KMSClient
  /**
   * Key id, ARN or `alias/…` of a key with the spec RSA_2048 or longer and the usage SIGN_VERIFY.
   */
  readonly keyId: string
}

/**
 * A signer for `privateKey` of `createWeChatPay` and `createCredentials`. The key never leaves AWS
 * KMS (RSASSA_PKCS1_V1_5_SHA_256). The digest is computed here, because KMS accepts at most 4096
 * bytes.
 */
export function createKmsSigner({ client, keyId }: KmsSignerOptions) {
  return {
    async sign(message: Uint8Array): Promise<Uint8Array> {
      const { Signature } = await client.send(
        new SignCommand({
          KeyId: keyId,
          Message: createHash('sha256').update(message).digest(),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
        }),
      )
      if (!Signature) throw new Error('KMS answered without a signature.')
      return Signature
    },
  }
}
