// Reads the spec for the tests of this folder: every body in it, and a validator for its schemas.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'

type Json = Record<string, unknown>
export interface SpecError {
  readonly status: number
  readonly code: string
  readonly zh: string
  readonly remedyZh: string
  readonly remedyEn: string
}
interface Content {
  readonly 'application/json': {
    readonly schema: Json
    readonly examples?: Record<string, { externalValue: string }>
  }
}
interface Response {
  readonly $ref?: string
  readonly headers?: Json
  readonly content?: Content
}
export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly externalDocs?: { readonly url: string }
  readonly parameters: readonly { readonly $ref?: string }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, Response>>
  readonly 'x-errors'?: readonly SpecError[]
  readonly 'x-effect'?: string
  readonly 'x-retry'?: string
  readonly 'x-retry-says'?: string
  readonly 'x-retry-says-zh'?: string
  readonly 'x-echo'?: readonly string[]
  readonly 'x-signed-response'?: string
  readonly 'x-opened-resource'?: { readonly $ref: string }
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>

export const spec: {
  readonly paths: Paths
  readonly webhooks: Paths
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>
    readonly responses: Record<string, Response>
  }
} = parse(readFileSync(new URL('openapi.yaml', import.meta.url), 'utf8'))

const operationsOf = (paths: Paths) => Object.values(paths).flatMap((path) => Object.values(path))
export const operations = operationsOf(spec.paths)
export const webhooks = operationsOf(spec.webhooks)

export const readExample = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))

/** Every body of the spec with its examples. `place` is `request` or a status. */
export const bodies = [...operations, ...webhooks].flatMap(
  ({ operationId, requestBody, responses }) => {
    const responseBodies = Object.entries(responses).map(
      ([status, response]) => [status, resolved(response).content] as const,
    )
    return [['request', requestBody?.content] as const, ...responseBodies].flatMap(
      ([place, content]) => {
        if (!content) return []
        const { schema, examples = {} } = content['application/json']
        return [
          {
            operationId,
            place,
            schema,
            files: Object.values(examples).map((example) => example.externalValue),
          },
        ]
      },
    )
  },
)

export function resolved(response: Response): Response {
  if (!response.$ref) return response
  const found = spec.components.responses[response.$ref.slice('#/components/responses/'.length)]
  if (!found) throw new Error(`${response.$ref} does not exist`)
  return found
}

/** The extensions that a schema may have; README.md explains them. */
const extensions = [
  'inferred',
  'inferred-why',
  'known-values',
  'loopback-http',
  'pattern-says',
  'personal',
  'unknown',
]

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false })
// `components` contains the targets of the spec's own $refs.
ajv.addVocabulary(['components', 'example', ...extensions.map((name) => `x-${name}`)])
// RFC 3339 with an offset, as APIv3 requires.
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/)
ajv.addSchema({ $id: 'spec:', components: { schemas: spec.components.schemas } })

/** The violations of a value, as `PATH MESSAGE`; empty if it is valid. `$ref` is one of the spec's. */
export function violations($ref: string, value: unknown): string[] {
  const validate = ajv.getSchema(`spec:${$ref}`)
  if (!validate) throw new Error(`${$ref} does not exist`)
  validate(value)
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}
