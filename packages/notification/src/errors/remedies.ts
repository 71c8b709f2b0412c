import type { Remedy } from '@wechatpay-entrust/base'
import type { NotificationErrorCode } from './error-codes.ts'

const sentAgain = {
  en: 'WeChat Pay sends the notification again.',
  zh: '微信支付会重新发送该通知。',
}
const notDocumented = {
  en: 'The signature is valid, so WeChat Pay sent it in this form: give the Request-ID to its support.',
  zh: '验签已通过，说明微信支付发送的就是这种格式，请将 Request-ID 提供给微信支付技术支持。',
}
const unchanged = {
  en: 'Pass the resource as it was received; a genuine one has this form.',
  zh: '请原样传入收到的 resource；真实的通知都符合此格式。',
}
const fixCause = {
  en: `Fix the error in \`cause\`. ${sentAgain.en}`,
  zh: `请修复 cause 中的错误。${sentAgain.zh}`,
}

/** What to do for each code, unless the error has a more specific remedy. */
export const remedies: Readonly<Record<NotificationErrorCode, Remedy>> = {
  'body-too-large': {
    en: 'A real notification has 1 to 2 kB. If yours are longer, raise maxBytes.',
    zh: '真实的通知只有 1～2 kB。如果您的通知更长，请调大 maxBytes。',
  },
  'body-incomplete': {
    en: `${sentAgain.en} If this is frequent, check the proxy or load balancer in front of this service.`,
    zh: `${sentAgain.zh}如果经常出现，请检查本服务前面的代理或负载均衡。`,
  },
  'content-encoding': {
    en: 'WeChat Pay sends plain bytes. If a proxy compresses requests, turn that off.',
    zh: '微信支付发送的通知未经压缩。如果代理压缩了请求，请关闭压缩。',
  },
  'content-type': {
    en: 'WeChat Pay sends UTF-8. If a proxy or gateway changes the encoding of requests, turn that off.',
    zh: '微信支付发送的通知为 UTF-8 编码。如果代理或网关转换了请求的编码，请关闭转换。',
  },
  'duplicate-header': {
    en: 'If a proxy or gateway adds headers of its own, let it leave these unchanged.',
    zh: '如果代理或网关会添加请求头，请让它保持这些请求头不变。',
  },
  'malformed-body': notDocumented,
  'malformed-envelope': notDocumented,
  'unsupported-algorithm': unchanged,
  'malformed-nonce': unchanged,
  'malformed-ciphertext': unchanged,
  'malformed-associated-data': unchanged,
  'not-openable': {
    en: 'If every notification fails like this, set apiV3Key to the APIv3 key on the merchant platform; while that key changes, give [current, previous].',
    zh: '如果每条通知都解密失败，请把 apiV3Key 设为商户平台上的 APIv3密钥；更换密钥期间请传入 [新密钥, 旧密钥]。',
  },
  'malformed-plaintext': notDocumented,
  'wrong-mchid': {
    en: 'If you serve several merchants, check which notify_url each of them was given.',
    zh: '如果服务多个商户，请检查各商户号对应的 notify_url。',
  },
  unexpected: {
    en: 'Either the notification does not match your records, or expect does not return its comparison.',
    zh: '可能是该通知与您的记录不符（假通知），也可能是 expect 没有返回比较结果。',
  },
  'unknown-tenant': {
    en: 'Either the request is stray, or a notify_url was given whose route tenant does not know.',
    zh: '可能是无关的请求，也可能是 notify_url 中的路由不在 tenant 的范围内。',
  },
  'parsed-body': {
    en: 'Mount the handler before any body parser, or pass { headers, body } with the bytes as they were received. The guide "adapters" has the fix for each framework.',
    zh: '请在任何请求体解析中间件之前处理通知，或传入 { headers, body }，其中 body 为收到的原始字节。各框架的写法见指南 adapters。',
  },
  'no-headers': {
    en: "Pass the framework's request, a Web Request, or { headers, body } with the raw bytes.",
    zh: '请传入框架的请求对象、Web Request，或 { headers, body }，其中 body 为原始字节。',
  },
  'unsupported-headers': {
    en: 'Pass the headers of the request unchanged, or convert them to an object of names and texts.',
    zh: '请原样传入请求的 headers，或转换为“名称: 文本”的对象。',
  },
  'no-platform-keys': {
    en: `The event certificates:stale has the reason of the failed download. ${sentAgain.en}`,
    zh: `下载失败的原因见 certificates:stale 事件。${sentAgain.zh}`,
  },
  'expect-failed': fixCause,
  'tenant-failed': fixCause,
  'inbox-failed': fixCause,
  'handler-failed': fixCause,
  'budget-spent': {
    en: `Let platformKeys, tenant, expect and the inbox or onNotification finish sooner; slow work belongs in a worker behind an inbox. ${sentAgain.en}`,
    zh: `请缩短 platformKeys、tenant、expect 以及收件箱或 onNotification 的耗时；耗时的处理应放到收件箱之后的 worker 中。${sentAgain.zh}`,
  },
  conflict: {
    en: 'This is a defect or an attack: raise an alarm, and query the contract before you act on either of the two.',
    zh: '这是程序缺陷或攻击：请告警，并先查询签约协议，再决定如何处理。',
  },
}
