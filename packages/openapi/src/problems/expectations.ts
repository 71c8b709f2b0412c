import type { Remedy } from '@wechatpay-entrust/base'
import type { DocumentProblemCode } from './document-error.ts'

interface Expectation {
  readonly expected: string
  readonly remedy: Remedy
}

/** What is expected where nothing more exact is known, and what to do. */
export const expectations: { readonly [Code in DocumentProblemCode]: Expectation } = {
  file: {
    expected: 'a file with an OpenAPI document in UTF-8',
    remedy: {
      en: 'Check the path; it is relative to the working directory.',
      zh: '请检查文件路径（相对于当前工作目录）以及文件编码（UTF-8）。',
    },
  },
  folder: {
    expected: 'at least one OpenAPI document',
    remedy: {
      en: 'Pass the folder that contains the documents.',
      zh: '请传入包含 OpenAPI 文档的文件夹。',
    },
  },
  yaml: {
    expected: 'one document of valid YAML 1.2',
    remedy: {
      en: 'Correct the YAML at this line; an editor with YAML support marks it.',
      zh: '请修正该行的 YAML 语法，支持 YAML 的编辑器会标出错误。',
    },
  },
  json: {
    expected: 'valid JSON, each member once',
    remedy: {
      en: 'Correct the JSON at this line: no comments, no comma after the last member.',
      zh: '请修正该行的 JSON 语法：不能有注释，最后一个成员后不能有逗号，同一对象中成员名不能重复。',
    },
  },
  'not-openapi': {
    expected: 'an OpenAPI document: an object with openapi or swagger, info and paths',
    remedy: {
      en: 'Pass the OpenAPI document itself; files that it refers to are read on their own.',
      zh: '请传入 OpenAPI 文档本身，它通过 $ref 引用的文件会自动读取。',
    },
  },
  'openapi-version': {
    expected: 'swagger: "2.0", or openapi: 3.0.x or 3.1.x',
    remedy: {
      en: 'Convert the document to OpenAPI 3.1, or export it in that version.',
      zh: '请把文档转换或重新导出为 OpenAPI 3.1。',
    },
  },
  structure: {
    expected: 'another kind of value',
    remedy: {
      en: 'Correct the document; the OpenAPI specification says what belongs in this place.',
      zh: '请按 OpenAPI 规范修正文档中该位置的内容。',
    },
  },
  reference: {
    expected: 'a $ref to something that exists',
    remedy: {
      en: 'Correct the $ref: a path is relative to the file that contains it, and what follows # is a JSON Pointer.',
      zh: '请修正 $ref：文件路径相对于包含它的文件，# 后面是 JSON Pointer。',
    },
  },
  'reference-remote': {
    expected: 'a $ref to a file on this machine',
    remedy: {
      en: 'Download that file and refer to it by a relative path; nothing is loaded from the network.',
      zh: '请把该文件下载到本地，并用相对路径引用；这里不会访问网络。',
    },
  },
  'reference-circular': {
    expected: 'a $ref that does not lead back to itself',
    remedy: {
      en: 'Break the circle. Only schemas may refer to themselves, through properties or items.',
      zh: '请消除循环引用。只有 schema 可以通过 properties 或 items 引用自身。',
    },
  },
  'schema-circular': {
    expected:
      'a schema that refers to itself only through properties, items or additionalProperties',
    remedy: {
      en: 'Break the circle: a schema that consists of itself describes nothing.',
      zh: '请消除循环：schema 不能由其自身组成，只能通过 properties 或 items 引用自身。',
    },
  },
  'operation-id': {
    expected: 'a text, or no operationId at all',
    remedy: {
      en: 'Correct the operationId, or remove it: then it is made from method and path.',
      zh: '请修正 operationId，或将其删除：此时会根据请求方法和路径生成。',
    },
  },
  'operation-id-repeated': {
    expected: 'an operationId of its own for each operation',
    remedy: {
      en: 'Rename one of the two, or remove its operationId: then it is made from method and path.',
      zh: '请修改其中一个 operationId，或将其删除：此时会根据请求方法和路径生成。',
    },
  },
  'operation-repeated': {
    expected: 'each method and path once',
    remedy: {
      en: 'Remove it from one of the documents, or leave that document out.',
      zh: '请从其中一个文档中删除该接口，或不要传入该文档。',
    },
  },
  'webhook-repeated': {
    expected: 'each webhook once',
    remedy: {
      en: 'Rename one of the two webhooks, or remove it.',
      zh: '请修改其中一个 webhook（通知）的名称，或将其删除。',
    },
  },
  'media-type': {
    expected: 'application/json or multipart/form-data',
    remedy: {
      en: 'Correct the media type; APIv3 receives JSON. To leave the operation out, name its path in except (--except).',
      zh: '请修正媒体类型，APIv3 的请求报文主体为 JSON。如需排除该接口，请在 except（--except）中写明其路径。',
    },
  },
  path: {
    expected: 'a path such as /v3/pay/orders/{order_id}, without query and fragment',
    remedy: {
      en: 'Correct the path; query parameters belong in parameters.',
      zh: '请修正路径；查询参数应写在 parameters 中。',
    },
  },
  extension: {
    expected: 'a value that the extension allows',
    remedy: {
      en: 'Correct the extension: the README of @wechatpay-entrust/openapi has a table of all of them.',
      zh: '请修正该扩展字段：@wechatpay-entrust/openapi 的 README 中有全部扩展字段的说明。',
    },
  },
  'example-file': {
    expected: 'a file with the JSON of the example',
    remedy: {
      en: 'Correct externalValue: a path is relative to the file that contains it.',
      zh: '请修正 externalValue：路径相对于包含它的文件，内容应为 JSON。',
    },
  },
  'pattern-unused': {
    expected: 'a pattern that matches the path of at least one operation',
    remedy: {
      en: 'Correct the pattern: it is compared with the path without its first slash, * stands for a part of one segment and ** for any number of segments.',
      zh: '请修正该模式：它与去掉开头斜杠的路径匹配，* 匹配一段路径之内的内容，** 匹配任意多段路径。',
    },
  },
  'no-operations': {
    expected: 'at least one operation or webhook',
    remedy: {
      en: 'Check the documents and the patterns of only and except.',
      zh: '请检查文档以及 only、except 中的模式。',
    },
  },
}
