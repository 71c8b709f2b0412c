/** Our own document in the form of any other. */
import { jsonSchemas, responseSchemas } from '../generated/json-schemas.ts'
import { operationTable, webhookTable } from '../generated/operation-table.ts'
import { operationRoutes } from '../generated/operations.ts'
import { requestSchemas } from '../generated/request-schemas.ts'
import type { JsonSchema, RequestSchema } from '../schema/json-schema.ts'
import type { Spec, SpecOperation } from './spec.ts'

const named = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

const operations = Object.values(operationTable).map((operation): [string, SpecOperation] => {
  const { id } = operation
  const { json, ...parameters }: RequestSchema = requestSchemas[id]
  const request = json === undefined ? parameters : { ...parameters, json: named(json) }
  const response = named(responseSchemas[id])
  return [id, { ...operation, ...operationRoutes[id], status: 200, request, response }]
})

export const ownSpec: Spec = {
  specVersion: 1,
  title: 'pre-entrust-sign',
  operations: Object.fromEntries(operations),
  schemas: jsonSchemas,
  webhooks: {
    contractSigned: {
      ...webhookTable.contractSigned,
      resource: named('ContractSignedResource'),
    },
    contractTerminated: {
      ...webhookTable.contractTerminated,
      resource: named('ContractTerminatedResource'),
    },
  },
}
