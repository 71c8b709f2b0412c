import { readFileSync } from 'node:fs'
import {
  operationsOf,
  readSpec,
  resolveParameter,
  type Spec,
  type SpecOperation,
} from './read-spec.ts'
import { inRoot } from '../process/run-tool.ts'

/**
 * Valid arguments and a response for each operation: the first example of each body, and the
 * examples of the parameters.
 */
export function renderExamples(): string {
  const spec = readSpec()
  const examples = operationsOf(spec).map((operation) => [
    operation.operationId,
    exampleOf(spec, operation),
  ])
  return [
    "import type { OperationExamples } from '../call/operation.ts'",
    '',
    '/** The example of each operation on its official page. */',
    `export const operationExamples: OperationExamples = ${JSON.stringify(Object.fromEntries(examples))}`,
    '',
  ].join('\n')
}

function exampleOf(spec: Spec, { parameters = [], requestBody, responses }: SpecOperation): object {
  const required = parameters
    .map((parameter) => resolveParameter(spec, parameter))
    .filter(({ required }) => required)
  const exampleIn = (location: string) =>
    Object.fromEntries(
      required
        .filter((parameter) => parameter.in === location)
        .map(({ name, example }) => [name, example]),
    )
  const [path, query] = [exampleIn('path'), exampleIn('query')]
  const json = firstExample(requestBody)
  return {
    args: {
      ...(json !== undefined && { json }),
      ...(Object.keys(path).length > 0 && { path }),
      ...(Object.keys(query).length > 0 && { query }),
    },
    answer: firstExample(responses['200']),
  }
}

function firstExample(holder: SpecOperation['requestBody']): unknown {
  const [first] = Object.values(holder?.content?.['application/json'].examples ?? {})
  return first && JSON.parse(readFileSync(inRoot('spec', first.externalValue), 'utf8'))
}
