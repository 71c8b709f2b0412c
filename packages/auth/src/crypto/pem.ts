import { decodeBase64, describeType, type Remedy } from '@wechatpay-entrust/base'
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

const wholeText: Remedy = {
  en: 'Pass the whole text of the file, with its "-----BEGIN …-----" and "-----END …-----" lines.',
  zh: '请传入文件的全部文本，包括“-----BEGIN …-----”和“-----END …-----”两行。',
}

const readFile: Remedy = {
  en: "Pass the text of the file and not its path, for example readFileSync(path, 'utf8').",
  zh: "请传入文件的文本内容而不是路径，例如 readFileSync(path, 'utf8')。",
}

const isSet: Remedy = {
  en: 'If it comes from an environment variable, check that the variable is set; pass the whole text of the file.',
  zh: '如果来自环境变量，请检查该变量是否已设置；请传入文件的全部文本。',
}

const saveAsUtf8: Remedy = {
  en: 'Save the file as UTF-8 without a byte order mark (it is probably UTF-16, as of Windows PowerShell), or copy the issued file again.',
  zh: '该文件可能是 UTF-16 编码（例如由 Windows PowerShell 生成）：请另存为不带 BOM 的 UTF-8，或重新复制商户平台签发的文件。',
}

const decodeFirst: Remedy = {
  en: "Decode it first, for example with Buffer.from(text, 'base64').toString('utf8').",
  zh: "请先解码，例如 Buffer.from(text, 'base64').toString('utf8')。",
}

const escapeOnce: Remedy = {
  en: 'Escape each line end once, as \\n, or use real line ends: a shell, JSON or a .env file escaped it again.',
  zh: '换行只应转义一次（\\n），或直接使用真实换行：内容可能被 shell、JSON 或 .env 文件重复转义。',
}

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
      found: describeType(text),
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
    const isEscaped = block.body.includes('\\')
    throw new ConfigurationError('malformed-key', {
      slot,
      found: `a "${block.label}" block ${isEscaped ? 'whose line ends are escaped more than once' : 'whose base64 is broken'}`,
      expected,
      remedy: isEscaped ? escapeOnce : copyAgain,
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
    return new ConfigurationError('not-pem', { slot, expected, ...describeNonPem(text) })
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

function describeNonPem(text: string): { readonly found: string; readonly remedy: Remedy } {
  const trimmed = text.trim()
  if (trimmed === '') return { found: 'an empty text', remedy: isSet }
  // UTF-16 that was decoded as UTF-8 or Latin-1: every other character is NUL.
  if (text.includes('\0'))
    return { found: 'a text with NUL characters, as of UTF-16', remedy: saveAsUtf8 }
  if (/\.(pem|key|crt|cer|p12|pfx)$/i.test(trimmed.slice(-8)))
    return { found: 'what looks like the path of a file', remedy: readFile }
  if (text.includes('-----BEGIN '))
    return { found: 'a PEM block without its end', remedy: wholeText }
  if (/^[0-9A-Za-z+/=_\s-]+$/.test(trimmed.slice(0, 256))) {
    return isBase64OfPem(trimmed)
      ? { found: 'base64 of a whole PEM file', remedy: decodeFirst }
      : { found: 'base64 without the lines around it', remedy: wholeText }
  }
  return { found: `a text of ${text.length} characters that is not PEM`, remedy: wholeText }
}

/** Whether the text is base64 of `-----BEGIN `, after a byte order mark or not. */
const isBase64OfPem = (text: string): boolean => /^(LS0tLS1CRUdJTi|77u\/LS0tLS1CRUdJTi)/.test(text)
