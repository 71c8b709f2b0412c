/** The types of a document: what openapi-typescript makes, and the types of the calls. */
import type { Spec } from '@wechatpay-entrust/core'
import { type Document, type Operation, operationsOf } from './document.ts'
import { documentationOf } from './documentation.ts'
import { renderEvents, withResourceSchemas } from './events.ts'
import { renderOpenApiTypes } from './openapi-types.ts'
import { type DocumentedOperation, renderOperations, renderTree } from './tree.ts'

/** TypeScript source of the types, in parts that need no other file but `OperationCall`. */
export interface Types {
  /** `paths`, `components`, `operations`, `webhooks`. */
  readonly openApi: string
  /** `Operations`, the operations by id. */
  readonly byId: string
  /** `Tree`, `Routes`: the operations by path. */
  readonly byPath: string
  /** `Events`, the notifications. */
  readonly events: string
}

/** The types of a document. `byId`, `byPath` and `events` use names of `openApi`. */
export async function renderTypes(document: Document, spec: Spec): Promise<Types> {
  const { document: complete, schemaNames } = withResourceSchemas(document, spec.webhooks)
  const operations = documentedOperations(document, spec)
  return {
    openApi: await renderOpenApiTypes(complete),
    byId: renderOperations(operations),
    byPath: renderTree(operations),
    events: renderEvents(spec.webhooks, schemaNames),
  }
}

function documentedOperations(document: Document, spec: Spec): DocumentedOperation[] {
  const byId = new Map<string, Operation>(
    Object.values(document.paths ?? {})
      .flatMap((item) => operationsOf(item))
      .map(([, operation]) => [operation.operationId, operation]),
  )
  return Object.values(spec.operations).map((operation) => {
    const described = byId.get(operation.id) ?? { operationId: operation.id }
    return { ...operation, documentation: documentationOf(document, described, operation) }
  })
}
