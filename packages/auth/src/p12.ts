export { type P12Contents, type P12Options, readP12 } from './p12/read-p12.ts'
