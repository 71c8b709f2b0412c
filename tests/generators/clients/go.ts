import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Client, download, requireTool, step } from './client.ts'
import { generate, openapiGenerator } from './openapi-generator.ts'

const sources = join(import.meta.dirname, '../go')
const oapiCodegen = /oapi-codegen\/v2 v(\S+)/.exec(
  readFileSync(join(sources, 'go.mod'), 'utf8'),
)?.[1]
const signedBy = "Tencent's wechatpay-go"

/** Copies the sources, because a package must be in the module that it is imported in. */
async function prepare(folder: string): Promise<void> {
  await requireTool('go', ['version'], 'apt-get install golang')
  cpSync(sources, folder, { recursive: true })
  await download('the Go modules of tests/generators/go/go.mod', 'go', ['mod', 'download'], {
    cwd: folder,
  })
}

async function compile(folder: string, name: string): Promise<readonly [string]> {
  // The modules may be changed by nothing but a person.
  const env = { ...process.env, GOFLAGS: '-mod=readonly' }
  await step('go', ['vet', `./${name}`, './signing'], { cwd: folder, env })
  await step('go', ['build', '-o', 'main', `./${name}`], { cwd: folder, env })
  return [join(folder, 'main')]
}

export const goClients: readonly Client[] = [
  {
    name: 'go',
    generator: openapiGenerator('go'),
    document: 'openapi-3.0.json',
    signedBy,
    async build(folder, document) {
      await prepare(folder)
      const output = join(folder, 'openapigenerator', 'entrust')
      await generate('go', document, output, { packageName: 'entrust', withGoMod: 'false' })
      // They import the module under the name that it would have on GitHub.
      rmSync(join(output, 'test'), { recursive: true })
      return compile(folder, 'openapigenerator')
    },
  },
  {
    name: 'oapi-codegen',
    generator: `oapi-codegen ${oapiCodegen}`,
    document: 'openapi-3.0.json',
    signedBy,
    async build(folder, document) {
      await prepare(folder)
      mkdirSync(join(folder, 'oapicodegen', 'entrust'))
      const args = ['tool', 'oapi-codegen', '-config', 'oapicodegen/config.yaml', document]
      await step('go', args, { cwd: folder })
      return compile(folder, 'oapicodegen')
    },
  },
]
