/** The part of a client or cluster of ioredis that is used here. */
export interface IoRedis {
  evalsha(sha: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>
  eval(script: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>
  script(subcommand: 'LOAD', script: string): Promise<unknown>
  info(section: string): Promise<string>
}

interface ScriptArguments {
  readonly keys: string[]
  readonly arguments: string[]
}

/** The part of a client or cluster of node-redis that is used here. */
export interface NodeRedis {
  evalSha(sha: string, options: ScriptArguments): Promise<unknown>
  eval(script: string, options: ScriptArguments): Promise<unknown>
  scriptLoad(script: string): Promise<unknown>
  info(section: string): Promise<unknown>
}

/** One interface for both drivers: runs the script with one key. */
export type Run = (key: string, ...args: string[]) => Promise<unknown>

/**
 * Sends the hash of the script, and the script itself only to a server that does not know it, for
 * example after a restart.
 */
export async function loadScript(client: IoRedis | NodeRedis, script: string): Promise<Run> {
  const { load, byHash, byText } = driver(client)
  const sha = String(await load(script))
  return async (key, ...args) => {
    try {
      return await byHash(sha, key, args)
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('NOSCRIPT'))
        return byText(script, key, args)
      throw error
    }
  }
}

function driver(client: IoRedis | NodeRedis) {
  if ('evalSha' in client) {
    return {
      load: (script: string) => client.scriptLoad(script),
      byHash: (sha: string, key: string, args: string[]) =>
        client.evalSha(sha, { keys: [key], arguments: args }),
      byText: (script: string, key: string, args: string[]) =>
        client.eval(script, { keys: [key], arguments: args }),
    }
  }
  return {
    load: (script: string) => client.script('LOAD', script),
    byHash: (sha: string, key: string, args: string[]) => client.evalsha(sha, 1, key, ...args),
    byText: (script: string, key: string, args: string[]) => client.eval(script, 1, key, ...args),
  }
}

/** The fields of `INFO persistence` and `INFO memory`; undefined if the role may not read them. */
export async function readInfo(
  client: IoRedis | NodeRedis,
): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const texts = [await client.info('persistence'), await client.info('memory')].map(String)
    const lines = texts.flatMap((text) => text.split(/\r?\n/)).filter((line) => line.includes(':'))
    return new Map(
      lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
    )
  } catch (error) {
    if (error instanceof Error && /NOPERM|unknown command/i.test(error.message)) return undefined
    throw error
  }
}
