import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Stage } from './harness.ts'
import { post } from './sender.ts'

/** The lines of a trace where the request arrives and where its response is sent. */
export interface Marks {
  readonly asked: RegExp
  readonly answered: RegExp
}

/**
 * Whether, in a trace of system calls, a sync ended between the request and its response.
 */
export function syncedBeforeResponse(trace: string, { asked, answered }: Marks): boolean {
  const lines = trace.split('\n')
  const start = lines.findIndex((line) => asked.test(line))
  const end = lines.findIndex((line, at) => at > start && answered.test(line))
  if (start < 0 || end < 0)
    throw new Error(`The trace shows no ${start < 0 ? 'request' : 'answer'}.`)
  const ended = /(^|\s)(fsync|fdatasync)\(.*\) += 0|<\.\.\. (fsync|fdatasync) resumed>.*= 0/
  return lines.slice(start, end).some((line) => ended.test(line))
}

const calls = 'trace=read,recvfrom,write,writev,sendto,sendmsg,pwrite64,fsync,fdatasync'

/**
 * Traces one claim. For SQLite it traces the receiver, which syncs itself. For PostgreSQL and Redis
 * it traces the server: the receiver waits for the server's reply before it responds. R19
 */
export async function traceClaim(stage: Stage): Promise<boolean> {
  const [receiver] = await stage.start(1, { work: false })
  if (receiver === undefined) throw new Error('no receiver')
  const { port } = receiver.config
  await post(port, 'EV-before', 'genuine') // opens the connections and creates the tables
  const file = join(stage.folder, 'trace')
  const first = stage.server?.pid() ?? receiver.pid()
  // `-f` follows only new processes; the server's process for this connection already exists.
  const attach = [first, ...childrenOf(first)].flatMap((pid) => ['-p', String(pid)])
  const tracer = spawn('strace', ['-f', '-s', '400', '-e', calls, '-o', file, ...attach], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await attached(tracer, attach.length / 2)
  const answered = await post(port, 'EV-fsync')
  if (answered?.status !== 204) throw new Error(`The claim was answered ${answered?.status}.`)
  await pause(200)
  tracer.kill('SIGINT')
  await once(tracer, 'exit')
  return syncedBeforeResponse(readFileSync(file, 'utf8'), marks[stage.kind])
}

/**
 * The fourth field of `stat` is the parent. The second one, the name in brackets, may contain any
 * character.
 */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const [, ppid] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
        return Number(ppid) === parent
      } catch {
        return false // the process has ended
      }
    })
}

async function attached(tracer: ChildProcess, count: number): Promise<void> {
  let text = ''
  const ready = new Promise<void>((resolve) =>
    tracer.stderr?.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.split('attached').length > count) resolve()
    }),
  )
  await Promise.race([
    ready,
    once(tracer, 'exit').then(() => Promise.reject(new Error(`strace ended: ${text}`))),
  ])
}

const marks: Readonly<Record<Stage['kind'], Marks>> = {
  sqlite: { asked: /"POST \/notify/, answered: /"HTTP\/1\.1 204/ },
  postgres: { asked: /recvfrom\(.*EV-fsync/, answered: /sendto\(.*INSERT 0 1/ },
  redis: { asked: /read\(.*EV-fsync/, answered: /write\(.*\$3\\r\\nnew/ },
}
