import type { Bundle } from '../bundle/bundle.ts'
import type { Report } from '../problems/report.ts'
import type { Normalise } from '../schemas/normalise.ts'
import type { Place } from '../source/source.ts'
import type { Sources } from '../source/sources.ts'
import type { InputDocument } from './input-document.ts'
import type { Method } from './select.ts'

/** What reads the parts of documents. */
export interface Tools {
  readonly sources: Sources
  readonly bundle: Bundle
  readonly normalise: Normalise
  readonly report: Report
}

/** What the parts of an operation need to know of it. */
export interface OperationContext {
  readonly report: Report
  readonly normalise: Normalise
  readonly sources: Sources
  readonly originOf: Bundle['originOf']
  readonly document: InputDocument
  readonly place: Place
  /** `POST /v3/pay/…`, for texts. */
  readonly title: string
  readonly method: Method
  readonly path: string
}
