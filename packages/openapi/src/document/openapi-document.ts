/** A normalised OpenAPI 3.1 document: JSON values only. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly info: {
    readonly title: string
    readonly version: string
    readonly [name: string]: unknown
  }
  readonly paths: { readonly [path: string]: { readonly [method: string]: unknown } }
  readonly webhooks: { readonly [name: string]: { readonly [method: string]: unknown } }
  readonly components: { readonly schemas: { readonly [name: string]: unknown } }
  readonly [name: string]: unknown
}
