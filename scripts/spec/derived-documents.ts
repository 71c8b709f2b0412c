import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { readIfExists } from '../process/read-if-exists.ts'
import { root } from '../workspace.ts'
import { withExamplesInside } from './examples-inside.ts'
import { toFlatSchemas } from './flat-schemas.ts'
import { type Json, mapObjects } from './json.ts'
import { withOpenResponses } from './open-responses.ts'
import { toOpenApi30 } from './openapi-3.0.ts'
import { withPortablePatterns } from './portable-patterns.ts'
import { withShortNames } from './short-names.ts'

/** The headers that are on every request. The code that signs sets them, so they are no parameters. */
const transportHeaders = [
  'Authorization',
  'Accept',
  'Content-Type',
  'User-Agent',
  'Wechatpay-Serial',
  'Accept-Language',
]

const note = `
This document is derived from \`openapi.yaml\` for code generators. No header of a request is a parameter here, and there is
no security scheme: the code that signs sets \`Authorization\`, \`Accept: application/json\`, \`Content-Type: application/json\`
(with a body), \`User-Agent\` (required), \`Wechatpay-Serial\` (the id of the public key, or the serial number of the certificate,
that WeChat Pay signs its response with) and, if wanted, \`Accept-Language\`.
`

/** Writes the documents into `spec/`. Returns the files that changed. */
export function writeDocuments(): string[] {
  return findStaleDocuments().map(({ file, text }) => {
    writeFileSync(join(root, file), text)
    return file
  })
}

/** The documents that differ from what `spec/openapi.yaml` gives, with the text they should have. */
export function findStaleDocuments(): { readonly file: string; readonly text: string }[] {
  const source: Json = parse(readFileSync(join(root, 'spec/openapi.yaml'), 'utf8'))
  const document = derive(source)
  const documents = {
    'spec/openapi.json': document,
    'spec/openapi-3.0.json': toOpenApi30(document),
  }
  return Object.entries(documents)
    .map(([file, content]) => ({ file, text: `${JSON.stringify(content, undefined, 2)}\n` }))
    .filter(({ file, text }) => readIfExists(join(root, file)) !== text)
}

/** The document for code generators, of the version that the source has. One step after the other; each returns a new document. */
export function derive(source: Json): Json {
  const steps = [
    withNote,
    withExamplesInside,
    withoutTransportHeaders,
    toFlatSchemas,
    withShortNames,
    withOpenResponses,
    withPortablePatterns,
    withInt64,
  ]
  return steps.reduce((document, step) => step(document), source)
}

/**
 * The security scheme is described in words only. Generators do not know it: the Java client of
 * openapi-generator throws "Authentication undefined" at each call.
 */
function withNote(document: Json): Json {
  const info = document.info as Json
  const { securitySchemes, ...components } = document.components as Json
  const { WechatpayAuthorization } = securitySchemes as Readonly<Record<string, Json>>
  return {
    ...document,
    info: {
      ...info,
      description: `${info.description}${note}\n${WechatpayAuthorization?.description}`,
    },
    security: [],
    components,
  }
}

/** Takes the headers out of the operations, and out of the components. Webhooks keep theirs. */
function withoutTransportHeaders(document: Json): Json {
  const components = document.components as Json
  const all = Object.entries(components.parameters as Readonly<Record<string, Json>>)
  const isTransport = ({ name, in: place }: Json) =>
    place === 'header' && transportHeaders.includes(String(name))
  // A webhook's Wechatpay-Serial is another component, which stays.
  const removed = all
    .filter(([component, parameter]) => isTransport(parameter) && !/^Notification/.test(component))
    .map(([component]) => `#/components/parameters/${component}`)
  const parameters = Object.fromEntries(
    all.filter(([component]) => !removed.includes(`#/components/parameters/${component}`)),
  )
  const paths = mapObjects(document.paths, (object) => {
    if (!Array.isArray(object.parameters)) return object
    const { parameters, ...rest } = object
    const left = (parameters as Json[]).filter(({ $ref }) => !removed.includes(String($ref)))
    return left.length === 0 ? rest : { ...object, parameters: left }
  })
  return { ...document, paths, components: { ...components, parameters } }
}

/** Generators read an integer without a format as one of 32 bits. */
const withInt64 = (document: Json): Json =>
  mapObjects(document, (object) =>
    object.type === 'integer' ? { ...object, format: 'int64' } : object,
  ) as Json
