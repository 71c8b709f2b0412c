import { findStaleManifests } from '../packing/metadata.ts'
import { type Check, noProblems } from './check.ts'

export const metadata: Check = {
  name: 'metadata',
  holds: "every published package has the root's author, keywords and links",
  async run() {
    const stale = findStaleManifests().map(({ file }) => file)
    return noProblems(
      stale.map((file) => `${file} differs from the root's package.json; run: npm run generate`),
    )
  },
}
