// Express 4 has no types of its own.
declare module 'express4' {
  export { default } from 'express'
}
