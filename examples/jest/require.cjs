// Loads every package with require(), in Node ≥ 22.12 without a test runner.
for (const name of [
  'wechatpay-entrust',
  '@wechatpay-entrust/mock',
  '@wechatpay-entrust/mock/node',
  '@wechatpay-entrust/mock/matchers',
])
  if (Object.keys(require(name)).length === 0) throw new Error(`${name} exports nothing`)
console.log('require() works')
