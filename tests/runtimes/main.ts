// For runtimes that run TypeScript and have a `process`: Node, Bun, Deno.
import process from 'node:process'
import { runCases } from './run-cases.ts'

process.exitCode = (await runCases(console.log)) ? 0 : 1
