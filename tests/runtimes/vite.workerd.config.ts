import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** One file for workerd, resolved as bundlers for Workers do. */
export default defineConfig({
  root: at('.'),
  logLevel: 'warn',
  resolve: { conditions: ['workerd', 'worker', 'browser', 'import', 'default'] },
  build: {
    lib: { entry: at('workerd.ts'), formats: ['es'], fileName: 'workerd' },
    outDir: at('../../.cache/runtimes'),
    emptyOutDir: false,
    target: 'esnext',
    minify: false,
    // One module: workerd.capnp lists only this one.
    rolldownOptions: { output: { codeSplitting: false } },
  },
})
