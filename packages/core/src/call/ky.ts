/**
 * ky and nothing else of its package: a bundle then holds no more of it. Loaded at the first call,
 * see transport.ts.
 */
export { default as ky } from 'ky'
