/**
 * What an operation takes, from the spec: the name of its body's schema, and a schema for each
 * parameter.
 */
export interface RequestSchema {
  readonly json?: string
  readonly path?: { readonly [name: string]: JsonSchema }
  readonly query?: { readonly [name: string]: JsonSchema }
}

/**
 * The part of JSON Schema that the spec uses, and its extensions. A test holds the spec to these
 * keywords.
 */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string
  readonly required?: readonly string[]
  readonly properties?: { readonly [name: string]: JsonSchema }
  readonly additionalProperties?: boolean
  readonly items?: JsonSchema
  readonly allOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  /** What the pattern asks for, in words. */
  readonly 'x-pattern-says'?: string
  /** A field that goes over the wire encrypted (敏感信息): see `mapSensitiveFields`. */
  readonly 'x-sensitive'?: boolean
  /** A field about a person: its value never appears in a text. */
  readonly 'x-personal'?: boolean
  /** An https address that may be a loopback one in tests. */
  readonly 'x-loopback-http'?: boolean
}
