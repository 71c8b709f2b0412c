import { changeset } from './changeset.ts'
import type { Check } from './check.ts'
import { curl } from './curl.ts'
import { docs } from './docs.ts'
import { exampleChecks } from './examples.ts'
import { generated } from './generated.ts'
import { hsm } from './hsm.ts'
import { kms } from './kms.ts'
import { lint } from './lint.ts'
import { packaging } from './packaging.ts'
import { runtimeChecks } from './runtimes.ts'
import { schemathesis } from './schemathesis.ts'
import { service } from './service.ts'
import { browser, site } from './site.ts'
import { spec } from './spec.ts'
import { threats } from './threats.ts'
import { tracked } from './tracked.ts'
import { types } from './types.ts'

/** In the order in which they run: what fails most often and fastest comes first. */
export const checks: readonly Check[] = [
  lint,
  types,
  tracked,
  changeset,
  spec,
  generated,
  docs,
  packaging,
]

/**
 * Run by `npm test`, and by name: most install what they need in a folder of their own the first
 * time.
 */
export const asideChecks: readonly Check[] = [
  threats,
  curl,
  site,
  browser,
  kms,
  hsm,
  service,
  schemathesis,
  ...exampleChecks,
  ...runtimeChecks,
]
