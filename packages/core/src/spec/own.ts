/** Our own document, with the types of any other. */
import { spec } from '../generated/spec.ts'
import type { Spec } from './spec.ts'

export const ownSpec: Spec = spec
