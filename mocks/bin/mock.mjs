#!/usr/bin/env node
import { runMockCommand } from '@wechatpay-entrust/mock/node'

await runMockCommand(process.argv.slice(2))
