import { decodeBase64, type Remedy } from '@wechatpay-entrust/base'
import { ConfigurationError } from '../errors.ts'

/** One PEM block (RFC 7468): its label and the DER inside. */
export interface PemBlock {
  readonly label: string
  readonly der: Uint8Array
}

/** What an option accepts: the allowed labels, and how to describe it in an error. */
export interface PemExpectation {
  readonly slot: string
  readonly labels: readonly string[]
  /** E.g. "an RSA private key in PEM". */
  readonly expected: string
}

const longest = 65_536

export const copyAgain: Remedy = {
  en: 'Copy the file again, whole and unchanged.',
  zh: '请重新复制文件，内容须完整且未经改动。',
}

/** How each label is described in an error. */
const labelNames: Record<string, string> = {
  CERTIFICATE: 'a certificate',
  'CERTIFICATE REQUEST': 'a certificate request',
  'PRIVATE KEY': 'a private key (PKCS#8)',
  'RSA PRIVATE KEY': 'an RSA private key (PKCS#1)',
  'EC PRIVATE KEY': 'an EC private key',
  'ENCRYPTED PRIVATE KEY': 'an encrypted private key',
  'PUBLIC KEY': 'a public key',
  'RSA PUBLIC KEY': 'an RSA public key (PKCS#1)',
}

/**
 * Reads the first PEM block with an allowed label. Accepts Windows line ends, text around the
 * block, and line ends escaped as `\n`, as in environment variables.
 *
 * @throws ConfigurationError `not-text`, `not-pem`, `wrong-kind`, `encrypted-key`, `malformed-key`
 */
export function readPem(text: string, { slot, labels, expected }: PemExpectation): PemBlock {
  if (typeof text !== 'string') {
    throw new ConfigurationError('not-text', {
      slot,
      found:
        text === null
          ? 'null'
          : Array.isArray(text)
            ? 'an array'
            : `a value of type ${typeof text}`,
      expected,
      remedy: {
        en: "Pass the text of the file, for example readFileSync(path, 'utf8').",
        zh: "请传入文件的文本内容，例如 readFileSync(path, 'utf8')。",
      },
    })
  }
  const blocks = findBlocks(text.slice(0, longest).replaceAll('\\r', '').replaceAll('\\n', '\n'))
  const block = blocks.find(({ label }) => labels.includes(label))
  if (!block) throw rejection(text, blocks, { slot, labels, expected })
  if (block.body.includes('ENCRYPTED')) throw encrypted(slot, expected)
  const der = decodeBase64(block.body.replace(/\s/g, ''))
  if (!der || der.length === 0) {
    throw new ConfigurationError('malformed-key', {
      slot,
      found: `a "${block.label}" block whose base64 is broken`,
      expected,
      remedy: copyAgain,
    })
  }
  return { label: block.label, der }
}

interface RawBlock {
  readonly label: string
  readonly body: string
}

/** indexOf instead of a regular expression, so that the time is linear for every input. */
function findBlocks(text: string): RawBlock[] {
  const blocks: RawBlock[] = []
  for (let at = 0; ; ) {
    const begin = text.indexOf('-----BEGIN ', at)
    if (begin < 0) return blocks
    const labelEnd = text.indexOf('-----', begin + 11)
    if (labelEnd < 0) return blocks
    const label = text.slice(begin + 11, labelEnd)
    const end = text.indexOf(`-----END ${label}-----`, labelEnd)
    if (end < 0) return blocks
    blocks.push({ label, body: text.slice(labelEnd + 5, end) })
    at = end
  }
}

function rejection(
  text: string,
  blocks: readonly RawBlock[],
  { slot, expected }: PemExpectation,
): ConfigurationError {
  const [first] = blocks
  if (!first) {
    return new ConfigurationError('not-pem', {
      slot,
      found: describeNonPem(text),
      expected,
      remedy: {
        en: 'Pass the whole text of the file, with its "-----BEGIN …-----" and "-----END …-----" lines.',
        zh: '请传入文件的全部文本，包括“-----BEGIN …-----”和“-----END …-----”两行。',
      },
    })
  }
  if (first.label === 'ENCRYPTED PRIVATE KEY') return encrypted(slot, expected)
  return new ConfigurationError('wrong-kind', {
    slot,
    found: labelNames[first.label] ?? 'a PEM block of another kind',
    expected,
    remedy: {
      en: 'This option needs another file: check that the options are not mixed up.',
      zh: '这里需要另一个文件：请检查各配置项是否填反。',
    },
  })
}

function encrypted(slot: string, expected: string): ConfigurationError {
  return new ConfigurationError('encrypted-key', {
    slot,
    found: 'a private key that is encrypted with a passphrase',
    expected,
    remedy: {
      en: 'Decrypt it first, for example with openssl pkcs8 -topk8 -nocrypt -in key.pem, and keep the result in a secret store.',
      zh: '请先解密，例如 openssl pkcs8 -topk8 -nocrypt -in key.pem，并将结果保存在密钥管理系统中。',
    },
  })
}

function describeNonPem(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return 'an empty text'
  if (/\.(pem|key|crt|cer|p12|pfx)$/i.test(trimmed.slice(-8)))
    return 'what looks like the path of a file'
  if (text.includes('-----BEGIN ')) return 'a PEM block without its end'
  if (/^[0-9A-Za-z+/=\s]+$/.test(trimmed.slice(0, 256))) return 'base64 without the lines around it'
  return `a text of ${text.length} characters that is not PEM`
}
