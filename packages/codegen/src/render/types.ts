/** The file of types: what openapi-typescript makes, and the types of the calls. */
import type { Spec } from '@wechatpay-entrust/core'
import { type Document, type Operation, operationsOf } from './document.ts'
import { documentationOf } from './documentation.ts'
import { renderEvents, withResourceSchemas } from './events.ts'
import { renderOpenApiTypes } from './openapi-types.ts'
import { type DocumentedOperation, renderOperations, renderTree } from './tree.ts'

export interface TypesOptions {
  /** Where `OperationCall` comes from. */
  readonly callFrom: string
  /** Whether to write `Operations`, the operations by id. Default: true. */
  readonly byId?: boolean
}

/** TypeScript source: only types. */
export async function renderTypes(
  document: Document,
  spec: Spec,
  { callFrom, byId = true }: TypesOptions,
): Promise<string> {
  const { document: complete, schemaNames } = withResourceSchemas(document, spec.webhooks)
  const operations = documentedOperations(document, spec)
  return [
    `import type { OperationCall } from '${callFrom}'\n`,
    await renderOpenApiTypes(complete),
    ...(byId ? [renderOperations(operations)] : []),
    renderTree(operations),
    renderEvents(spec.webhooks, schemaNames),
  ].join('\n')
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
