/**
 * Re-exports only ky's default export, so that a bundler can drop the rest of the package.
 * transport.ts loads this file at the first call.
 */
export { default as ky } from 'ky'
