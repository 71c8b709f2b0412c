import { inRoot, run } from '../process/run-tool.ts'

/** The types of the spec. openapi-typescript runs on this folder's own TypeScript 5. */
export function schemaSource(): string {
  return run(
    inRoot('scripts/openapi-generator/node_modules/.bin/openapi-typescript'),
    [inRoot('spec/openapi.yaml')],
    {
      cwd: inRoot('scripts/openapi-generator'),
    },
  )
}
