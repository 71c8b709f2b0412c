import { utf8 } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { importRsaPrivateKey } from '../crypto/index.ts'
import { SignatureError } from '../errors.ts'
import { createPlatformKeys } from '../keys/platform-keys.ts'
import { signatureRemedies } from '../signature-remedies.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { signMessage, verifyMessage } from './message-signature.ts'

const { platform, publicKey } = testingKeys
const clock = () => 1_766_000_000_000
const onlyKey = createPlatformKeys({ publicKey: { id: publicKey.id, pem: publicKey.publicKey } })
const twoKeys = createPlatformKeys({
  publicKey: { id: publicKey.id, pem: publicKey.publicKey },
  platformCertificates: [platform.certificate],
})
const body = utf8('{}')
const key = importRsaPrivateKey(publicKey.privateKey)
const signing = { key, serialNumber: publicKey.id, clock, nonce: 'n' }
const genuine = await signMessage(body, signing)
const probe = await signMessage(body, { ...signing, probe: true })

const textOf = async (changed: object, platformKeys = onlyKey, bytes = body) => {
  const headers = { ...genuine, ...changed }
  const error = await thrownBy(() =>
    verifyMessage({ headers, body: bytes }, { platformKeys, clock }),
  )
  const { code, message, remedy, probe } = error as SignatureError
  return `${code}${probe ? ' (probe)' : ''}: ${message.replace(remedy?.en ?? '', '[remedy]')}`
}

test('the texts of rejected messages', async () => {
  const texts = [
    await textOf({ 'Wechatpay-Nonce': undefined }),
    await textOf({ 'Wechatpay-Serial': '' }),
    await textOf({ 'Wechatpay-Nonce': 'a b' }),
    await textOf({ 'Wechatpay-Timestamp': '01766000000' }),
    await textOf({ 'Wechatpay-Timestamp': '1765999699' }),
    await textOf({ 'Wechatpay-Timestamp': '1766000301' }),
    await textOf({ 'Wechatpay-Signature-Type': 'WECHATPAY2-SM2-WITH-SM3' }),
    await textOf({ 'Wechatpay-Serial': 'ABC' }),
    await textOf({ 'Wechatpay-Serial': 'ABC' }, twoKeys),
    await textOf({ 'Wechatpay-Signature': 'AAAA' }),
    await textOf({ 'Wechatpay-Signature': '!' }),
    await textOf({ 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/AAAA' }),
    await textOf(probe),
    await textOf({}, onlyKey, utf8('[]')),
  ]
  expect(texts).toMatchInlineSnapshot(`
    [
      "missing-header: Wechatpay-Nonce: found nothing; every signed message of WeChat Pay has it. [remedy]",
      "missing-header: Wechatpay-Serial: found an empty value; every signed message of WeChat Pay has it. [remedy]",
      "malformed-header: Wechatpay-Nonce: found "a b"; expected one random token. [remedy]",
      "malformed-header: Wechatpay-Timestamp: found "01766000000"; expected Unix seconds, ten digits. [remedy]",
      "stale-timestamp: Wechatpay-Timestamp is 301 s behind this machine's clock; at most 300 s are accepted. [remedy]",
      "stale-timestamp: Wechatpay-Timestamp is 301 s ahead of this machine's clock; at most 300 s are accepted. [remedy]",
      "unsupported-signature-type: Wechatpay-Signature-Type: found "WECHATPAY2-SM2-WITH-SM3"; expected WECHATPAY2-SHA256-RSA2048 or no such header, the scheme of the key that the message names. [remedy]",
      "unknown-serial: Wechatpay-Serial: found "ABC"; known is PUB_KEY_ID_01190000919120261123000000000001. [remedy]",
      "unknown-serial: Wechatpay-Serial: found "ABC"; known are PUB_KEY_ID_01190000919120261123000000000001, 5157F09EFDC096DE15EBE81A47057A7232F1B8E1. [remedy]",
      "malformed-signature: Wechatpay-Signature: found 4 characters; expected base64 of 256 bytes. [remedy]",
      "malformed-signature: Wechatpay-Signature: found 1 characters; expected base64 of 256 bytes. [remedy]",
      "malformed-signature (probe): Wechatpay-Signature: found 23 characters of a signature probe; expected base64 of 256 bytes. [remedy]",
      "mismatch (probe): Wechatpay-Signature is a signature probe of WeChat Pay, wrong on purpose. [remedy]",
      "mismatch: Wechatpay-Signature does not match the 2 bytes of the body with key PUB_KEY_ID_01190000919120261123000000000001. [remedy]",
    ]
  `)
})

test('each code has a remedy in both languages', () => {
  expect(signatureRemedies).toMatchInlineSnapshot(`
    {
      "body-too-large": {
        "en": "If you expect such a response, raise \`maxResponseBytes\`.",
        "zh": "如果确实需要这么大的应答，请调大 maxResponseBytes。",
      },
      "encoded-body": {
        "en": "Look for a proxy that compresses responses, and turn that off for WeChat Pay.",
        "zh": "请检查是否有代理压缩了应答，并对微信支付的应答关闭压缩。",
      },
      "expired-certificate": {
        "en": "Configure the certificate that replaced it; a genuine message is not signed with an expired one.",
        "zh": "请配置更换后的平台证书；真实的消息不会用过期的证书签名。",
      },
      "malformed-certificates": {
        "en": "Check \`baseUrl\` and any proxy in between: WeChat Pay does not send such a list.",
        "zh": "请检查 baseUrl 和途经的代理：微信支付不会返回这样的平台证书列表。",
      },
      "malformed-header": {
        "en": "Look for a proxy that changes or repeats headers. Otherwise the message does not come from WeChat Pay.",
        "zh": "请检查是否有代理修改或重复了 HTTP 头；否则该消息不是微信支付发出的。",
      },
      "malformed-signature": {
        "en": "Reject the message: it is not genuine.",
        "zh": "请拒绝该消息：它不是真实的。",
      },
      "mismatch": {
        "en": "Pass the raw bytes as received, not a body that was parsed or decoded, and check that the key belongs to this id. Otherwise a proxy changed the body, or the message is forged.",
        "zh": "请使用收到的原始字节验签，不要使用解析或解码后的报文主体，并核对密钥与其序列号或公钥ID是否对应；否则是代理修改了报文，或消息是伪造的。",
      },
      "missing-header": {
        "en": "Look for a proxy that removes headers. Otherwise the message does not come from WeChat Pay.",
        "zh": "请检查是否有代理删除了 HTTP 头；否则该消息不是微信支付发出的。",
      },
      "stale-timestamp": {
        "en": "Check that NTP runs on this machine. If its clock is right, the message is old: it waited in a queue, or it is a replay.",
        "zh": "请检查本机的 NTP 时间同步。如果本机时间正确，则消息已过期：可能在途中滞留过久，也可能是重放。",
      },
      "unknown-serial": {
        "en": "If WeChat Pay changed its key, or a switch from certificates to the public key is under way, configure the new key together with the old one.",
        "zh": "如果微信支付更换了密钥，或正在从平台证书切换到微信支付公钥，请同时配置新旧两个密钥。",
      },
      "unsupported-signature-type": {
        "en": "Configure the key of the scheme that WeChat Pay uses for your account.",
        "zh": "请配置与商户所用签名算法（RSA 或国密）对应的微信支付密钥。",
      },
    }
  `)
  for (const code of Object.keys(signatureRemedies) as (keyof typeof signatureRemedies)[]) {
    const error = new SignatureError(code, 'Found x.')
    expect(error.message).toBe(`Found x. ${error.remedy?.en}`)
    expect(error.remedy?.zh).toMatch(/[。]$/)
  }
})
