import { spec } from '@wechatpay-entrust/core/spec'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { playExample, prepare, shownMock } from '../../docs/exchange.ts'
import { operationFile } from '../../docs/operation-page.ts'
import { referencePages } from '../../docs/reference.ts'
import { runCommand } from '../../process/run-command.ts'
import { type Check, noProblems } from '../check.ts'
import { readCodeBlocks } from './docs.ts'

export const curl: Check = {
  name: 'curl',
  holds: 'each curl command of the reference gets the response that its page shows',
  async run() {
    if ((await runCommand('curl', ['--version'])).code !== 0)
      return { state: 'skipped', reason: 'curl is missing; on Debian: apt-get install curl' }
    const pages = await referencePages()
    const problems: string[] = []
    for (const { id } of Object.values(spec.operations)) {
      const command = readCodeBlocks(pages.get(operationFile(id)) ?? '').find(
        ({ language }) => language === 'bash',
      )
      const server = await startMockServer(shownMock)
      try {
        await prepare(server.mock, id, globalThis.fetch, server.baseUrl)
        const env = { PATH: process.env.PATH, WECHATPAY_URL: server.baseUrl }
        const { code, stdout, output } = await runCommand(
          'sh',
          ['-c', `${command?.code} --silent --show-error`],
          {
            env,
          },
        )
        const { response } = await playExample(id)
        if (code !== 0 || stdout !== response.body)
          problems.push(`${id}: exit ${code}, found:\n${output}\nexpected:\n${response.body}`)
      } finally {
        await server.close()
      }
    }
    return noProblems(problems, `${Object.keys(spec.operations).length} commands`)
  },
}
