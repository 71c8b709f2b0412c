// Generated from spec/openapi.yaml; do not edit. Change spec/openapi.yaml or scripts/openapi-generator/templates/operations.mustache and run: npm run generate
import type { Args, CallOptions, Result } from '../call/operation.ts'

/** The operations of a client, one method each. */
export interface Operations {
  /**
   * 获取平台证书列表 - download the platform certificates
   *
   * `GET /v3/certificates`
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
  getCertificates(
    args?: Args<'getCertificates'>,
    options?: CallOptions,
  ): Promise<Result<'getCertificates'>>
  /**
   * 电商收付通模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
   *
   * `POST /v3/password-exempt-contract/contracts/ecommerce/pre-entrust-sign/mini-program`
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
  ecommerceMiniProgramPreEntrustSign(
    args: Args<'ecommerceMiniProgramPreEntrustSign'>,
    options?: CallOptions,
  ): Promise<Result<'ecommerceMiniProgramPreEntrustSign'>>
  /**
   * 电商收付通模式支付后场景预签约 - pre-sign a contract to be offered after a payment
   *
   * `POST /v3/password-exempt-contract/contracts/ecommerce/pre-entrust-sign/pay-redirect-sign`
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
  ecommercePayRedirectSignPreEntrustSign(
    args: Args<'ecommercePayRedirectSignPreEntrustSign'>,
    options?: CallOptions,
  ): Promise<Result<'ecommercePayRedirectSignPreEntrustSign'>>
  /**
   * 商户通过商户协议号查询协议 - query a contract by its code
   *
   * `GET /v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}`
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
  getContractByCode(
    args: Args<'getContractByCode'>,
    options?: CallOptions,
  ): Promise<Result<'getContractByCode'>>
  /**
   * 直连商户模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
   *
   * `POST /v3/password-exempt-contract/contracts/normal/pre-entrust-sign/mini-program`
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
  normalMiniProgramPreEntrustSign(
    args: Args<'normalMiniProgramPreEntrustSign'>,
    options?: CallOptions,
  ): Promise<Result<'normalMiniProgramPreEntrustSign'>>
  /**
   * 直连商户模式支付后场景预签约 - pre-sign a contract to be offered after a payment
   *
   * `POST /v3/password-exempt-contract/contracts/normal/pre-entrust-sign/pay-redirect-sign`
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
  normalPayRedirectSignPreEntrustSign(
    args: Args<'normalPayRedirectSignPreEntrustSign'>,
    options?: CallOptions,
  ): Promise<Result<'normalPayRedirectSignPreEntrustSign'>>
  /**
   * 清算机构模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
   *
   * `POST /v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program`
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
  qsMiniProgramPreEntrustSign(
    args: Args<'qsMiniProgramPreEntrustSign'>,
    options?: CallOptions,
  ): Promise<Result<'qsMiniProgramPreEntrustSign'>>
  /**
   * 清算机构模式支付后场景预签约 - pre-sign a contract to be offered after a payment
   *
   * `POST /v3/password-exempt-contract/contracts/qs/pre-entrust-sign/pay-redirect-sign`
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
  qsPayRedirectSignPreEntrustSign(
    args: Args<'qsPayRedirectSignPreEntrustSign'>,
    options?: CallOptions,
  ): Promise<Result<'qsPayRedirectSignPreEntrustSign'>>
  /**
   * 服务商模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
   *
   * `POST /v3/password-exempt-contract/contracts/service-provider/pre-entrust-sign/mini-program`
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
  serviceProviderMiniProgramPreEntrustSign(
    args: Args<'serviceProviderMiniProgramPreEntrustSign'>,
    options?: CallOptions,
  ): Promise<Result<'serviceProviderMiniProgramPreEntrustSign'>>
  /**
   * 服务商模式支付后场景预签约 - pre-sign a contract to be offered after a payment
   *
   * `POST /v3/password-exempt-contract/contracts/service-provider/pre-entrust-sign/pay-redirect-sign`
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
  serviceProviderPayRedirectSignPreEntrustSign(
    args: Args<'serviceProviderPayRedirectSignPreEntrustSign'>,
    options?: CallOptions,
  ): Promise<Result<'serviceProviderPayRedirectSignPreEntrustSign'>>
  /**
   * 商户通过商户协议号解约协议 - terminate a contract by its code
   *
   * `POST /v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}/terminate`
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
  terminateContractByCode(
    args: Args<'terminateContractByCode'>,
    options?: CallOptions,
  ): Promise<Result<'terminateContractByCode'>>
  /**
   * 直连商户模式JSAPI下单并授权 - place an order that uses a contract
   *
   * `POST /v3/pay/transactions/jsapi-with-contract`
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
  normalJsapiWithContract(
    args: Args<'normalJsapiWithContract'>,
    options?: CallOptions,
  ): Promise<Result<'normalJsapiWithContract'>>
  /**
   * 服务商与平台商户模式JSAPI下单并授权 - place an order that uses a contract
   *
   * `POST /v3/pay/partner/transactions/jsapi-with-contract`
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
  partnerJsapiWithContract(
    args: Args<'partnerJsapiWithContract'>,
    options?: CallOptions,
  ): Promise<Result<'partnerJsapiWithContract'>>
}
