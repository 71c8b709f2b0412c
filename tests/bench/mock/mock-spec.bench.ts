// A large OpenAPI document in mock and client: `npm run bench -- mock-spec --document=FILE`. How long
// reading it and `createMock` take, and how many operations answer a call whose arguments are made
// from the schemas. The document is not part of this repository, so without one nothing is measured.
import { writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Spec } from '@wechatpay-entrust/core'
import { createMock } from '@wechatpay-entrust/mock'
import { readDocuments } from '@wechatpay-entrust/openapi'
import { createWeChatPay } from 'wechatpay-entrust'
import { median } from '../support/compare.ts'
import { machine } from '../support/report.ts'
import { effort } from '../support/suite.ts'

const limits = { start: 1000, answered: 0.95 }

type Call = (args: object) => Promise<unknown>

/** Calls each operation once. The names of the errors by operation. */
async function callAll(spec: Spec): Promise<{ called: number; failures: Map<string, string> }> {
  const mock = createMock({ spec })
  const client = createWeChatPay({ ...mock.merchant, fetch: mock.fetch, spec, maxAttempts: 1 })
  const operations = client.operations as unknown as Readonly<Record<string, Call>>
  const failures = new Map<string, string>()
  const ids = Object.keys(spec.operations)
  for (const id of ids) {
    try {
      await operations[id]?.(mock.sample(id).args)
    } catch (error) {
      failures.set(id, (error as Error).message)
    }
  }
  return { called: ids.length, failures }
}

async function measure(file: string): Promise<void> {
  const begun = performance.now()
  const { spec } = await readDocuments([resolve(process.env.INIT_CWD ?? '.', file)])
  const reading = performance.now() - begun
  const starts: number[] = []
  for (let round = 0; round < effort.rounds; round += 1) {
    const before = performance.now()
    createMock({ spec })
    starts.push(performance.now() - before)
  }
  const [first = 0] = starts
  const { called, failures } = await callAll(spec)
  const share = 1 - failures.size / called
  const lines = [
    '# mock-spec',
    '',
    `\`npm run bench -- mock-spec --document=${basename(file)}\` on ${machine()}, ${new Date().toISOString().slice(0, 10)}. The document is not part of the repository.`,
    '',
    '| | |',
    '| --- | ---: |',
    `| operations | ${called} |`,
    `| reading the document | ${reading.toFixed(0)} ms |`,
    `| \`createMock\`, the first time | ${first.toFixed(0)} ms |`,
    `| \`createMock\`, median of ${starts.length} | ${median(starts).toFixed(1)} ms |`,
    `| calls with arguments made from the schemas that the client got an answer to | ${called - failures.size} (${(share * 100).toFixed(1)} %) |`,
    '',
    `- start within ${limits.start} ms: ${first < limits.start ? 'reached' : 'MISSED'}`,
    `- answered at least ${limits.answered * 100} %: ${share >= limits.answered ? 'reached' : 'MISSED'}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  for (const [id, message] of failures) process.stderr.write(`${id}: ${message}\n`)
  if (process.argv.includes('--write'))
    writeFileSync(join(import.meta.dirname, '../results/mock-spec.md'), `${lines.join('\n')}\n`)
  if (first >= limits.start || share < limits.answered) process.exitCode = 1
}

const document = process.argv.find((argument) => argument.startsWith('--document='))?.slice(11)
if (document) await measure(document)
else process.stdout.write('skipped: mock-spec (no document; give it with --document=FILE)\n')
