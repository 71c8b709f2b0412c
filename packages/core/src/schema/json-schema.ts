/** The arguments of an operation: the name of its body's schema, and a schema per parameter. */
export interface RequestSchema {
  readonly json?: string
  readonly path?: { readonly [name: string]: JsonSchema }
  readonly query?: { readonly [name: string]: JsonSchema }
}

/**
 * The keywords of JSON Schema that the checks know, and the extensions. Codegen writes no others; a
 * test checks that our own spec uses no others.
 */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly required?: readonly string[]
  readonly properties?: { readonly [name: string]: JsonSchema }
  /** `false`: no other properties; a schema: what the values of the others must be. */
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly allOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  /** Checked like `anyOf`: documents use it for values that fit several parts, too. */
  readonly oneOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly minLength?: number
  readonly maxLength?: number
  /** A pattern that JavaScript cannot compile is not checked. */
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  /** Not checked. */
  readonly format?: string
  /** Not checked; the mock uses it. */
  readonly example?: unknown
  /** Not checked. */
  readonly default?: unknown
  /** What the pattern requires, in words. */
  readonly 'x-pattern-says'?: string
  /** A field that is sent encrypted (敏感信息): see `mapSensitiveFields`. */
  readonly 'x-sensitive'?: boolean
  /** Personal data: its value never appears in an error text or a log. */
  readonly 'x-personal'?: boolean
  /** The values of an open list that are known. Not checked. */
  readonly 'x-known-values'?: readonly unknown[]
  /** An https URL; tests may allow http on loopback. */
  readonly 'x-loopback-http'?: boolean
}
