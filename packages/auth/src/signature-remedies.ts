import type { Remedy } from '@wechatpay-entrust/base'

/** Why a message is rejected. */
export type SignatureErrorCode =
  | 'missing-header'
  | 'malformed-header'
  | 'unsupported-signature-type'
  | 'stale-timestamp'
  | 'unknown-serial'
  | 'expired-certificate'
  | 'malformed-certificates'
  | 'malformed-signature'
  | 'mismatch'
  | 'encoded-body'
  | 'body-too-large'

/** What to do about a rejected response or notification. */
export const signatureRemedies: { readonly [code in SignatureErrorCode]: Remedy } = {
  'missing-header': {
    en: 'Look for a proxy that removes headers. Otherwise the message does not come from WeChat Pay.',
    zh: '请检查是否有代理删除了 HTTP 头；否则该消息不是微信支付发出的。',
  },
  'malformed-header': {
    en: 'Look for a proxy that changes or repeats headers. Otherwise the message does not come from WeChat Pay.',
    zh: '请检查是否有代理修改或重复了 HTTP 头；否则该消息不是微信支付发出的。',
  },
  'unsupported-signature-type': {
    en: 'Configure the key of the scheme that WeChat Pay uses for your account.',
    zh: '请配置与商户所用签名算法（RSA 或国密）对应的微信支付密钥。',
  },
  'stale-timestamp': {
    en: 'Check that NTP runs on this machine. If its clock is right, the message is old: it waited in a queue, or it is a replay.',
    zh: '请检查本机的 NTP 时间同步。如果本机时间正确，则消息已过期：可能在途中滞留过久，也可能是重放。',
  },
  'unknown-serial': {
    en: 'If WeChat Pay changed its key, or a switch from certificates to the public key is under way, configure the new key together with the old one.',
    zh: '如果微信支付更换了密钥，或正在从平台证书切换到微信支付公钥，请同时配置新旧两个密钥。',
  },
  'expired-certificate': {
    en: 'Configure the certificate that replaced it; a genuine message is not signed with an expired one.',
    zh: '请配置更换后的平台证书；真实的消息不会用过期的证书签名。',
  },
  'malformed-certificates': {
    en: 'Check `baseUrl` and any proxy in between: WeChat Pay does not send such a list.',
    zh: '请检查 baseUrl 和途经的代理：微信支付不会返回这样的平台证书列表。',
  },
  'malformed-signature': {
    en: 'Reject the message: it is not genuine.',
    zh: '请拒绝该消息：它不是真实的。',
  },
  mismatch: {
    en:
      'Pass the raw bytes as received, not a body that was parsed or decoded, and check that the key belongs to this id. ' +
      'Otherwise a proxy changed the body, or the message is forged.',
    zh: '请使用收到的原始字节验签，不要使用解析或解码后的报文主体，并核对密钥与其序列号或公钥ID是否对应；否则是代理修改了报文，或消息是伪造的。',
  },
  'encoded-body': {
    en: 'Look for a proxy that compresses responses, and turn that off for WeChat Pay.',
    zh: '请检查是否有代理压缩了应答，并对微信支付的应答关闭压缩。',
  },
  'body-too-large': {
    en: 'If you expect such a response, raise `maxResponseBytes`.',
    zh: '如果确实需要这么大的应答，请调大 maxResponseBytes。',
  },
}

/** For a 2xx without a signature that is no JSON: a bill, an image. */
export const unsignedFileRemedy: Remedy = {
  en: 'If this is a file, such as a bill or an image: WeChat Pay does not sign it, so call `download` or `downloadUnverified`. Otherwise look for a proxy that removes headers.',
  zh: '如果这是账单、图片等文件：微信支付不对其签名，请改用 download 或 downloadUnverified；否则请检查是否有代理删除了 HTTP 头。',
}

/** For a signature probe (签名探测流量). */
export const probeRemedy: Remedy = {
  en: 'Reject it like any wrong signature.',
  zh: '请与其他错误签名一样拒绝即可。',
}
