#!/usr/bin/env node
import { runCommandLine } from '@wechatpay-entrust/cli'

await runCommandLine(process.argv.slice(2))
