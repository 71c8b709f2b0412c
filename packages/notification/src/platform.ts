export { type BuildOptions, buildNotification, formatTime } from './build.ts'
export { type SealOptions, sealResource } from './resource.ts'
