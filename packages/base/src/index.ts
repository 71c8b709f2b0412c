export { longestTimeout, pause, untilAborted } from './abort.ts'
export {
  allocate,
  concatBytes,
  decodeBase64,
  encodeBase64,
  encodeHex,
  publicUtf8,
  utf8,
} from './bytes.ts'
export { describeError } from './console-lines.ts'
export { type Deadline, deadlinePassed, startDeadline } from './deadline.ts'
export { describeOption, describeType } from './describe-type.ts'
export {
  isRecord,
  JsonError,
  type JsonErrorCode,
  member,
  parseJsonStrict,
  readJson,
  readJsonStrict,
} from './json.ts'
export { escapePointer, findJsonLoss, isPlainObject, type JsonLoss } from './json-loss.ts'
export { callListener } from './listener.ts'
export { isLoopbackUrl } from './loopback.ts'
export { isPending, type MaybePromise } from './maybe-promise.ts'
export { findUnknownName, nearestName, nearestNames, type UnknownName } from './names.ts'
export { type Chunk, readBody, readChunks } from './read-body.ts'
export {
  chooseLanguage,
  currentLanguage,
  type Explained,
  explanationLines,
  findingOf,
  type Language,
  type Remedy,
  RemedyError,
  setLanguage,
} from './remedy.ts'
export { createReport, isDebugging, type ReportOptions } from './report.ts'
export { requestIdOf } from './request-id.ts'
export { findResponseFault } from './response-fault.ts'
export { mask, printable, quote } from './text.ts'
export { isUnsent, unsent } from './unsent.ts'
