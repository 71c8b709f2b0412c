// The bundle for workerd, on whatever WebCrypto the runtime that runs this has.
import suite from '../../.cache/runtimes/workerd.js'

await suite.test()
