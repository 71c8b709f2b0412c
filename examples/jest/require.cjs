// Plain Node, no test runner: require() of every package, from Node 22.12 on.
for (const name of [
  'wechatpay-entrust',
  '@wechatpay-entrust/mock',
  '@wechatpay-entrust/mock/node',
  '@wechatpay-entrust/mock/matchers',
])
  if (Object.keys(require(name)).length === 0) throw new Error(`${name} exports nothing`)
console.log('require() works')
