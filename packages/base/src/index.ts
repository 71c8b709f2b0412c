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
export { type Deadline, deadlinePassed, startDeadline } from './deadline.ts'
export {
  isRecord,
  JsonError,
  type JsonErrorCode,
  member,
  parseJsonStrict,
  readJson,
  readJsonStrict,
} from './json.ts'
export { callListener } from './listener.ts'
export { isPending, type MaybePromise } from './maybe-promise.ts'
export { type Chunk, readBody, readChunks } from './read-body.ts'
export { requestIdOf } from './request-id.ts'
export { mask, printable, quote } from './text.ts'
export { isUnsent, unsent } from './unsent.ts'
