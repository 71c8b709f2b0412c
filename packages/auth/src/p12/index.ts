export { type P12Contents, type P12Options, readP12 } from './read-p12.ts'
