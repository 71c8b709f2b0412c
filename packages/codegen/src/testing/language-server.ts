/**
 * Asks the two language servers what an editor shows: tsserver of TypeScript 5.9 and the language
 * server of TypeScript 7.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A language server with one open file. */
export interface LanguageServer {
  /** The text that an editor shows at an offset, with Markdown signs removed. */
  hover(offset: number): Promise<string>
  /** The names that an editor proposes at an offset. */
  complete(offset: number): Promise<string[]>
  /** Changes the open file, as typing does. */
  change(text: string): void
  close(): void
}

const packageRequire = createRequire(import.meta.url)
const root = join(import.meta.dirname, '../../../..')

/** tsserver of TypeScript 5.9, which older editors run. */
export function startTsserver(file: string, firstText: string): LanguageServer {
  let text = firstText
  const server = spawn(process.execPath, [packageRequire.resolve('typescript/lib/tsserver.js')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const answers = createAnswers(server, 'request_seq')
  let last = 0
  const send = (command: string, args: object) => {
    last += 1
    const message = { seq: last, type: 'request', command, arguments: args }
    server.stdin?.write(`${JSON.stringify(message)}\n`)
    return last
  }
  send('open', { file, fileContent: text })
  const ask = async (command: string, offset: number) => {
    const { line, character } = positionOf(text, offset)
    const seq = send(command, { file, line: line + 1, offset: character + 1 })
    return (await answers.wait(seq)).body
  }
  return {
    async hover(offset) {
      const body = (await ask('quickinfo', offset)) as {
        displayString: string
        documentation: string | readonly { readonly text: string }[]
        tags: readonly { readonly name: string; readonly text?: unknown }[]
      }
      return `${body.displayString}\n${plain(body.documentation)}\n${body.tags.map(({ name, text: of }) => `@${name} ${plain(of)}`).join('\n')}`
    },
    async complete(offset) {
      const body = (await ask('completionInfo', offset)) as {
        entries: readonly { readonly name: string }[]
      }
      return body.entries.map(({ name }) => name)
    },
    change(next) {
      text = next
      send('open', { file, fileContent: text })
    },
    close: () => void server.kill(),
  }
}

/** The language server of TypeScript 7. */
export async function startNativeServer(file: string, firstText: string): Promise<LanguageServer> {
  let text = firstText
  let version = 1
  const server = spawn(
    process.execPath,
    [join(root, 'node_modules/typescript/lib/tsc.js'), '--lsp', '--stdio'],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  )
  const answers = createAnswers(server, 'id', (message) => write(message))
  let last = 0
  const write = (message: object) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    server.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  const ask = async (method: string, params: object) => {
    last += 1
    write({ id: last, method, params })
    return (await answers.wait(last)).result
  }
  const uri = pathToFileURL(file).href
  await ask('initialize', { processId: process.pid, rootUri: null, capabilities: {} })
  write({ method: 'initialized', params: {} })
  write({
    method: 'textDocument/didOpen',
    params: { textDocument: { uri, languageId: 'typescript', version, text } },
  })
  const at = (offset: number) => ({ textDocument: { uri }, position: positionOf(text, offset) })
  return {
    async hover(offset) {
      const found = (await ask('textDocument/hover', at(offset))) as {
        contents: { value: string } | string
      } | null
      const contents = found?.contents ?? ''
      return typeof contents === 'string' ? contents : contents.value
    },
    async complete(offset) {
      const found = (await ask('textDocument/completion', at(offset))) as
        | { items: readonly { readonly label: string }[] }
        | readonly { readonly label: string }[]
        | null
      const items = found === null ? [] : 'items' in found ? found.items : found
      return items.map(({ label }) => label)
    },
    change(next) {
      text = next
      version += 1
      write({
        method: 'textDocument/didChange',
        params: { textDocument: { uri, version }, contentChanges: [{ text }] },
      })
    },
    close: () => void server.kill(),
  }
}

interface Message {
  readonly [name: string]: unknown
}

/** Messages with a `Content-Length` header, by the number of the request. */
function createAnswers(
  server: ChildProcess,
  idName: string,
  write: (message: object) => void = () => undefined,
) {
  const waiting = new Map<unknown, (message: Message) => void>()
  let buffer = Buffer.alloc(0)
  server.stdout?.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk])
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = Number(/Content-Length: (\d+)/.exec(buffer.subarray(0, end).toString())?.[1])
      if (buffer.length < end + 4 + length) return
      const message = JSON.parse(buffer.subarray(end + 4, end + 4 + length).toString()) as Message
      buffer = buffer.subarray(end + 4 + length)
      // The server asks for settings too; it waits for the response.
      if (message.method !== undefined && message.id !== undefined)
        write({ id: message.id, result: null })
      else waiting.get(message[idName])?.(message)
    }
  })
  return {
    wait: (id: number) => new Promise<Message>((done) => waiting.set(id, done)),
  }
}

function positionOf(text: string, offset: number) {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
}

const plain = (parts: unknown): string =>
  Array.isArray(parts)
    ? parts.map((part: { text: string }) => part.text).join('')
    : String(parts ?? '')
