import type { Language } from '@wechatpay-entrust/base'

const english = `Usage: npx @wechatpay-entrust/codegen DOCUMENT… --out DIR [options]

Makes typed operations for wechatpay-entrust from OpenAPI documents: Swagger 2.0, OpenAPI 3.0 or 3.1,
YAML or JSON. A DOCUMENT is a file, or a folder of files. Writes DIR/index.ts with one export, spec:

  import { spec } from './DIR/index.js'
  const wechatpay = createWeChatPay({ …, spec })

  --out DIR           folder to write to
  --only GLOB         only operations whose path matches, such as 'v3/pay/**'; may be repeated
  --except GLOB       not the operations whose path matches; may be repeated
  --js                write index.js and index.d.ts in place of index.ts
  --check             write nothing; exit with 1 if the files are not up to date
  --language en|zh    language of messages (default: WECHATPAY_LANGUAGE, or the locale)
  --help              print this

Exit codes: 0 done · 1 a problem in a document, or files that differ · 2 wrong use
`

const chinese = `用法：npx @wechatpay-entrust/codegen DOCUMENT… --out DIR [选项]

根据 OpenAPI 文档生成带类型的接口，供 wechatpay-entrust 使用。支持 Swagger 2.0、OpenAPI 3.0 和 3.1，
YAML 或 JSON。DOCUMENT 为文件或目录。生成 DIR/index.ts，其中只导出 spec：

  import { spec } from './DIR/index.js'
  const wechatpay = createWeChatPay({ …, spec })

  --out DIR           输出目录
  --only GLOB         只生成路径匹配的接口，如 'v3/pay/**'；可重复
  --except GLOB       不生成路径匹配的接口；可重复
  --js                生成 index.js 和 index.d.ts，代替 index.ts
  --check             不写文件；文件不是最新时退出码为 1
  --language en|zh    消息的语言（默认：WECHATPAY_LANGUAGE，或系统语言）
  --help              打印本帮助

退出码：0 完成 · 1 文档有问题，或文件不是最新 · 2 用法错误
`

export const help: { readonly [Name in Language]: string } = { en: english, zh: chinese }
