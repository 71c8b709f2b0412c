/**
 * How much time the compiler needs for the client's types, with the spec and with one of 900 paths:
 *
 *     node --conditions=@wechatpay-entrust/source tests/bench/client/type-cost.ts
 *
 * Each case is a copy of core's sources in `.cache/type-cost`, with `generated/` from a spec that
 * has our operations once or 90 times, and one user file. `schema` uses one type of the schema: the
 * cost of the spec without a client. `client` uses the client's type. `calls` makes calls in every
 * style.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Json,
  readSpec,
  type Spec,
  type SpecOperation,
} from '../../../scripts/openapi-generator/read-spec.ts'
import { run } from '../../../scripts/process/run-tool.ts'
import { root } from '../../../scripts/workspace.ts'

const scratch = join(root, '.cache', 'type-cost')
const codegen = join(root, 'scripts', 'codegen', 'node_modules')
const compilers = [
  { name: 'TypeScript 7.0.2', tsc: join(root, 'node_modules', '.bin', 'tsc') },
  { name: 'TypeScript 5.9.3', tsc: join(codegen, '.bin', 'tsc') },
]

const schema = `import type { paths } from './src/generated/schema.ts'
export type Mine = paths['/v3/certificates']
`
const client = `import type { Client } from './src/client.ts'
export type Mine = Client
`
const path =
  'v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}'
const calls = `import type { Client } from './src/client.ts'
export async function use(client: Client) {
  const path = { service_id: 1, out_contract_code: 'x' }
  const family = client.v3.passwordExemptContract.contracts
  const byProperty = await family.serviceId._service_id_.outContractCode._out_contract_code_.get({ path })
  const byText = await client.chain('${path}').get({ path })
  const byIndex = await client['${path}'].getAsync({ path })
  const byId = await client.getContractByCode({ path })
  const terminated = await family.serviceId._service_id_.outContractCode._out_contract_code_.terminate.post({
    path,
    json: { contract_termination_remark: 'x' },
  })
  const { data } = await client.v3.certificates.get()
  return [byProperty.data.openid, byText.data.openid, byIndex.data.openid, byId.data.openid, terminated.data.mchid, data]
}
`

/** The spec with its contract paths repeated under other products, `times` times in all. */
function repeated(spec: Spec, times: number): Spec {
  const paths: Record<string, Readonly<Record<string, SpecOperation>>> = { ...spec.paths }
  for (let copy = 1; copy < times; copy += 1) {
    for (const [path, item] of Object.entries(spec.paths)) {
      if (!path.includes('/contracts/')) continue
      const operations = Object.entries(item).map(([method, operation]) => {
        const parameters = operation.parameters ?? []
        return [
          method,
          { ...operation, parameters, operationId: `${operation.operationId}Of${copy}` },
        ]
      })
      paths[path.replace('password-exempt-contract', `product-${copy}-of-many`)] =
        Object.fromEntries(operations)
    }
  }
  return { ...spec, paths }
}

/** The two files that the templates write, with the rows of this spec. */
function operationSources(
  spec: Spec,
  originals: { readonly operations: string; readonly table: string },
) {
  const rows = Object.entries(spec.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const errors = (operation['x-errors'] as Json[])
        .map(({ code }) => `errors.${code}`)
        .join(', ')
      const { operationId: id, summary, 'x-retry': retry, 'x-effect': effect } = operation
      const optional = operation.requestBody === undefined && !path.includes('{') ? '?' : ''
      const route = `id: '${id}', method: '${method.toUpperCase()}', path: '${path}', retry: '${retry}'`
      return {
        route: `  ${id}: { ${route} },`,
        info: `  ${id}: { ${route}, summary: '${summary}', page: '', effect: '${effect}', errors: [${errors}] },`,
        member: `  ${id}(args${optional}: Args<'${id}'>, options?: CallOptions): Promise<Result<'${id}'>>`,
      }
    }),
  )
  const between = (text: string, start: string, end: string, part: keyof (typeof rows)[number]) => {
    const from = text.indexOf(start) + start.length
    return `${text.slice(0, from)}\n${rows.map((row) => row[part]).join('\n')}\n${text.slice(text.indexOf(end, from))}`
  }
  const routed = between(
    originals.operations,
    'export const operationRoutes = {',
    '} as const',
    'route',
  )
  return {
    operations: between(routed, 'export interface Operations {', '}\n\n', 'member'),
    table: between(originals.table, 'export const operationTable = {', '} as const', 'info'),
  }
}

function prepare(name: string, spec: Spec): string {
  const folder = join(scratch, name)
  const core = join(root, 'packages', 'core')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const isSource = (path: string) => !/\.test(-d)?\.ts$|\/testing$/.test(path)
  cpSync(join(core, 'src'), join(folder, 'src'), { recursive: true, filter: isSource })
  symlinkSync(join(core, 'node_modules'), join(folder, 'node_modules'))
  const generated = join(folder, 'src', 'generated')
  const document = join(folder, 'openapi.json')
  // The types do not need the example files.
  writeFileSync(
    document,
    JSON.stringify(spec, (name, value) => (name === 'examples' ? undefined : value)),
  )
  writeFileSync(
    join(generated, 'schema.ts'),
    run(join(codegen, '.bin', 'openapi-typescript'), [document], {
      cwd: join(codegen, '../..'),
    }),
  )
  const files = {
    operations: join(generated, 'operations.ts'),
    table: join(generated, 'operation-table.ts'),
  }
  const [operations, table] = [
    readFileSync(files.operations, 'utf8'),
    readFileSync(files.table, 'utf8'),
  ]
  const sources = operationSources(spec, { operations, table })
  writeFileSync(files.operations, sources.operations)
  writeFileSync(files.table, sources.table)
  rmSync(join(generated, 'examples.ts'))
  rmSync(join(folder, 'src', 'spec.ts'))
  for (const [file, source] of [
    ['schema', schema],
    ['client', client],
    ['calls', calls],
  ] as const) {
    writeFileSync(join(folder, `${file}.ts`), source)
    const extended = {
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: {
        noEmit: true,
        composite: false,
        declaration: false,
        declarationMap: false,
      },
      files: [`${file}.ts`],
    }
    writeFileSync(join(folder, `${file}.json`), JSON.stringify(extended))
  }
  return folder
}

interface Cost {
  readonly seconds: number
  readonly check: string
  readonly memory: string
  readonly instantiations: string
}

function measure(tsc: string, project: string): Cost {
  const start = performance.now()
  const { status, stdout } = spawnSync(tsc, ['-p', project, '--extendedDiagnostics'], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${project}: ${stdout.slice(0, 2000)}`)
  const figure = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(stdout)?.[1] ?? '?'
  return {
    seconds: (performance.now() - start) / 1000,
    check: figure('Check time'),
    memory: figure('Memory used'),
    instantiations: figure('Instantiations'),
  }
}

const print = (line: string) => process.stdout.write(`${line}\n`)
const spec = readSpec()
print('| compiler | paths | file | check time | whole run | memory | instantiations |')
print('| --- | --- | --- | --- | --- | --- | --- |')
for (const times of [1, 90]) {
  const document = repeated(spec, times)
  const paths = Object.keys(document.paths).length
  const folder = prepare(String(paths), document)
  for (const { name, tsc } of compilers) {
    for (const file of ['schema', 'client', 'calls']) {
      // The shortest of five: other programs only make it longer.
      const runs = [1, 2, 3, 4, 5].map(() => measure(tsc, join(folder, `${file}.json`)))
      const cost = runs.sort((a, b) => Number.parseFloat(a.check) - Number.parseFloat(b.check))[0]
      if (cost === undefined) throw new Error('nothing was measured')
      const { check, seconds, memory, instantiations } = cost
      print(
        `| ${name} | ${paths} | ${file} | ${check} | ${seconds.toFixed(1)} s | ${memory} | ${instantiations} |`,
      )
    }
  }
}
