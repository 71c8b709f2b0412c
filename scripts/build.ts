/** npm run build: the packages' dist folders, by the compiler alone. */
import { buildPackages } from './packing/build-packages.ts'

process.exitCode = (await buildPackages({ show: true })).code
