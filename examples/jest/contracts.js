// The code under test, in CommonJS.
const { toMiniProgramLaunch } = require('wechatpay-entrust')

/** Offers a contract to a user; returns what the mini-program passes to wx.navigateToMiniProgram. */
async function offerContract(wechatpay, out_contract_code, openid) {
  const { data } = await wechatpay.qsMiniProgramPreEntrustSign({
    json: {
      appid: 'wxd678efh567hg6787',
      sub_appid: 'wxd678efh567hg6787',
      sub_mchid: '1900000109',
      service_id: 12535,
      out_contract_code,
      openid,
      contract_display_account: '用户A',
      notify_url: 'https://shop.test/notify',
    },
  })
  return toMiniProgramLaunch(data)
}

module.exports = { offerContract }
