import { cpSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { installPython } from '../../../scripts/packing/install-python.ts'
import { type Client, Missing, step } from './client.ts'
import { generate, openapiGenerator } from './openapi-generator.ts'

const sources = join(import.meta.dirname, '../python')
const requirements = 'tests/generators/python/requirements.txt'
const openapiPythonClient = /^openapi-python-client==(\S+)/m.exec(
  readFileSync(join(sources, 'requirements.txt'), 'utf8'),
)?.[1]
const signedBy = '`cryptography`'

async function prepare(folder: string): Promise<string> {
  const installed = await installPython(requirements)
  if ('missing' in installed) throw new Missing(installed.missing)
  cpSync(sources, folder, { recursive: true })
  return installed.python
}

/** Compiles every module, imported or not. */
async function compile(python: string, folder: string, main: string) {
  await step(python, ['-m', 'compileall', '-q', '-f', folder], { cwd: folder })
  return [python, main] as const
}

export const pythonClients: readonly Client[] = [
  {
    name: 'python',
    generator: openapiGenerator('python'),
    document: 'openapi-3.0.json',
    signedBy,
    async build(folder, document) {
      const python = await prepare(folder)
      const output = join(folder, 'generated')
      await generate('python', document, output, { packageName: 'entrust' })
      cpSync(join(output, 'entrust'), join(folder, 'entrust'), { recursive: true })
      return compile(python, folder, 'openapi_generator.py')
    },
  },
  {
    name: 'openapi-python-client',
    generator: `openapi-python-client ${openapiPythonClient}`,
    document: 'openapi.json',
    signedBy,
    async build(folder, document) {
      const python = await prepare(folder)
      const output = ['--output-path', join(folder, 'entrust_httpx'), '--meta', 'none']
      const args = ['generate', '--path', document, ...output, '--fail-on-warning']
      // It formats with ruff, which is in the same environment.
      const env = { ...process.env, PATH: `${dirname(python)}:${process.env.PATH}` }
      await step(join(dirname(python), 'openapi-python-client'), args, { cwd: folder, env })
      return compile(python, folder, 'openapi_python_client.py')
    },
  },
]
