#!/usr/bin/env node
import { runCodegen } from '@wechatpay-entrust/codegen'

await runCodegen(process.argv.slice(2))
