#!/usr/bin/env node
// The command line is a package of its own, so that a server that only calls the SDK does not
// install it. The arguments are not repeated: one of them may be a secret.
process.stderr.write(`The command line is in its own package. 命令行工具在单独的包中。

  npx @wechatpay-entrust/cli --help
`)
process.exitCode = 2
