const { createMock } = require('@wechatpay-entrust/mock')
const { mockMatchers } = require('@wechatpay-entrust/mock/matchers')
const { ApiError, createWeChatPay } = require('wechatpay-entrust')
const { offerContract } = require('./contracts.js')

expect.extend(mockMatchers)

const openid = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'
let mock
let wechatpay
let events

beforeEach(() => {
  events = []
  mock = createMock({
    async deliver(sent) {
      events.push(await wechatpay.receiveNotification(sent))
      return 204
    },
  })
  wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
})

test('a contract is offered, signed and notified', async () => {
  const { extraData } = await offerContract(wechatpay, 'J1', openid)
  expect(mock).toHavePreSigned({ out_contract_code: 'J1', openid })

  await mock.user.signs(extraData.pre_entrustweb_id)
  expect(events).toMatchObject([{ kind: 'signed', resource: { out_contract_code: 'J1', openid } }])
  expect(mock).toHaveContract({ out_contract_code: 'J1' })
  expect(mock).toHaveNotified({ status: 204 })
})

test('a matcher that fails reports what the mock has', async () => {
  await offerContract(wechatpay, 'J1', openid)
  expect(() => expect(mock).toHavePreSigned({ out_contract_code: 'J2' })).toThrow(
    '"out_contract_code": "J1"',
  )
  expect(mock).not.toHaveContract()
})

test('a merchant without the permission gets an error that says so', async () => {
  mock.platform.forbid('qsMiniProgramPreEntrustSign')
  const error = await offerContract(wechatpay, 'J1', openid).catch((thrown) => thrown)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ code: 'NO_AUTH', retryable: false })
})
