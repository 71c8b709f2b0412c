/**
 * npm run pack: builds all packages and leaves their tarballs, versions resolved, in `.cache/pack`.
 * `npm install .cache/pack/*.tgz` in an empty folder installs them.
 */
import { relative } from 'node:path'
import { packPackages } from './packing/pack-packages.ts'
import { root } from './workspace.ts'

for (const { tarball } of await packPackages()) console.log(relative(root, tarball))
