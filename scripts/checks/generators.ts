// One check for each generator, so that the report lists what was tried and what was skipped.
import { clients, runClient, validateDocuments } from '../../tests/generators/run.ts'
import type { Check } from './check.ts'

export const generatorChecks: readonly Check[] = [
  {
    name: 'generators-documents',
    holds: 'spec/openapi.json and spec/openapi-3.0.json are valid for openapi-generator',
    run: validateDocuments,
  },
  ...clients.map((client) => ({
    name: `generators-${client.name}`,
    holds:
      'the generated client compiles, pre-signs and queries against the standalone mock, with a big service_id, openid alone, a new field and an error',
    run: () => runClient(client),
  })),
]
