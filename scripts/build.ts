/** npm run build: compiles the packages into their dist folders. */
import { buildPackages } from './packing/build-packages.ts'

process.exitCode = (await buildPackages({ show: true })).code
