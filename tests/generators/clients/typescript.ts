import { cpSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { installAside } from '../../../scripts/packing/install-aside.ts'
import { tool } from '../../../scripts/process/run-command.ts'
import { type Client, Missing, step } from './client.ts'

const sources = join(import.meta.dirname, '../typescript')
const { dependencies } = JSON.parse(readFileSync(join(sources, 'package.json'), 'utf8'))

export const typescriptClient: Client = {
  name: 'typescript',
  generator: `@hey-api/openapi-ts ${dependencies['@hey-api/openapi-ts']}`,
  document: 'openapi.json',
  signedBy: '@wechatpay-entrust/auth',
  async build(folder, document) {
    const problem = await installAside('tests/generators/typescript')
    if (problem !== undefined)
      throw new Missing(
        `tests/generators/typescript could not be installed: ${problem.slice(-400)}`,
      )
    for (const file of ['main.ts', 'openapi-ts.config.mjs', 'package.json', 'tsconfig.json'])
      cpSync(join(sources, file), join(folder, file))
    const modules = join(folder, 'node_modules')
    symlinkSync(join(sources, 'node_modules'), modules, 'junction')
    // The types and the code of @wechatpay-entrust/auth.
    await step(tool('tsc'), ['-b', 'packages/auth'], {})
    const env = { ...process.env, INPUT: document, OUTPUT: join(folder, 'generated') }
    const options = { cwd: folder, env }
    await step(process.execPath, [join(modules, '@hey-api/openapi-ts/bin/run.js')], options)
    await step(process.execPath, [join(modules, 'typescript/bin/tsc'), '-p', folder], options)
    return [process.execPath, 'main.ts']
  },
}
