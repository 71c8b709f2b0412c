export { type BuildOptions, buildNotification, formatTime } from './message/build.ts'
export { type SealOptions, sealResource } from './message/resource.ts'
