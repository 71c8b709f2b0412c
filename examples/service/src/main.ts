/** One process of the service: `node src/main.ts`, with the environment of `config.ts`. */
import { readConfig } from './config.ts'
import { startService } from './service.ts'

const service = await startService(readConfig(process.env))
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    // Shorter than the time after which the supervisor kills the process.
    setTimeout(() => process.exit(1), 15_000).unref()
    void service.stop()
  })
}
