import { spawnSync } from 'node:child_process'

const needed = 11
const advice =
  'npm run generate needs Java 11 or newer on the PATH (Debian: apt-get install default-jre-headless). ' +
  'Everything else works without it, from the committed packages/core/src/generated.'

/** Looks for the Java that openapi-generator needs; `problem` is one sentence for the user. */
export function findJava(): { found: true } | { found: false; problem: string } {
  const { status, stderr, stdout } = spawnSync('java', ['-version'], { encoding: 'utf8' })
  if (status !== 0) return { found: false, problem: `No Java found. ${advice}` }
  const major = Number(/version "(\d+)/.exec(stderr + stdout)?.[1] ?? needed)
  if (major < needed)
    return {
      found: false,
      problem: `The Java found is too old (its version begins with ${major}). ${advice}`,
    }
  return { found: true }
}
