// npm run mock -- --port 0 --ready-file FILE: runs the standalone mock server in the foreground
// until a signal ends it.
import { runMockCommand } from '@wechatpay-entrust/mock/node'

await runMockCommand(process.argv.slice(2))
