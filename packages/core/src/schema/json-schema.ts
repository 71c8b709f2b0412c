/** The arguments of an operation: the name of its body's schema, and a schema per parameter. */
export interface RequestSchema {
  readonly json?: string
  readonly path?: { readonly [name: string]: JsonSchema }
  readonly query?: { readonly [name: string]: JsonSchema }
}

/**
 * The keywords of JSON Schema that the spec uses, and its extensions. A test checks that the spec
 * uses no others.
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
  /** What the pattern requires, in words. */
  readonly 'x-pattern-says'?: string
  /** A field that is sent encrypted (敏感信息): see `mapSensitiveFields`. */
  readonly 'x-sensitive'?: boolean
  /** Personal data: its value never appears in an error text or a log. */
  readonly 'x-personal'?: boolean
  /** An https URL; tests may allow http on loopback. */
  readonly 'x-loopback-http'?: boolean
}
