import { changeset } from './changeset.ts'
import type { Check } from './check.ts'
import { coverage } from './coverage.ts'
import { curl } from './docs/curl.ts'
import { docs } from './docs/docs.ts'
import { browser, site } from './docs/site.ts'
import { hsm } from './examples/hsm.ts'
import { kms } from './examples/kms.ts'
import { exampleChecks } from './examples/packed.ts'
import { service } from './examples/service.ts'
import { generated } from './generated.ts'
import { generatorChecks } from './generators.ts'
import { lint } from './lint.ts'
import { metadata } from './metadata.ts'
import { mutation } from './mutation.ts'
import { packaging } from './packaging.ts'
import { runtimeChecks } from './runtimes.ts'
import { schemathesis } from './schemathesis.ts'
import { spec } from './spec.ts'
import { threats } from './threats.ts'
import { tracked } from './tracked.ts'
import { types } from './types.ts'
import { words } from './words.ts'

/** `npm run check`: two lanes that run in parallel. */
export const checkLanes: readonly (readonly Check[])[] = [
  [lint, types, docs, packaging],
  [tracked, words, metadata, changeset, spec, generated],
]

/** `npm test` runs these beside the tests. All examples except one are in the long lane. */
export const quickChecks: readonly Check[] = [
  curl,
  ...exampleChecks.filter(({ name }) => name === 'example-vitest'),
]

export { threats }

/** `npm run test:heavy` runs these. Most of them first install dependencies in their own folder. */
export const heavyChecks: readonly Check[] = [
  site,
  browser,
  kms,
  hsm,
  service,
  ...exampleChecks.filter(({ name }) => name !== 'example-vitest'),
  ...runtimeChecks,
  ...generatorChecks,
  coverage,
  mutation,
  schemathesis,
]

/** Everything that `npm run check NAME` can run. */
export const allChecks: readonly Check[] = [
  ...checkLanes.flat(),
  threats,
  ...quickChecks,
  ...heavyChecks,
]
