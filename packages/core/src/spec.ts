/** The spec as data, for those who check, mock or document: no client, no ky. */
export { operationExamples } from './generated/examples.ts'
export { jsonSchemas } from './generated/json-schemas.ts'
export { operationTable, webhookTable } from './generated/operation-table.ts'
export { requestSchemas } from './generated/request-schemas.ts'
