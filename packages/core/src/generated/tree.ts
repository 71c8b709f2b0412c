// Generated from spec/openapi.yaml; do not edit. Change spec/openapi.yaml and run: npm run generate
import type { OperationCall } from '../call/operation.ts'
import type { components, operations } from './types.ts'

/** The operations by path, as properties. */
export interface Tree {
  readonly v3: {
    readonly passwordExemptContract: {
      readonly contracts: {
        readonly qs: {
          readonly preEntrustSign: {
            readonly miniProgram: {
              /**
               * 清算机构模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
               *
               * `POST /v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program`
               *
               * Called by the institution's back end before its merchant's mini-program opens WeChat's signing mini-program
               * (微信签约小程序). The session lasts 2 hours. After the user has signed, WeChat Pay notifies `notify_url`; if the
               * user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * The calling institution is the `mchid` in `Authorization`; the body has none.
               *
               * Body:
               * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the institution's official account or app.
               * - `sub_appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户AppID】 AppID of the sub-merchant's official account or app.
               * - `sub_mchid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户号】 merchant number that WeChat Pay gave the sub-merchant.
               * - `openid` string, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `appid`. Give this, `sub_openid` or both.
               * - `sub_openid` string, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户子标识】 the user's id under `sub_appid`. Give this, `openid` or both.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/partner/4012471282
               */
              readonly post: OperationCall<operations['qsMiniProgramPreEntrustSign']>
              /**
               * 清算机构模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
               *
               * `POST /v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program`
               *
               * Called by the institution's back end before its merchant's mini-program opens WeChat's signing mini-program
               * (微信签约小程序). The session lasts 2 hours. After the user has signed, WeChat Pay notifies `notify_url`; if the
               * user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * The calling institution is the `mchid` in `Authorization`; the body has none.
               *
               * Body:
               * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the institution's official account or app.
               * - `sub_appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户AppID】 AppID of the sub-merchant's official account or app.
               * - `sub_mchid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户号】 merchant number that WeChat Pay gave the sub-merchant.
               * - `openid` string, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `appid`. Give this, `sub_openid` or both.
               * - `sub_openid` string, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户子标识】 the user's id under `sub_appid`. Give this, `openid` or both.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/partner/4012471282
               */
              readonly postAsync: OperationCall<operations['qsMiniProgramPreEntrustSign']>
            }
            readonly payRedirectSign: {
              /**
               * 清算机构模式支付后场景预签约 - pre-sign a contract to be offered after a payment
               *
               * `POST /v3/password-exempt-contract/contracts/qs/pre-entrust-sign/pay-redirect-sign`
               *
               * Called by the institution's (从业机构) back end after an order has given a `prepay_id`, and before that
               * `prepay_id` is passed on. If the user pays within the 2 hours of the session, WeChat Pay itself offers to sign; if
               * pre-signing failed, the payment goes on without the offer. After the user has signed, WeChat Pay notifies `notify_url`;
               * if the user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the institution's official account or app.
               * - `sub_appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户AppID】 AppID of the sub-merchant's official account or app.
               * - `sub_mchid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户号】 merchant number that WeChat Pay gave the sub-merchant.
               * - `openid` string, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `appid`. Give this, `sub_openid` or both.
               * - `sub_openid` string, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户子标识】 the user's id under `sub_appid`. Give this, `openid` or both.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               * - `prepay_id` string, required, 1 to 64 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【预支付交易会话标识】 from the response to placing the order (下单).
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/partner/4012471286
               */
              readonly post: OperationCall<operations['qsPayRedirectSignPreEntrustSign']>
              /**
               * 清算机构模式支付后场景预签约 - pre-sign a contract to be offered after a payment
               *
               * `POST /v3/password-exempt-contract/contracts/qs/pre-entrust-sign/pay-redirect-sign`
               *
               * Called by the institution's (从业机构) back end after an order has given a `prepay_id`, and before that
               * `prepay_id` is passed on. If the user pays within the 2 hours of the session, WeChat Pay itself offers to sign; if
               * pre-signing failed, the payment goes on without the offer. After the user has signed, WeChat Pay notifies `notify_url`;
               * if the user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the institution's official account or app.
               * - `sub_appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户AppID】 AppID of the sub-merchant's official account or app.
               * - `sub_mchid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户号】 merchant number that WeChat Pay gave the sub-merchant.
               * - `openid` string, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `appid`. Give this, `sub_openid` or both.
               * - `sub_openid` string, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户子标识】 the user's id under `sub_appid`. Give this, `openid` or both.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               * - `prepay_id` string, required, 1 to 64 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【预支付交易会话标识】 from the response to placing the order (下单).
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/partner/4012471286
               */
              readonly postAsync: OperationCall<operations['qsPayRedirectSignPreEntrustSign']>
            }
          }
        }
        readonly normal: {
          readonly preEntrustSign: {
            readonly miniProgram: {
              /**
               * 直连商户模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
               *
               * `POST /v3/password-exempt-contract/contracts/normal/pre-entrust-sign/mini-program`
               *
               * Called by the merchant's (直连商户) back end before a mini-program opens WeChat's signing mini-program
               * (微信签约小程序). The session lasts 2 hours. After the user has signed, WeChat Pay notifies `notify_url`; if the
               * user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the caller's official account or app.
               * - `openid` string, required, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `appid`.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/merchant/4012472870
               */
              readonly post: OperationCall<operations['normalMiniProgramPreEntrustSign']>
              /**
               * 直连商户模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
               *
               * `POST /v3/password-exempt-contract/contracts/normal/pre-entrust-sign/mini-program`
               *
               * Called by the merchant's (直连商户) back end before a mini-program opens WeChat's signing mini-program
               * (微信签约小程序). The session lasts 2 hours. After the user has signed, WeChat Pay notifies `notify_url`; if the
               * user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the caller's official account or app.
               * - `openid` string, required, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `appid`.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/merchant/4012472870
               */
              readonly postAsync: OperationCall<operations['normalMiniProgramPreEntrustSign']>
            }
            readonly payRedirectSign: {
              /**
               * 直连商户模式支付后场景预签约 - pre-sign a contract to be offered after a payment
               *
               * `POST /v3/password-exempt-contract/contracts/normal/pre-entrust-sign/pay-redirect-sign`
               *
               * Called by the merchant's (直连商户) back end after an order has given a `prepay_id`, and before that
               * `prepay_id` is passed on. If the user pays within the 2 hours of the session, WeChat Pay itself offers to sign; if
               * pre-signing failed, the payment goes on without the offer. After the user has signed, WeChat Pay notifies `notify_url`;
               * if the user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the caller's official account or app.
               * - `openid` string, required, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `appid`.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               * - `prepay_id` string, required, 1 to 64 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【预支付交易会话标识】 from the response to placing the order (下单).
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/merchant/4012472874
               */
              readonly post: OperationCall<operations['normalPayRedirectSignPreEntrustSign']>
              /**
               * 直连商户模式支付后场景预签约 - pre-sign a contract to be offered after a payment
               *
               * `POST /v3/password-exempt-contract/contracts/normal/pre-entrust-sign/pay-redirect-sign`
               *
               * Called by the merchant's (直连商户) back end after an order has given a `prepay_id`, and before that
               * `prepay_id` is passed on. If the user pays within the 2 hours of the session, WeChat Pay itself offers to sign; if
               * pre-signing failed, the payment goes on without the offer. After the user has signed, WeChat Pay notifies `notify_url`;
               * if the user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the caller's official account or app.
               * - `openid` string, required, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `appid`.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               * - `prepay_id` string, required, 1 to 64 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【预支付交易会话标识】 from the response to placing the order (下单).
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/merchant/4012472874
               */
              readonly postAsync: OperationCall<operations['normalPayRedirectSignPreEntrustSign']>
            }
          }
        }
        readonly ecommerce: {
          readonly preEntrustSign: {
            readonly miniProgram: {
              /**
               * 电商收付通模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
               *
               * `POST /v3/password-exempt-contract/contracts/ecommerce/pre-entrust-sign/mini-program`
               *
               * Called by the e-commerce provider's (电商收付通服务商) back end before a mini-program opens WeChat's signing mini-program
               * (微信签约小程序). The session lasts 2 hours. After the user has signed, WeChat Pay notifies `notify_url`; if the
               * user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the caller's official account or app.
               * - `openid` string, required, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `appid`.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/partner/4013369177
               */
              readonly post: OperationCall<operations['ecommerceMiniProgramPreEntrustSign']>
              /**
               * 电商收付通模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
               *
               * `POST /v3/password-exempt-contract/contracts/ecommerce/pre-entrust-sign/mini-program`
               *
               * Called by the e-commerce provider's (电商收付通服务商) back end before a mini-program opens WeChat's signing mini-program
               * (微信签约小程序). The session lasts 2 hours. After the user has signed, WeChat Pay notifies `notify_url`; if the
               * user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the caller's official account or app.
               * - `openid` string, required, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `appid`.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/partner/4013369177
               */
              readonly postAsync: OperationCall<operations['ecommerceMiniProgramPreEntrustSign']>
            }
            readonly payRedirectSign: {
              /**
               * 电商收付通模式支付后场景预签约 - pre-sign a contract to be offered after a payment
               *
               * `POST /v3/password-exempt-contract/contracts/ecommerce/pre-entrust-sign/pay-redirect-sign`
               *
               * Called by the e-commerce provider's (电商收付通服务商) back end after an order has given a `prepay_id`, and before that
               * `prepay_id` is passed on. If the user pays within the 2 hours of the session, WeChat Pay itself offers to sign; if
               * pre-signing failed, the payment goes on without the offer. After the user has signed, WeChat Pay notifies `notify_url`;
               * if the user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the caller's official account or app.
               * - `openid` string, required, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `appid`.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               * - `prepay_id` string, required, 1 to 64 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【预支付交易会话标识】 from the response to placing the order (下单).
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/partner/4013369191
               */
              readonly post: OperationCall<operations['ecommercePayRedirectSignPreEntrustSign']>
              /**
               * 电商收付通模式支付后场景预签约 - pre-sign a contract to be offered after a payment
               *
               * `POST /v3/password-exempt-contract/contracts/ecommerce/pre-entrust-sign/pay-redirect-sign`
               *
               * Called by the e-commerce provider's (电商收付通服务商) back end after an order has given a `prepay_id`, and before that
               * `prepay_id` is passed on. If the user pays within the 2 hours of the session, WeChat Pay itself offers to sign; if
               * pre-signing failed, the payment goes on without the offer. After the user has signed, WeChat Pay notifies `notify_url`;
               * if the user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the caller's official account or app.
               * - `openid` string, required, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `appid`.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               * - `prepay_id` string, required, 1 to 64 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【预支付交易会话标识】 from the response to placing the order (下单).
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/partner/4013369191
               */
              readonly postAsync: OperationCall<
                operations['ecommercePayRedirectSignPreEntrustSign']
              >
            }
          }
        }
        readonly serviceProvider: {
          readonly preEntrustSign: {
            readonly miniProgram: {
              /**
               * 服务商模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
               *
               * `POST /v3/password-exempt-contract/contracts/service-provider/pre-entrust-sign/mini-program`
               *
               * Called by the service provider's (服务商) back end before a mini-program opens WeChat's signing mini-program
               * (微信签约小程序). The session lasts 2 hours. After the user has signed, WeChat Pay notifies `notify_url`; if the
               * user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `sp_appid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the service provider's official account or app.
               * - `sp_openid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `sp_appid`.
               * - `sub_mchid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户号】 merchant number that WeChat Pay gave the sub-merchant.
               * - `sub_appid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户AppID】 AppID of the sub-merchant's official account or app.
               * - `sub_openid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户子标识】 the user's id under `sub_appid`.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/partner/4012471269
               */
              readonly post: OperationCall<operations['serviceProviderMiniProgramPreEntrustSign']>
              /**
               * 服务商模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
               *
               * `POST /v3/password-exempt-contract/contracts/service-provider/pre-entrust-sign/mini-program`
               *
               * Called by the service provider's (服务商) back end before a mini-program opens WeChat's signing mini-program
               * (微信签约小程序). The session lasts 2 hours. After the user has signed, WeChat Pay notifies `notify_url`; if the
               * user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `sp_appid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the service provider's official account or app.
               * - `sp_openid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `sp_appid`.
               * - `sub_mchid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户号】 merchant number that WeChat Pay gave the sub-merchant.
               * - `sub_appid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户AppID】 AppID of the sub-merchant's official account or app.
               * - `sub_openid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户子标识】 the user's id under `sub_appid`.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/partner/4012471269
               */
              readonly postAsync: OperationCall<
                operations['serviceProviderMiniProgramPreEntrustSign']
              >
            }
            readonly payRedirectSign: {
              /**
               * 服务商模式支付后场景预签约 - pre-sign a contract to be offered after a payment
               *
               * `POST /v3/password-exempt-contract/contracts/service-provider/pre-entrust-sign/pay-redirect-sign`
               *
               * Called by the service provider's (服务商) back end after an order has given a `prepay_id`, and before that
               * `prepay_id` is passed on. If the user pays within the 2 hours of the session, WeChat Pay itself offers to sign; if
               * pre-signing failed, the payment goes on without the offer. After the user has signed, WeChat Pay notifies `notify_url`;
               * if the user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `sp_appid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the service provider's official account or app.
               * - `sp_openid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `sp_appid`.
               * - `sub_mchid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户号】 merchant number that WeChat Pay gave the sub-merchant.
               * - `sub_appid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户AppID】 AppID of the sub-merchant's official account or app.
               * - `sub_openid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户子标识】 the user's id under `sub_appid`.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               * - `prepay_id` string, required, 1 to 64 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【预支付交易会话标识】 from the response to placing the order (下单).
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/partner/4012471272
               */
              readonly post: OperationCall<
                operations['serviceProviderPayRedirectSignPreEntrustSign']
              >
              /**
               * 服务商模式支付后场景预签约 - pre-sign a contract to be offered after a payment
               *
               * `POST /v3/password-exempt-contract/contracts/service-provider/pre-entrust-sign/pay-redirect-sign`
               *
               * Called by the service provider's (服务商) back end after an order has given a `prepay_id`, and before that
               * `prepay_id` is passed on. If the user pays within the 2 hours of the session, WeChat Pay itself offers to sign; if
               * pre-signing failed, the payment goes on without the offer. After the user has signed, WeChat Pay notifies `notify_url`;
               * if the user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
               *
               * Body:
               * - `sp_appid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户AppID】 AppID of the service provider's official account or app.
               * - `sp_openid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user's id under `sp_appid`.
               * - `sub_mchid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户号】 merchant number that WeChat Pay gave the sub-merchant.
               * - `sub_appid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户AppID】 AppID of the sub-merchant's official account or app.
               * - `sub_openid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户子标识】 the user's id under `sub_appid`.
               * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to…
               * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable agai…
               * - `notify_url` string, required, 1 to 256 characters, an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path: 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and wit…
               * - `contract_display_account` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat ni…
               * - `prepay_id` string, required, 1 to 64 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【预支付交易会话标识】 from the response to placing the order (下单).
               *
               * Retry class: safe. Repeat it with the same parameters. Never change parameters under a used out_contract_code.
               *
               * Documented error codes:
               * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
               * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
               * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
               * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
               * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
               * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
               * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
               *
               * @see https://pay.weixin.qq.com/doc/v3/partner/4012471272
               */
              readonly postAsync: OperationCall<
                operations['serviceProviderPayRedirectSignPreEntrustSign']
              >
            }
          }
        }
        readonly serviceId: {
          readonly _service_id_: {
            readonly outContractCode: {
              readonly _out_contract_code_: {
                /**
                 * 商户通过商户协议号查询协议 - query a contract by its code
                 *
                 * `GET /v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}`
                 *
                 * Queries a contract that has been signed before (前置条件：商户已经成功获取过免密支付的签约协议). The response for a code that
                 * was never signed is not documented: treat a 4xx as not signed (yet).
                 *
                 * Path:
                 * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service that the contract belongs to.
                 * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract.
                 *
                 * Retry class: safe. Repeat it freely.
                 *
                 * Documented error codes:
                 * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
                 * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
                 * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
                 * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
                 * - 404 `RESOURCE_NOT_EXISTS` 查询的资源不存在 (inferred). Check service_id and out_contract_code - the user may not have signed yet (请检查商户签约协议号和免密支付服务ID，用户可能尚未签约).
                 * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
                 * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
                 * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
                 *
                 * @see https://pay.weixin.qq.com/doc/v3/partner/4012715321
                 */
                readonly get: OperationCall<operations['getContractByCode']>
                /**
                 * 商户通过商户协议号查询协议 - query a contract by its code
                 *
                 * `GET /v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}`
                 *
                 * Queries a contract that has been signed before (前置条件：商户已经成功获取过免密支付的签约协议). The response for a code that
                 * was never signed is not documented: treat a 4xx as not signed (yet).
                 *
                 * Path:
                 * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service that the contract belongs to.
                 * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract.
                 *
                 * Retry class: safe. Repeat it freely.
                 *
                 * Documented error codes:
                 * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
                 * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
                 * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
                 * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
                 * - 404 `RESOURCE_NOT_EXISTS` 查询的资源不存在 (inferred). Check service_id and out_contract_code - the user may not have signed yet (请检查商户签约协议号和免密支付服务ID，用户可能尚未签约).
                 * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
                 * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
                 * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
                 *
                 * @see https://pay.weixin.qq.com/doc/v3/partner/4012715321
                 */
                readonly getAsync: OperationCall<operations['getContractByCode']>
                readonly terminate: {
                  /**
                   * 商户通过商户协议号解约协议 - terminate a contract by its code
                   *
                   * `POST /v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}/terminate`
                   *
                   * Ends a contract that is in force (前置条件：已生效状态的签约协议). The code cannot be used again afterwards.
                   * The response to a second call is not documented.
                   *
                   * Path:
                   * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service that the contract belongs to.
                   * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract.
                   *
                   * Body:
                   * - `contract_termination_remark` string, required, 1 to 256 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【解约备注】 why the contract is ended.
                   *
                   * Retry class: unsafe. After an unknown outcome query the contract first, then decide.
                   *
                   * Documented error codes:
                   * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
                   * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
                   * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
                   * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
                   * - 404 `RESOURCE_NOT_EXISTS` 查询的资源不存在 (inferred). Check service_id and out_contract_code - the user may not have signed yet (请检查商户签约协议号和免密支付服务ID，用户可能尚未签约).
                   * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
                   * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
                   * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
                   *
                   * @see https://pay.weixin.qq.com/doc/v3/partner/4012715383
                   */
                  readonly post: OperationCall<operations['terminateContractByCode']>
                  /**
                   * 商户通过商户协议号解约协议 - terminate a contract by its code
                   *
                   * `POST /v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}/terminate`
                   *
                   * Ends a contract that is in force (前置条件：已生效状态的签约协议). The code cannot be used again afterwards.
                   * The response to a second call is not documented.
                   *
                   * Path:
                   * - `service_id` integer, required, an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0: 【免密支付服务ID】 the password-exempt service that the contract belongs to.
                   * - `out_contract_code` string, required, 1 to 32 characters, digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID: 【商户签约协议号】 the caller's own code for the contract.
                   *
                   * Body:
                   * - `contract_termination_remark` string, required, 1 to 256 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【解约备注】 why the contract is ended.
                   *
                   * Retry class: unsafe. After an unknown outcome query the contract first, then decide.
                   *
                   * Documented error codes:
                   * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
                   * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
                   * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
                   * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
                   * - 404 `RESOURCE_NOT_EXISTS` 查询的资源不存在 (inferred). Check service_id and out_contract_code - the user may not have signed yet (请检查商户签约协议号和免密支付服务ID，用户可能尚未签约).
                   * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
                   * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
                   * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
                   *
                   * @see https://pay.weixin.qq.com/doc/v3/partner/4012715383
                   */
                  readonly postAsync: OperationCall<operations['terminateContractByCode']>
                }
              }
            }
          }
        }
      }
    }
    readonly pay: {
      readonly transactions: {
        readonly jsapiWithContract: {
          /**
           * 直连商户模式JSAPI下单并授权 - place an order that uses a contract
           *
           * `POST /v3/pay/transactions/jsapi-with-contract`
           *
           * Called by the merchant's (直连商户) back end. The order uses a signed contract (`contract_info.password_free_contract_id`, the `contract_id` of the contract) or
           * a token of pre-signing. It gives a `prepay_id`, with which the mini-program or the web page opens the payment
           * (`wx.requestPayment`), and which the pay-redirect-sign operations need. Not for payment institutions (从业机构).
           *
           * Body:
           * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【公众号ID】 AppID of the official account or mini-program.
           * - `mchid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【直连商户号】 the merchant number of the caller.
           * - `payer` object, required: 【支付者】 the user who pays.
           * - `payer.openid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user under `appid`.
           * - `description` string, required, 1 to 127 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商品描述】 what is sold.
           * - `out_trade_no` string, required, 6 to 32 characters, digits, letters, _, - and * only (只能是数字、大小写字母_-*): 【商户订单号】 the caller's own number for the order, unique for its merchant number.
           * - `time_expire` string, at most 64 characters: 【交易结束时间】 the last moment to pay, RFC 3339 with offset.
           * - `attach` string, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【附加数据】 comes back in the query and in the notification.
           * - `notify_url` string, required, 1 to 255 characters, an address that begins with https:// and has no query string (不能携带参数): 【通知地址】 where WeChat Pay sends the notification of the payment. Public hosts nee…
           * - `goods_tag` string, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【订单优惠标记】 mark for discounts.
           * - `support_fapiao` boolean: 【电子发票入口开放标识】 whether the receipt offers an invoice.
           * - `amount` object, required: 【订单金额】 the amount.
           * - `amount.total` integer, required, at least 1, a whole number of fen (单位为分), at least 1: 【总金额】 in fen (分).
           * - `amount.currency` string, at most 16 characters: 【货币类型】 CNY.
           * - `detail` object: 【优惠功能】 the goods, for discounts.
           * - `detail.cost_price` integer: 【订单原价】 the price before discounts, in fen (分).
           * - `detail.invoice_id` string, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商品小票ID】 the merchant number of the receipt.
           * - `detail.goods_detail` object[], required, at least 1 items: 【单品列表】 at least one.
           * - `detail.goods_detail[].merchant_goods_id` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户侧商品编码】 the code of the merchant.
           * - `detail.goods_detail[].wechatpay_goods_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【微信支付商品编码】 the code of WeChat Pay.
           * - `detail.goods_detail[].goods_name` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商品名称】 the name.
           * - `detail.goods_detail[].quantity` integer, required: 【商品数量】 how many.
           * - `detail.goods_detail[].unit_price` integer, required: 【商品单价】 the price of one, in fen (分).
           * - `scene_info` object: 【场景信息】 where the user pays.
           * - `scene_info.payer_client_ip` string, required, 1 to 45 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户终端IP】 the address of the user, IPv4 or IPv6.
           * - `scene_info.device_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户端设备号】 the device of the merchant.
           * - `scene_info.store_info` object: 【商户门店信息】 the shop.
           * - `scene_info.store_info.id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【门店编号】 its code.
           * - `scene_info.store_info.name` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【门店名称】 its name.
           * - `scene_info.store_info.area_code` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【地区编码】 code of its area.
           * - `scene_info.store_info.address` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【详细地址】 its address.
           * - `settle_info` object: 【结算信息】 how the order is settled.
           * - `settle_info.profit_sharing` boolean: 【是否指定分账】 whether the money is shared out later.
           * - `contract_info` object, required: 【签约授权信息】 the contract: `password_free_contract_id` once the user has signed, or…
           * - `contract_info.token` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【扣费服务预授权token】 the token of pre-signing.
           * - `contract_info.password_free_contract_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【免密协议ID】 the `contract_id` of the signed contract.
           * - `contract_info.plan_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【模板ID】 of 委托代扣.
           * - `contract_info.contract_mchid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【签约商户号】 of 委托代扣.
           * - `contract_info.contract_appid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【签约AppID】 of 委托代扣.
           * - `contract_info.contract_code` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【签约协议号】 of 委托代扣.
           * - … 3 more
           *
           * Retry class: unsafe. After an unknown outcome repeat it with the same out_trade_no and the same parameters, or query the order first.
           *
           * Documented error codes:
           * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
           * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
           * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
           * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
           * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
           * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
           * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
           *
           * @see https://pay.weixin.qq.com/doc/v3/merchant/4017019923
           */
          readonly post: OperationCall<operations['normalJsapiWithContract']>
          /**
           * 直连商户模式JSAPI下单并授权 - place an order that uses a contract
           *
           * `POST /v3/pay/transactions/jsapi-with-contract`
           *
           * Called by the merchant's (直连商户) back end. The order uses a signed contract (`contract_info.password_free_contract_id`, the `contract_id` of the contract) or
           * a token of pre-signing. It gives a `prepay_id`, with which the mini-program or the web page opens the payment
           * (`wx.requestPayment`), and which the pay-redirect-sign operations need. Not for payment institutions (从业机构).
           *
           * Body:
           * - `appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【公众号ID】 AppID of the official account or mini-program.
           * - `mchid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【直连商户号】 the merchant number of the caller.
           * - `payer` object, required: 【支付者】 the user who pays.
           * - `payer.openid` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户标识】 the user under `appid`.
           * - `description` string, required, 1 to 127 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商品描述】 what is sold.
           * - `out_trade_no` string, required, 6 to 32 characters, digits, letters, _, - and * only (只能是数字、大小写字母_-*): 【商户订单号】 the caller's own number for the order, unique for its merchant number.
           * - `time_expire` string, at most 64 characters: 【交易结束时间】 the last moment to pay, RFC 3339 with offset.
           * - `attach` string, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【附加数据】 comes back in the query and in the notification.
           * - `notify_url` string, required, 1 to 255 characters, an address that begins with https:// and has no query string (不能携带参数): 【通知地址】 where WeChat Pay sends the notification of the payment. Public hosts nee…
           * - `goods_tag` string, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【订单优惠标记】 mark for discounts.
           * - `support_fapiao` boolean: 【电子发票入口开放标识】 whether the receipt offers an invoice.
           * - `amount` object, required: 【订单金额】 the amount.
           * - `amount.total` integer, required, at least 1, a whole number of fen (单位为分), at least 1: 【总金额】 in fen (分).
           * - `amount.currency` string, at most 16 characters: 【货币类型】 CNY.
           * - `detail` object: 【优惠功能】 the goods, for discounts.
           * - `detail.cost_price` integer: 【订单原价】 the price before discounts, in fen (分).
           * - `detail.invoice_id` string, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商品小票ID】 the merchant number of the receipt.
           * - `detail.goods_detail` object[], required, at least 1 items: 【单品列表】 at least one.
           * - `detail.goods_detail[].merchant_goods_id` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户侧商品编码】 the code of the merchant.
           * - `detail.goods_detail[].wechatpay_goods_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【微信支付商品编码】 the code of WeChat Pay.
           * - `detail.goods_detail[].goods_name` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商品名称】 the name.
           * - `detail.goods_detail[].quantity` integer, required: 【商品数量】 how many.
           * - `detail.goods_detail[].unit_price` integer, required: 【商品单价】 the price of one, in fen (分).
           * - `scene_info` object: 【场景信息】 where the user pays.
           * - `scene_info.payer_client_ip` string, required, 1 to 45 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户终端IP】 the address of the user, IPv4 or IPv6.
           * - `scene_info.device_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户端设备号】 the device of the merchant.
           * - `scene_info.store_info` object: 【商户门店信息】 the shop.
           * - `scene_info.store_info.id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【门店编号】 its code.
           * - `scene_info.store_info.name` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【门店名称】 its name.
           * - `scene_info.store_info.area_code` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【地区编码】 code of its area.
           * - `scene_info.store_info.address` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【详细地址】 its address.
           * - `settle_info` object: 【结算信息】 how the order is settled.
           * - `settle_info.profit_sharing` boolean: 【是否指定分账】 whether the money is shared out later.
           * - `contract_info` object, required: 【签约授权信息】 the contract: `password_free_contract_id` once the user has signed, or…
           * - `contract_info.token` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【扣费服务预授权token】 the token of pre-signing.
           * - `contract_info.password_free_contract_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【免密协议ID】 the `contract_id` of the signed contract.
           * - `contract_info.plan_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【模板ID】 of 委托代扣.
           * - `contract_info.contract_mchid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【签约商户号】 of 委托代扣.
           * - `contract_info.contract_appid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【签约AppID】 of 委托代扣.
           * - `contract_info.contract_code` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【签约协议号】 of 委托代扣.
           * - … 3 more
           *
           * Retry class: unsafe. After an unknown outcome repeat it with the same out_trade_no and the same parameters, or query the order first.
           *
           * Documented error codes:
           * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
           * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
           * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
           * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
           * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
           * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
           * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
           *
           * @see https://pay.weixin.qq.com/doc/v3/merchant/4017019923
           */
          readonly postAsync: OperationCall<operations['normalJsapiWithContract']>
        }
      }
      readonly partner: {
        readonly transactions: {
          readonly jsapiWithContract: {
            /**
             * 服务商与平台商户模式JSAPI下单并授权 - place an order that uses a contract
             *
             * `POST /v3/pay/partner/transactions/jsapi-with-contract`
             *
             * Called by the back end of a service provider (普通服务商) or a platform (平台商户). The order uses a signed contract (`contract_info.password_free_contract_id`, the `contract_id` of the contract) or
             * a token of pre-signing. It gives a `prepay_id`, with which the mini-program or the web page opens the payment
             * (`wx.requestPayment`), and which the pay-redirect-sign operations need. Not for payment institutions (从业机构).
             *
             * Body:
             * - `sp_appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【服务商应用ID】 AppID of the service provider.
             * - `sp_mchid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【服务商户号】 merchant number of the service provider, the caller.
             * - `sub_appid` string, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户/二级商户应用ID】 AppID of the sub-merchant; required together with `sub_openid` (…
             * - `sub_mchid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户号/二级商户号】 merchant number of the sub-merchant.
             * - `payer` object, required: 【支付者】 the user who pays, under one of the two AppIDs.
             * - `payer.sp_openid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户服务标识】 the user under `sp_appid`.
             * - `payer.sub_openid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户子标识】 the user under `sub_appid`.
             * - `description` string, required, 1 to 127 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商品描述】 what is sold.
             * - `out_trade_no` string, required, 6 to 32 characters, digits, letters, _, - and * only (只能是数字、大小写字母_-*): 【商户订单号】 the caller's own number for the order, unique for its merchant number.
             * - `time_expire` string, at most 64 characters: 【交易结束时间】 the last moment to pay, RFC 3339 with offset.
             * - `attach` string, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【附加数据】 comes back in the query and in the notification.
             * - `notify_url` string, required, 1 to 255 characters, an address that begins with https:// and has no query string (不能携带参数): 【通知地址】 where WeChat Pay sends the notification of the payment. Public hosts nee…
             * - `goods_tag` string, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【订单优惠标记】 mark for discounts.
             * - `support_fapiao` boolean: 【电子发票入口开放标识】 whether the receipt offers an invoice.
             * - `amount` object, required: 【订单金额】 the amount.
             * - `amount.total` integer, required, at least 1, a whole number of fen (单位为分), at least 1: 【总金额】 in fen (分).
             * - `amount.currency` string, at most 16 characters: 【货币类型】 CNY.
             * - `detail` object: 【优惠功能】 the goods, for discounts.
             * - `detail.cost_price` integer: 【订单原价】 the price before discounts, in fen (分).
             * - `detail.invoice_id` string, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商品小票ID】 the merchant number of the receipt.
             * - `detail.goods_detail` object[], required, at least 1 items: 【单品列表】 at least one.
             * - `detail.goods_detail[].merchant_goods_id` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户侧商品编码】 the code of the merchant.
             * - `detail.goods_detail[].wechatpay_goods_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【微信支付商品编码】 the code of WeChat Pay.
             * - `detail.goods_detail[].goods_name` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商品名称】 the name.
             * - `detail.goods_detail[].quantity` integer, required: 【商品数量】 how many.
             * - `detail.goods_detail[].unit_price` integer, required: 【商品单价】 the price of one, in fen (分).
             * - `scene_info` object: 【场景信息】 where the user pays.
             * - `scene_info.payer_client_ip` string, required, 1 to 45 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户终端IP】 the address of the user, IPv4 or IPv6.
             * - `scene_info.device_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户端设备号】 the device of the merchant.
             * - `scene_info.store_info` object: 【商户门店信息】 the shop.
             * - `scene_info.store_info.id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【门店编号】 its code.
             * - `scene_info.store_info.name` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【门店名称】 its name.
             * - `scene_info.store_info.area_code` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【地区编码】 code of its area.
             * - `scene_info.store_info.address` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【详细地址】 its address.
             * - `settle_info` object: 【结算信息】 how the order is settled.
             * - `settle_info.profit_sharing` boolean: 【是否指定分账】 whether the money is shared out later.
             * - `contract_info` object, required: 【签约授权信息】 the contract: `password_free_contract_id` once the user has signed, or…
             * - `contract_info.token` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【扣费服务预授权token】 the token of pre-signing.
             * - `contract_info.password_free_contract_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【免密协议ID】 the `contract_id` of the signed contract.
             * - `contract_info.plan_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【模板ID】 of 委托代扣.
             * - … 6 more
             *
             * Retry class: unsafe. After an unknown outcome repeat it with the same out_trade_no and the same parameters, or query the order first.
             *
             * Documented error codes:
             * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
             * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
             * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
             * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
             * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
             * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
             * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
             *
             * @see https://pay.weixin.qq.com/doc/v3/partner/4012526951
             */
            readonly post: OperationCall<operations['partnerJsapiWithContract']>
            /**
             * 服务商与平台商户模式JSAPI下单并授权 - place an order that uses a contract
             *
             * `POST /v3/pay/partner/transactions/jsapi-with-contract`
             *
             * Called by the back end of a service provider (普通服务商) or a platform (平台商户). The order uses a signed contract (`contract_info.password_free_contract_id`, the `contract_id` of the contract) or
             * a token of pre-signing. It gives a `prepay_id`, with which the mini-program or the web page opens the payment
             * (`wx.requestPayment`), and which the pay-redirect-sign operations need. Not for payment institutions (从业机构).
             *
             * Body:
             * - `sp_appid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【服务商应用ID】 AppID of the service provider.
             * - `sp_mchid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【服务商户号】 merchant number of the service provider, the caller.
             * - `sub_appid` string, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户/二级商户应用ID】 AppID of the sub-merchant; required together with `sub_openid` (…
             * - `sub_mchid` string, required, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【子商户号/二级商户号】 merchant number of the sub-merchant.
             * - `payer` object, required: 【支付者】 the user who pays, under one of the two AppIDs.
             * - `payer.sp_openid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户服务标识】 the user under `sp_appid`.
             * - `payer.sub_openid` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户子标识】 the user under `sub_appid`.
             * - `description` string, required, 1 to 127 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商品描述】 what is sold.
             * - `out_trade_no` string, required, 6 to 32 characters, digits, letters, _, - and * only (只能是数字、大小写字母_-*): 【商户订单号】 the caller's own number for the order, unique for its merchant number.
             * - `time_expire` string, at most 64 characters: 【交易结束时间】 the last moment to pay, RFC 3339 with offset.
             * - `attach` string, 1 to 128 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【附加数据】 comes back in the query and in the notification.
             * - `notify_url` string, required, 1 to 255 characters, an address that begins with https:// and has no query string (不能携带参数): 【通知地址】 where WeChat Pay sends the notification of the payment. Public hosts nee…
             * - `goods_tag` string, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【订单优惠标记】 mark for discounts.
             * - `support_fapiao` boolean: 【电子发票入口开放标识】 whether the receipt offers an invoice.
             * - `amount` object, required: 【订单金额】 the amount.
             * - `amount.total` integer, required, at least 1, a whole number of fen (单位为分), at least 1: 【总金额】 in fen (分).
             * - `amount.currency` string, at most 16 characters: 【货币类型】 CNY.
             * - `detail` object: 【优惠功能】 the goods, for discounts.
             * - `detail.cost_price` integer: 【订单原价】 the price before discounts, in fen (分).
             * - `detail.invoice_id` string, 1 to 32 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商品小票ID】 the merchant number of the receipt.
             * - `detail.goods_detail` object[], required, at least 1 items: 【单品列表】 at least one.
             * - `detail.goods_detail[].merchant_goods_id` string, required, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户侧商品编码】 the code of the merchant.
             * - `detail.goods_detail[].wechatpay_goods_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【微信支付商品编码】 the code of WeChat Pay.
             * - `detail.goods_detail[].goods_name` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商品名称】 the name.
             * - `detail.goods_detail[].quantity` integer, required: 【商品数量】 how many.
             * - `detail.goods_detail[].unit_price` integer, required: 【商品单价】 the price of one, in fen (分).
             * - `scene_info` object: 【场景信息】 where the user pays.
             * - `scene_info.payer_client_ip` string, required, 1 to 45 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【用户终端IP】 the address of the user, IPv4 or IPv6.
             * - `scene_info.device_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【商户端设备号】 the device of the merchant.
             * - `scene_info.store_info` object: 【商户门店信息】 the shop.
             * - `scene_info.store_info.id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【门店编号】 its code.
             * - `scene_info.store_info.name` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【门店名称】 its name.
             * - `scene_info.store_info.area_code` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【地区编码】 code of its area.
             * - `scene_info.store_info.address` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【详细地址】 its address.
             * - `settle_info` object: 【结算信息】 how the order is settled.
             * - `settle_info.profit_sharing` boolean: 【是否指定分账】 whether the money is shared out later.
             * - `contract_info` object, required: 【签约授权信息】 the contract: `password_free_contract_id` once the user has signed, or…
             * - `contract_info.token` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【扣费服务预授权token】 the token of pre-signing.
             * - `contract_info.password_free_contract_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【免密协议ID】 the `contract_id` of the signed contract.
             * - `contract_info.plan_id` string, at least 1 characters, only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF: 【模板ID】 of 委托代扣.
             * - … 6 more
             *
             * Retry class: unsafe. After an unknown outcome repeat it with the same out_trade_no and the same parameters, or query the order first.
             *
             * Documented error codes:
             * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
             * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
             * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
             * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
             * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
             * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
             * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
             *
             * @see https://pay.weixin.qq.com/doc/v3/partner/4012526951
             */
            readonly postAsync: OperationCall<operations['partnerJsapiWithContract']>
          }
        }
      }
    }
    readonly certificates: {
      /**
       * 获取平台证书列表 - download the platform certificates
       *
       * `GET /v3/certificates`
       *
       * The platform certificates in use, each sealed with the APIv3 key (APIv3密钥). Poll at intervals under 12 hours: a new
       * certificate is in the list before it is used. At most 1000 calls a second for one `mchid`.
       *
       * Accounts that have a WeChat Pay public key only (微信支付公钥) may get an error here.
       *
       * Query:
       * - `algorithm_type` `RSA` | `SM2` | `ALL`: 【证书算法版本】 which certificates to list, by algorithm. Left out, those of the accou…
       *
       * Retry class: safe. Repeat it freely.
       *
       * Documented error codes:
       * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
       * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
       * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
       * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
       * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
       * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
       * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
       *
       * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
       */
      readonly get: OperationCall<operations['getCertificates']>
      /**
       * 获取平台证书列表 - download the platform certificates
       *
       * `GET /v3/certificates`
       *
       * The platform certificates in use, each sealed with the APIv3 key (APIv3密钥). Poll at intervals under 12 hours: a new
       * certificate is in the list before it is used. At most 1000 calls a second for one `mchid`.
       *
       * Accounts that have a WeChat Pay public key only (微信支付公钥) may get an error here.
       *
       * Query:
       * - `algorithm_type` `RSA` | `SM2` | `ALL`: 【证书算法版本】 which certificates to list, by algorithm. Left out, those of the accou…
       *
       * Retry class: safe. Repeat it freely.
       *
       * Documented error codes:
       * - 400 `PARAM_ERROR` 参数错误. Correct the parameter that message and detail.field name (请根据错误提示正确传入参数).
       * - 400 `INVALID_REQUEST` HTTP 请求不符合微信支付 APIv3 接口规则. Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows (请参阅接口规则).
       * - 401 `SIGN_ERROR` 验证不通过. Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right (请参阅签名常见问题).
       * - 403 `NO_AUTH` 商户暂无权限使用此功能. Have the permission opened for the merchant number - ask your WeChat Pay product contact (请开通商户号权限。请联系产品申请).
       * - 429 `RATELIMIT_EXCEEDED` 请求频率超过限制. Slow down, then repeat with the same parameters (请降低频率后重试).
       * - 500 `SYSTEM_ERROR` 系统异常，请稍后重试. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (请稍后重试).
       * - 503 `SERVICE_UNAVAILABLE` 服务暂时不可用. The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe (服务暂时不可用，稍后重试).
       *
       * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
       */
      readonly getAsync: OperationCall<operations['getCertificates']>
    }
  }
}

/** The operations by path, as text. */
export interface Routes {
  readonly 'v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program': Tree['v3']['passwordExemptContract']['contracts']['qs']['preEntrustSign']['miniProgram']
  readonly 'v3/password-exempt-contract/contracts/qs/pre-entrust-sign/pay-redirect-sign': Tree['v3']['passwordExemptContract']['contracts']['qs']['preEntrustSign']['payRedirectSign']
  readonly 'v3/password-exempt-contract/contracts/normal/pre-entrust-sign/mini-program': Tree['v3']['passwordExemptContract']['contracts']['normal']['preEntrustSign']['miniProgram']
  readonly 'v3/password-exempt-contract/contracts/normal/pre-entrust-sign/pay-redirect-sign': Tree['v3']['passwordExemptContract']['contracts']['normal']['preEntrustSign']['payRedirectSign']
  readonly 'v3/password-exempt-contract/contracts/ecommerce/pre-entrust-sign/mini-program': Tree['v3']['passwordExemptContract']['contracts']['ecommerce']['preEntrustSign']['miniProgram']
  readonly 'v3/password-exempt-contract/contracts/ecommerce/pre-entrust-sign/pay-redirect-sign': Tree['v3']['passwordExemptContract']['contracts']['ecommerce']['preEntrustSign']['payRedirectSign']
  readonly 'v3/password-exempt-contract/contracts/service-provider/pre-entrust-sign/mini-program': Tree['v3']['passwordExemptContract']['contracts']['serviceProvider']['preEntrustSign']['miniProgram']
  readonly 'v3/password-exempt-contract/contracts/service-provider/pre-entrust-sign/pay-redirect-sign': Tree['v3']['passwordExemptContract']['contracts']['serviceProvider']['preEntrustSign']['payRedirectSign']
  readonly 'v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}': Tree['v3']['passwordExemptContract']['contracts']['serviceId']['_service_id_']['outContractCode']['_out_contract_code_']
  readonly 'v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}/terminate': Tree['v3']['passwordExemptContract']['contracts']['serviceId']['_service_id_']['outContractCode']['_out_contract_code_']['terminate']
  readonly 'v3/pay/transactions/jsapi-with-contract': Tree['v3']['pay']['transactions']['jsapiWithContract']
  readonly 'v3/pay/partner/transactions/jsapi-with-contract': Tree['v3']['pay']['partner']['transactions']['jsapiWithContract']
  readonly 'v3/certificates': Tree['v3']['certificates']
}

/**
 * The decrypted resource of each `event_type`.
 */
export interface Events {
  readonly 'ENTRUST.SIGN': components['schemas']['ContractSignedResource']
  readonly 'ENTRUST.TERMINATE': components['schemas']['ContractTerminatedResource']
  readonly 'TRANSACTION.SUCCESS': components['schemas']['Transaction']
}
