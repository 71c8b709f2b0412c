// Generated from spec/openapi.yaml; do not edit. Change spec/openapi.yaml and run: npm run generate
export interface paths {
  '/v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 清算机构模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
     * @description Called by the institution's back end before its merchant's mini-program opens WeChat's signing mini-program
     *     (微信签约小程序). The session lasts 2 hours. After the user has signed, WeChat Pay notifies `notify_url`; if the
     *     user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
     *
     *     The calling institution is the `mchid` in `Authorization`; the body has none.
     */
    post: operations['qsMiniProgramPreEntrustSign']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v3/password-exempt-contract/contracts/qs/pre-entrust-sign/pay-redirect-sign': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 清算机构模式支付后场景预签约 - pre-sign a contract to be offered after a payment
     * @description Called by the institution's (从业机构) back end after an order has given a `prepay_id`, and before that
     *     `prepay_id` is passed on. If the user pays within the 2 hours of the session, WeChat Pay itself offers to sign; if
     *     pre-signing failed, the payment goes on without the offer. After the user has signed, WeChat Pay notifies `notify_url`;
     *     if the user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
     */
    post: operations['qsPayRedirectSignPreEntrustSign']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v3/password-exempt-contract/contracts/normal/pre-entrust-sign/mini-program': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 直连商户模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
     * @description Called by the merchant's (直连商户) back end before a mini-program opens WeChat's signing mini-program
     *     (微信签约小程序). The session lasts 2 hours. After the user has signed, WeChat Pay notifies `notify_url`; if the
     *     user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
     */
    post: operations['normalMiniProgramPreEntrustSign']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v3/password-exempt-contract/contracts/normal/pre-entrust-sign/pay-redirect-sign': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 直连商户模式支付后场景预签约 - pre-sign a contract to be offered after a payment
     * @description Called by the merchant's (直连商户) back end after an order has given a `prepay_id`, and before that
     *     `prepay_id` is passed on. If the user pays within the 2 hours of the session, WeChat Pay itself offers to sign; if
     *     pre-signing failed, the payment goes on without the offer. After the user has signed, WeChat Pay notifies `notify_url`;
     *     if the user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
     */
    post: operations['normalPayRedirectSignPreEntrustSign']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v3/password-exempt-contract/contracts/ecommerce/pre-entrust-sign/mini-program': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 电商收付通模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
     * @description Called by the e-commerce provider's (电商收付通服务商) back end before a mini-program opens WeChat's signing mini-program
     *     (微信签约小程序). The session lasts 2 hours. After the user has signed, WeChat Pay notifies `notify_url`; if the
     *     user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
     */
    post: operations['ecommerceMiniProgramPreEntrustSign']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v3/password-exempt-contract/contracts/ecommerce/pre-entrust-sign/pay-redirect-sign': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 电商收付通模式支付后场景预签约 - pre-sign a contract to be offered after a payment
     * @description Called by the e-commerce provider's (电商收付通服务商) back end after an order has given a `prepay_id`, and before that
     *     `prepay_id` is passed on. If the user pays within the 2 hours of the session, WeChat Pay itself offers to sign; if
     *     pre-signing failed, the payment goes on without the offer. After the user has signed, WeChat Pay notifies `notify_url`;
     *     if the user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
     */
    post: operations['ecommercePayRedirectSignPreEntrustSign']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v3/password-exempt-contract/contracts/service-provider/pre-entrust-sign/mini-program': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 服务商模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program
     * @description Called by the service provider's (服务商) back end before a mini-program opens WeChat's signing mini-program
     *     (微信签约小程序). The session lasts 2 hours. After the user has signed, WeChat Pay notifies `notify_url`; if the
     *     user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
     */
    post: operations['serviceProviderMiniProgramPreEntrustSign']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v3/password-exempt-contract/contracts/service-provider/pre-entrust-sign/pay-redirect-sign': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 服务商模式支付后场景预签约 - pre-sign a contract to be offered after a payment
     * @description Called by the service provider's (服务商) back end after an order has given a `prepay_id`, and before that
     *     `prepay_id` is passed on. If the user pays within the 2 hours of the session, WeChat Pay itself offers to sign; if
     *     pre-signing failed, the payment goes on without the offer. After the user has signed, WeChat Pay notifies `notify_url`;
     *     if the user gives up or signing fails it sends nothing (放弃签约或签约失败则不通知).
     */
    post: operations['serviceProviderPayRedirectSignPreEntrustSign']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * 商户通过商户协议号查询协议 - query a contract by its code
     * @description Queries a contract that has been signed before (前置条件：商户已经成功获取过免密支付的签约协议). The response for a code that
     *     was never signed is not documented: treat a 4xx as not signed (yet).
     */
    get: operations['getContractByCode']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}/terminate': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 商户通过商户协议号解约协议 - terminate a contract by its code
     * @description Ends a contract that is in force (前置条件：已生效状态的签约协议). The code cannot be used again afterwards.
     *     The response to a second call is not documented.
     */
    post: operations['terminateContractByCode']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v3/pay/transactions/jsapi-with-contract': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 直连商户模式JSAPI下单并授权 - place an order that uses a contract
     * @description Called by the merchant's (直连商户) back end. The order uses a signed contract (`contract_info.password_free_contract_id`, the `contract_id` of the contract) or
     *     a token of pre-signing. It gives a `prepay_id`, with which the mini-program or the web page opens the payment
     *     (`wx.requestPayment`), and which the pay-redirect-sign operations need. Not for payment institutions (从业机构).
     */
    post: operations['normalJsapiWithContract']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v3/pay/partner/transactions/jsapi-with-contract': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 服务商与平台商户模式JSAPI下单并授权 - place an order that uses a contract
     * @description Called by the back end of a service provider (普通服务商) or a platform (平台商户). The order uses a signed contract (`contract_info.password_free_contract_id`, the `contract_id` of the contract) or
     *     a token of pre-signing. It gives a `prepay_id`, with which the mini-program or the web page opens the payment
     *     (`wx.requestPayment`), and which the pay-redirect-sign operations need. Not for payment institutions (从业机构).
     */
    post: operations['partnerJsapiWithContract']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/v3/certificates': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * 获取平台证书列表 - download the platform certificates
     * @description The platform certificates in use, each sealed with the APIv3 key (APIv3密钥). Poll at intervals under 12 hours: a new
     *     certificate is in the list before it is used. At most 1000 calls a second for one `mchid`.
     *
     *     Accounts that have a WeChat Pay public key only (微信支付公钥) may get an error here.
     */
    get: operations['getCertificates']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export interface webhooks {
  contractSigned: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 签约通知 - the user has signed
     * @description Sent to the `notify_url` of the pre-sign request, only after the user has signed. Respond within 5 seconds. The same
     *     notification may come more than once, or not at all: query the contract then.
     *
     *     That it is sent is documented; its `event_type` and the opened resource are inferred from the similar product 委托代扣.
     */
    post: operations['contractSigned']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  contractTerminated: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 解约通知 - a contract has been terminated
     * @description Whether this product sends it, and to which address, is not documented. In the similar product 委托代扣 it goes to the
     *     URL that is set on the template, not to `notify_url`.
     */
    post: operations['contractTerminated']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  transactionSuccess: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * 支付成功通知 - the user has paid
     * @description Sent to the `notify_url` of the order after the user has paid. Respond within 5 seconds. The same notification may come
     *     more than once, or not at all: query the order then.
     */
    post: operations['transactionSuccess']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export interface components {
  schemas: {
    /** @description 【错误信息】 the text of an error response. Decide by status and `code`, never by `message`. */
    ApiErrorBody: {
      /**
       * @description 【详细错误码】 an open list; the documented ones are in the operation's error table.
       * @example PARAM_ERROR
       */
      code: string
      /**
       * @description 【错误描述】 text for people; its wording may change.
       * @example 参数错误
       */
      message: string
      detail?: components['schemas']['ApiErrorDetail']
    }
    /** @description 【错误详情】 which parameter is wrong and why. Optional, and of open shape. */
    ApiErrorDetail: {
      /**
       * @description 【错误参数】 JSON pointer of a body's field, or the name of a parameter.
       * @example /amount/currency
       */
      field?: string
      /**
       * @description 【错误的值】 what was found, any JSON.
       * @example XYZ
       */
      value?: unknown
      /**
       * @description 【错误原因】 what is wrong with it.
       * @example Currency code is invalid
       */
      issue?: string
      /**
       * @description 【错误位置】 where the parameter is.
       * @example body
       */
      location?: string
    } & {
      [key: string]: unknown
    }
    /** @description 【平台证书列表】 the platform certificates. */
    CertificateList: {
      data: components['schemas']['PlatformCertificate'][]
    }
    /** @description 【签约协议】 a password-exempt contract. */
    Contract: {
      /**
       * @description 【商户号】 the caller's merchant number.
       * @example 1900000109
       */
      mchid: string
      /**
       * @description 【免密支付协议ID】 WeChat Pay's id of the contract.
       * @example 123124412412423431
       */
      contract_id: string
      /**
       * @description 【商户AppID】 AppID of the caller.
       * @example wxd678efh567hg6787
       */
      appid: string
      /**
       * @description 【用户标识】 the user's id under `appid`.
       * @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o
       */
      openid: string
      /**
       * @description 【子商户AppID】 AppID of the sub-merchant.
       * @example wxd678efh567hg6787
       */
      sub_appid?: string
      /**
       * @description 【用户子标识】 the user's id under `sub_appid`.
       * @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o
       */
      sub_openid?: string
      /**
       * @description 【免密支付服务ID】 the password-exempt service.
       * @example 12535
       */
      service_id: number
      /**
       * @description 【商户签约协议号】 the caller's own code for the contract.
       * @example wxwtdk20200910100000
       */
      out_contract_code: string
      /**
       * @description 【用户账户展示名称】 name of the user as given at pre-signing.
       * @example 微信代扣用户A
       */
      contract_display_account?: string
      /**
       * @description 【委托代扣协议状态】 state of the contract. An open list - SIGNED is in force, TERMINATED has ended.
       * @example SIGNED
       */
      contract_state: string
      /**
       * Format: date-time
       * @description 【协议签署时间】 when the user signed, RFC 3339 with offset.
       * @example 2020-09-10T13:29:35+08:00
       */
      contract_signed_time: string
      contract_terminate_info?: components['schemas']['ContractTerminateInfo']
    }
    /**
     * @description 【签约通知的资源】 the opened resource of the notification that the user has signed. Inferred from the query's response and
     *     the sibling product 委托代扣; more fields may come, and those that are not required may be absent.
     */
    ContractSignedResource: {
      /**
       * @description 【商户号】 the caller's merchant number.
       * @example 1900000109
       */
      mchid: string
      /**
       * @description 【免密支付协议ID】 WeChat Pay's id of the contract.
       * @example 123124412412423431
       */
      contract_id?: string
      /**
       * @description 【商户AppID】 AppID of the caller.
       * @example wxd678efh567hg6787
       */
      appid?: string
      /**
       * @description 【用户标识】 the user's id under `appid`.
       * @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o
       */
      openid?: string
      /**
       * @description 【子商户AppID】 AppID of the sub-merchant.
       * @example wxd678efh567hg6787
       */
      sub_appid?: string
      /**
       * @description 【用户子标识】 the user's id under `sub_appid`.
       * @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o
       */
      sub_openid?: string
      /**
       * @description 【免密支付服务ID】 the password-exempt service.
       * @example 12535
       */
      service_id?: number
      /**
       * @description 【商户签约协议号】 the caller's own code for the contract.
       * @example wxwtdk20200910100000
       */
      out_contract_code: string
      /**
       * @description 【用户账户展示名称】 name of the user as given at pre-signing.
       * @example 微信代扣用户A
       */
      contract_display_account?: string
      /**
       * @description 【委托代扣协议状态】 state of the contract. An open list - SIGNED is in force, TERMINATED has ended.
       * @example SIGNED
       */
      contract_state?: string
      /**
       * Format: date-time
       * @description 【协议签署时间】 when the user signed, RFC 3339 with offset.
       * @example 2020-09-10T13:29:35+08:00
       */
      contract_signed_time?: string
      contract_terminate_info?: components['schemas']['ContractTerminateInfo']
    } & {
      [key: string]: unknown
    }
    /** @description 【协议解约信息】 how and when the contract ended. */
    ContractTerminateInfo: {
      /**
       * @description 【协议解约方式】 who ended it. An open list; only USER_TERMINATE is attested for this product.
       * @example USER_TERMINATE
       */
      contract_termination_mode: string
      /**
       * Format: date-time
       * @description 【协议解约时间】 when it ended, RFC 3339 with offset.
       * @example 2020-10-10T13:29:35+08:00
       */
      contract_terminated_time?: string
      /**
       * @description 【解约备注】 the remark given at termination.
       * @example 用户解约
       */
      contract_termination_remark?: string
    }
    /**
     * @description 【解约通知的资源】 the opened resource of the notification that a contract has ended. Inferred from the query's response and
     *     the sibling product 委托代扣; more fields may come, and those that are not required may be absent.
     */
    ContractTerminatedResource: {
      /**
       * @description 【商户号】 the caller's merchant number.
       * @example 1900000109
       */
      mchid: string
      /**
       * @description 【免密支付协议ID】 WeChat Pay's id of the contract.
       * @example 123124412412423431
       */
      contract_id?: string
      /**
       * @description 【商户AppID】 AppID of the caller.
       * @example wxd678efh567hg6787
       */
      appid?: string
      /**
       * @description 【用户标识】 the user's id under `appid`.
       * @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o
       */
      openid?: string
      /**
       * @description 【子商户AppID】 AppID of the sub-merchant.
       * @example wxd678efh567hg6787
       */
      sub_appid?: string
      /**
       * @description 【用户子标识】 the user's id under `sub_appid`.
       * @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o
       */
      sub_openid?: string
      /**
       * @description 【免密支付服务ID】 the password-exempt service.
       * @example 12535
       */
      service_id?: number
      /**
       * @description 【商户签约协议号】 the caller's own code for the contract.
       * @example wxwtdk20200910100000
       */
      out_contract_code: string
      /**
       * @description 【用户账户展示名称】 name of the user as given at pre-signing.
       * @example 微信代扣用户A
       */
      contract_display_account?: string
      /**
       * @description 【委托代扣协议状态】 state of the contract. An open list - SIGNED is in force, TERMINATED has ended.
       * @example SIGNED
       */
      contract_state?: string
      /**
       * Format: date-time
       * @description 【协议签署时间】 when the user signed, RFC 3339 with offset.
       * @example 2020-09-10T13:29:35+08:00
       */
      contract_signed_time?: string
      contract_terminate_info?: components['schemas']['ContractTerminateInfo']
    } & {
      [key: string]: unknown
    }
    /** @description The direct merchant, its AppID and its user. */
    DirectOrderParties: {
      /**
       * @description 【公众号ID】 AppID of the official account or mini-program.
       * @example wxd678efh567hg6787
       */
      appid: string
      /**
       * @description 【直连商户号】 the merchant number of the caller.
       * @example 1230000109
       */
      mchid: string
      /** @description 【支付者】 the user who pays. */
      payer: {
        /**
         * @description 【用户标识】 the user under `appid`.
         * @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o
         */
        openid: string
      }
    }
    /** @description 【电商收付通模式小程序场景预签约】 what to pre-sign. */
    EcommerceMiniProgramPreEntrustSignRequest: components['schemas']['MerchantParties'] &
      components['schemas']['PreEntrustSignFields']
    /** @description 【电商收付通模式支付后场景预签约】 what to pre-sign, and the order. */
    EcommercePayRedirectSignPreEntrustSignRequest: components['schemas']['MerchantParties'] &
      components['schemas']['PreEntrustSignFields'] &
      components['schemas']['PrepayId']
    /** @description Who takes part, in the modes of direct merchants (直连商户模式) and of e-commerce providers (电商收付通模式). */
    MerchantParties: {
      /**
       * @description 【商户AppID】 AppID of the caller's official account or app.
       * @example wxd678efh567hg6787
       */
      appid: string
      /**
       * @description 【用户标识】 the user's id under `appid`.
       * @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o
       */
      openid: string
    }
    /** @description 【预签约结果】 the session, and where the mini-program has to go. The same in the modes qs, normal and ecommerce. */
    MiniProgramPreEntrustSignResponse: {
      /**
       * @description 【预签约ID】 id of the signing session, valid for 2 hours.
       * @example 5778aadY9nltAsZzXixCkFIGYnV2V
       */
      pre_entrustweb_id: string
      /**
       * @description 【商户号】 the caller's merchant number, as in `Authorization`.
       * @example 1900000109
       */
      mchid: string
      /**
       * @description 【免密支付服务ID】 as in the request.
       * @example 12535
       */
      service_id: number
      /**
       * @description 【商户签约协议号】 as in the request.
       * @example wxwtdk20200910100000
       */
      out_contract_code: string
      /**
       * @description 【跳转签约的小程序AppID】 AppID of the mini-program to open.
       * @example wxbd687630cd02ce1d
       */
      sign_mp_appid: string
      /**
       * @description 【跳转签约的小程序路径】 path in it to open.
       * @example pages/PwdExemptContract/index
       */
      sign_mp_path: string
    }
    /** @description 【JSAPI下单并授权】 the request of a direct merchant. */
    NormalJsapiOrder: components['schemas']['DirectOrderParties'] &
      components['schemas']['OrderFields']
    /** @description 【直连商户模式小程序场景预签约】 what to pre-sign. */
    NormalMiniProgramPreEntrustSignRequest: components['schemas']['MerchantParties'] &
      components['schemas']['PreEntrustSignFields']
    /** @description 【直连商户模式支付后场景预签约】 what to pre-sign, and the order. */
    NormalPayRedirectSignPreEntrustSignRequest: components['schemas']['MerchantParties'] &
      components['schemas']['PreEntrustSignFields'] &
      components['schemas']['PrepayId']
    /** @description 【回调通知】 the envelope that all APIv3 notifications share. */
    NotificationEnvelope: {
      /**
       * @description 【通知ID】 unique id of the notification; the same one comes again when it is repeated.
       * @example EV-2018022511223320873
       */
      id: string
      /**
       * @description 【通知创建时间】 RFC 3339 with offset; old samples have 20180225112233.
       * @example 2020-09-10T13:29:36+08:00
       */
      create_time: string
      /**
       * @description 【通知的类型】 what happened. An open list; which values this product uses is inferred.
       * @example ENTRUST.SIGN
       */
      event_type: string
      /**
       * @description 【通知的资源数据类型】 always the sealed kind.
       * @example encrypt-resource
       */
      resource_type: string
      /**
       * @description 【回调摘要】 text for people; may be absent.
       * @example 委托代扣签约通知
       */
      summary?: string
      resource: components['schemas']['SealedResource']
    }
    /** @description 【应答报文】 the body of a rejection. */
    NotificationFailure: {
      /**
       * @description 【返回状态码】 FAIL.
       * @example FAIL
       */
      code: string
      /**
       * @description 【返回信息】 the reason, for people.
       * @example 失败
       */
      message: string
    }
    /** @description openid和sub_openid字段二选一必填. At least one; the official example sends both. */
    OpenidOrSubOpenid:
      | {
          /** @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o */
          openid: string
        }
      | {
          /** @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o */
          sub_openid: string
        }
    /** @description 【订单金额】 the amount. */
    OrderAmount: {
      /**
       * @description 【总金额】 in fen (分).
       * @example 100
       */
      total: number
      /**
       * @description 【货币类型】 CNY.
       * @example CNY
       */
      currency?: string
    }
    /**
     * @description 【签约授权信息】 the contract: `password_free_contract_id` once the user has signed, or `token` of pre-signing. Which further
     *     combinations are valid is not documented. The mirror lists the fields from `plan_id` on, which belong to 委托代扣.
     */
    OrderContract: {
      /**
       * @description 【扣费服务预授权token】 the token of pre-signing.
       * @example 201710180325670965
       */
      token?: string
      /**
       * @description 【免密协议ID】 the `contract_id` of the signed contract.
       * @example 201710180325670965
       */
      password_free_contract_id?: string
      /**
       * @description 【模板ID】 of 委托代扣.
       * @example 3484306348
       */
      plan_id?: string
      /**
       * @description 【签约商户号】 of 委托代扣.
       * @example 1200009811
       */
      contract_mchid?: string
      /**
       * @description 【签约AppID】 of 委托代扣.
       * @example wxcbda96de0b165486
       */
      contract_appid?: string
      /**
       * @description 【签约协议号】 of 委托代扣.
       * @example 100001256
       */
      contract_code?: string
      /**
       * @description 【请求序列号】 of 委托代扣.
       * @example 1695
       */
      request_serial?: string
      /**
       * @description 【用户账户展示名称】 of 委托代扣.
       * @example 123456
       */
      contract_display_account?: string
      /**
       * @description 【签约信息通知URL】 of 委托代扣.
       * @example https://yoursite.com
       */
      contract_notify_url?: string
    }
    /** @description 【优惠功能】 the goods, for discounts. */
    OrderDetail: {
      /**
       * @description 【订单原价】 the price before discounts, in fen (分).
       * @example 608800
       */
      cost_price?: number
      /**
       * @description 【商品小票ID】 the merchant number of the receipt.
       * @example 微信123
       */
      invoice_id?: string
      /** @description 【单品列表】 at least one. */
      goods_detail: components['schemas']['OrderGoods'][]
    }
    /** @description The order and the contract that it uses. Lengths without a source are unknown and not checked. */
    OrderFields: {
      /**
       * @description 【商品描述】 what is sold.
       * @example Image形象店-深圳腾大-QQ公仔
       */
      description: string
      /**
       * @description 【商户订单号】 the caller's own number for the order, unique for its merchant number.
       * @example 1217752501201407033233368018
       */
      out_trade_no: string
      /**
       * Format: date-time
       * @description 【交易结束时间】 the last moment to pay, RFC 3339 with offset.
       * @example 2018-06-08T10:34:56+08:00
       */
      time_expire?: string
      /**
       * @description 【附加数据】 comes back in the query and in the notification.
       * @example 自定义数据
       */
      attach?: string
      /**
       * @description 【通知地址】 where WeChat Pay sends the notification of the payment. Public hosts need https; over a private line http is allowed (如果是走专线接入，可使用HTTP).
       * @example https://www.weixin.qq.com/wxpay/pay.php
       */
      notify_url: string
      /**
       * @description 【订单优惠标记】 mark for discounts.
       * @example WXG
       */
      goods_tag?: string
      /**
       * @description 【电子发票入口开放标识】 whether the receipt offers an invoice.
       * @example false
       */
      support_fapiao?: boolean
      amount: components['schemas']['OrderAmount']
      detail?: components['schemas']['OrderDetail']
      scene_info?: components['schemas']['OrderScene']
      /** @description 【结算信息】 how the order is settled. */
      settle_info?: {
        /**
         * @description 【是否指定分账】 whether the money is shared out later.
         * @example false
         */
        profit_sharing?: boolean
      }
      contract_info: components['schemas']['OrderContract']
    }
    /** @description 【单品】 one kind of goods. */
    OrderGoods: {
      /**
       * @description 【商户侧商品编码】 the code of the merchant.
       * @example 1246464644
       */
      merchant_goods_id: string
      /**
       * @description 【微信支付商品编码】 the code of WeChat Pay.
       * @example 1001
       */
      wechatpay_goods_id?: string
      /**
       * @description 【商品名称】 the name.
       * @example iPhoneX 256G
       */
      goods_name?: string
      /**
       * @description 【商品数量】 how many.
       * @example 1
       */
      quantity: number
      /**
       * @description 【商品单价】 the price of one, in fen (分).
       * @example 528800
       */
      unit_price: number
    }
    /** @description 【场景信息】 where the user pays. */
    OrderScene: {
      /**
       * @description 【用户终端IP】 the address of the user, IPv4 or IPv6.
       * @example 14.23.150.211
       */
      payer_client_ip: string
      /**
       * @description 【商户端设备号】 the device of the merchant.
       * @example 013467007045764
       */
      device_id?: string
      /** @description 【商户门店信息】 the shop. */
      store_info?: {
        /**
         * @description 【门店编号】 its code.
         * @example 0001
         */
        id?: string
        /**
         * @description 【门店名称】 its name.
         * @example 腾讯大厦分店
         */
        name?: string
        /**
         * @description 【地区编码】 code of its area.
         * @example 440305
         */
        area_code?: string
        /**
         * @description 【详细地址】 its address.
         * @example 广东省深圳市南山区科技中一道10000号
         */
        address?: string
      }
    }
    /** @description 【JSAPI下单并授权】 the request of a service provider or a platform. */
    PartnerJsapiOrder: components['schemas']['PartnerOrderParties'] &
      components['schemas']['OrderFields']
    /** @description The service provider or platform, the sub-merchant, and its user. */
    PartnerOrderParties: {
      /**
       * @description 【服务商应用ID】 AppID of the service provider.
       * @example wx8888888888888888
       */
      sp_appid: string
      /**
       * @description 【服务商户号】 merchant number of the service provider, the caller.
       * @example 1230000109
       */
      sp_mchid: string
      /**
       * @description 【子商户/二级商户应用ID】 AppID of the sub-merchant; required together with `sub_openid` (若sub_openid有传的情况下，sub_appid必填).
       * @example wxd678efh567hg6999
       */
      sub_appid?: string
      /**
       * @description 【子商户号/二级商户号】 merchant number of the sub-merchant.
       * @example 1900000109
       */
      sub_mchid: string
      /** @description 【支付者】 the user who pays, under one of the two AppIDs. */
      payer: {
        /**
         * @description 【用户服务标识】 the user under `sp_appid`.
         * @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o
         */
        sp_openid?: string
        /**
         * @description 【用户子标识】 the user under `sub_appid`.
         * @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o
         */
        sub_openid?: string
      }
    }
    /** @description 【预签约结果】 what was pre-signed. The same in the modes qs, normal and ecommerce. */
    PayRedirectSignPreEntrustSignResponse: {
      /**
       * @description 【商户号】 the caller's merchant number, as in `Authorization`.
       * @example 1900000109
       */
      mchid: string
      /**
       * @description 【免密支付服务ID】 as in the request.
       * @example 12535
       */
      service_id: number
      /**
       * @description 【商户签约协议号】 as in the request.
       * @example wxwtdk20200910100000
       */
      out_contract_code: string
    }
    /** @description 【下单结果】 the order. */
    PlacedOrder: {
      /**
       * @description 【预支付交易会话标识】 valid for 2 hours; `toPaymentLaunch` signs the parameters of the payment with it.
       * @example wx201410272009395522657a690389285100
       */
      prepay_id: string
    }
    /** @description 【平台证书】 one platform certificate, sealed. */
    PlatformCertificate: {
      /**
       * @description 【证书序列号】 serial number, as it stands in `Wechatpay-Serial`.
       * @example 5157F09EFDC096DE15EBE81A47057A7232F1B8E1
       */
      serial_no: string
      /**
       * Format: date-time
       * @description 【证书启用时间】 valid from, RFC 3339 with offset.
       * @example 2018-06-08T10:34:56+08:00
       */
      effective_time: string
      /**
       * Format: date-time
       * @description 【证书弃用时间】 valid to, RFC 3339 with offset.
       * @example 2018-12-08T10:34:56+08:00
       */
      expire_time: string
      encrypt_certificate: components['schemas']['SealedCertificate']
    }
    /** @description What is to be signed; the same in all modes. */
    PreEntrustSignFields: {
      /**
       * @description 【免密支付服务ID】 the password-exempt service; the access guide (接入指引) explains how to apply for it.
       * @example 12535
       */
      service_id: number
      /**
       * @description 【商户签约协议号】 the caller's own code for the contract. Unique, and never usable again after a termination.
       * @example wxwtdk20200910100000
       */
      out_contract_code: string
      /**
       * @description 【回调通知地址】 where the notification goes. HTTPS, reachable without a login, and without a query (不能携带参数).
       * @example https://yourapp.com/notify
       */
      notify_url: string
      /**
       * @description 【用户账户展示名称】 name of the signing user, shown on the signing page. Not a WeChat nickname, which may hold emoji.
       * @example 微信代扣用户A
       */
      contract_display_account: string
    }
    /** @description The order after whose payment the contract is offered. */
    PrepayId: {
      /**
       * @description 【预支付交易会话标识】 from the response to placing the order (下单).
       * @example wx201410272009395522657a690389285100
       */
      prepay_id: string
    }
    /** @description 【清算机构模式小程序场景预签约】 what to pre-sign. `openid`, `sub_openid` or both must be there. */
    QsMiniProgramPreEntrustSignRequest: components['schemas']['QsParties'] &
      components['schemas']['PreEntrustSignFields'] &
      components['schemas']['OpenidOrSubOpenid']
    /** @description Who takes part, in the clearing-institution mode (清算机构模式). */
    QsParties: {
      /**
       * @description 【商户AppID】 AppID of the institution's official account or app.
       * @example wxd678efh567hg6787
       */
      appid: string
      /**
       * @description 【子商户AppID】 AppID of the sub-merchant's official account or app.
       * @example wxd678efh567hg6787
       */
      sub_appid: string
      /**
       * @description 【子商户号】 merchant number that WeChat Pay gave the sub-merchant.
       * @example 1900000109
       */
      sub_mchid: string
      /**
       * @description 【用户标识】 the user's id under `appid`. Give this, `sub_openid` or both.
       * @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o
       */
      openid?: string
      /**
       * @description 【用户子标识】 the user's id under `sub_appid`. Give this, `openid` or both.
       * @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o
       */
      sub_openid?: string
    }
    /** @description 【清算机构模式支付后场景预签约】 what to pre-sign, and the order. `openid`, `sub_openid` or both must be there. */
    QsPayRedirectSignPreEntrustSignRequest: components['schemas']['QsParties'] &
      components['schemas']['PreEntrustSignFields'] &
      components['schemas']['PrepayId'] &
      components['schemas']['OpenidOrSubOpenid']
    /** @description 【证书信息】 the certificate as PEM text, sealed with the APIv3 key. */
    SealedCertificate: {
      /**
       * @description 【加密证书的算法】 how it is sealed.
       * @example AEAD_AES_256_GCM
       */
      algorithm: string
      /**
       * @description 【加密证书的随机串】 nonce, 12 bytes.
       * @example 61f9c719728a
       */
      nonce: string
      /**
       * @description 【加密证书的附加数据】 associated data.
       * @example certificate
       */
      associated_data: string
      /**
       * @description 【加密后的证书内容】 base64 of ciphertext and 16-byte tag.
       * @example sRvt…
       */
      ciphertext: string
    }
    /** @description 【通知的资源数据】 the resource as JSON text, sealed with the APIv3 key. */
    SealedResource: {
      /**
       * @description 【加密算法类型】 how it is sealed.
       * @example AEAD_AES_256_GCM
       */
      algorithm: string
      /**
       * @description 【数据密文】 base64 of ciphertext and 16-byte tag.
       * @example sRvt…
       */
      ciphertext: string
      /**
       * @description 【附加数据】 associated data; may be empty or absent.
       * @example entrust
       */
      associated_data?: string
      /**
       * @description 【随机串】 nonce, 12 bytes.
       * @example fdasflkja484
       */
      nonce: string
      /**
       * @description 【原始类型】 kind of the sealed object; may be absent.
       * @example entrust
       */
      original_type?: string
    }
    /** @description 【服务商模式小程序场景预签约】 what to pre-sign. */
    ServiceProviderMiniProgramPreEntrustSignRequest: components['schemas']['ServiceProviderParties'] &
      components['schemas']['PreEntrustSignFields']
    /** @description 【预签约结果】 the session, where the mini-program has to go, and the sub-merchant. */
    ServiceProviderMiniProgramPreEntrustSignResponse: components['schemas']['MiniProgramPreEntrustSignResponse'] &
      components['schemas']['SubMerchant']
    /** @description Who takes part, in the service-provider mode (服务商模式). Whether one of the openids must be there is not documented. */
    ServiceProviderParties: {
      /**
       * @description 【商户AppID】 AppID of the service provider's official account or app.
       * @example wxd678efh567hg6787
       */
      sp_appid: string
      /**
       * @description 【用户标识】 the user's id under `sp_appid`.
       * @example oYobu0MVnQfWpSMOYJz2AHPG_gQw
       */
      sp_openid?: string
      /**
       * @description 【子商户号】 merchant number that WeChat Pay gave the sub-merchant.
       * @example 1900000109
       */
      sub_mchid: string
      /**
       * @description 【子商户AppID】 AppID of the sub-merchant's official account or app.
       * @example wxd678efh567hg6787
       */
      sub_appid: string
      /**
       * @description 【用户子标识】 the user's id under `sub_appid`.
       * @example wxd678efh567hg6787
       */
      sub_openid?: string
    }
    /** @description 【服务商模式支付后场景预签约】 what to pre-sign, and the order. */
    ServiceProviderPayRedirectSignPreEntrustSignRequest: components['schemas']['ServiceProviderParties'] &
      components['schemas']['PreEntrustSignFields'] &
      components['schemas']['PrepayId']
    /** @description 【预签约结果】 what was pre-signed, and the sub-merchant. */
    ServiceProviderPayRedirectSignPreEntrustSignResponse: components['schemas']['PayRedirectSignPreEntrustSignResponse'] &
      components['schemas']['SubMerchant']
    /** @description The sub-merchant (子商户), as in the request. */
    SubMerchant: {
      /**
       * @description 【子商户号】 as in the request.
       * @example 1900000109
       */
      sub_mchid: string
    }
    /** @description 【解约请求】 why the contract is ended. */
    TerminateContractRequest: {
      /**
       * @description 【解约备注】 why the contract is ended.
       * @example 用户解约
       */
      contract_termination_remark: string
    }
    /** @description 【解约结果】 which contract was ended. */
    TerminateContractResponse: {
      /**
       * @description 【商户号】 the caller's merchant number.
       * @example 1900000109
       */
      mchid: string
      /**
       * @description 【免密支付服务ID】 as in the request.
       * @example 12535
       */
      service_id: number
      /**
       * @description 【商户签约协议号】 as in the request.
       * @example wxwtdk20200910100000
       */
      out_contract_code: string
    }
    /**
     * @description 【支付成功通知的资源】 the opened resource of the notification that the user has paid; also the response of the query of an
     *     order. Orders of a service provider have the `sp_` and `sub_` fields instead of `appid` and `mchid`.
     */
    Transaction: {
      /**
       * @description 【公众号ID】 of a direct merchant.
       * @example wxd678efh567hg6787
       */
      appid?: string
      /**
       * @description 【直连商户号】 of a direct merchant.
       * @example 1230000109
       */
      mchid?: string
      /**
       * @description 【服务商应用ID】
       * @example wx8888888888888888
       */
      sp_appid?: string
      /**
       * @description 【服务商户号】
       * @example 1230000109
       */
      sp_mchid?: string
      /**
       * @description 【子商户应用ID】
       * @example wxd678efh567hg6999
       */
      sub_appid?: string
      /**
       * @description 【子商户号】
       * @example 1900000109
       */
      sub_mchid?: string
      /**
       * @description 【商户订单号】 as in the order.
       * @example 1217752501201407033233368018
       */
      out_trade_no: string
      /**
       * @description 【微信支付订单号】 the number of WeChat Pay.
       * @example 1217752501201407033233368018
       */
      transaction_id: string
      /**
       * @description 【交易类型】
       * @example JSAPI
       */
      trade_type?: string
      /**
       * @description 【交易状态】
       * @example SUCCESS
       */
      trade_state: string
      /**
       * @description 【交易状态描述】
       * @example 支付成功
       */
      trade_state_desc?: string
      /**
       * @description 【银行类型】
       * @example CMC
       */
      bank_type?: string
      /**
       * @description 【商户数据包】 as in the order.
       * @example 自定义数据
       */
      attach?: string
      /**
       * Format: date-time
       * @description 【支付完成时间】
       * @example 2018-06-08T10:34:56+08:00
       */
      success_time?: string
      /** @description 【支付者】 */
      payer?: {
        /** @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o */
        openid?: string
        /** @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o */
        sp_openid?: string
        /** @example oUpF8uMuAJO_M2pxb1Q9zNjWeS6o */
        sub_openid?: string
      }
      /** @description 【订单金额】 in fen (分). */
      amount?: {
        /** @example 100 */
        total?: number
        /** @example 100 */
        payer_total?: number
        /** @example CNY */
        currency?: string
        /** @example CNY */
        payer_currency?: string
      }
      /** @description 【场景信息】 */
      scene_info?: {
        /** @example 013467007045764 */
        device_id?: string
      }
      /** @description 【优惠功能】 the discounts that were used, unchanged. */
      promotion_detail?: {
        [key: string]: unknown
      }[]
    } & {
      [key: string]: unknown
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  qsMiniProgramPreEntrustSign: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Serialised once; the bytes that are signed are the bytes that are sent. Absent fields are left out, never `null` or empty. */
    requestBody: {
      content: {
        'application/json': components['schemas']['QsMiniProgramPreEntrustSignRequest']
      }
    }
    responses: {
      /** @description Pre-signed (预签约成功). Signed by WeChat Pay. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['MiniProgramPreEntrustSignResponse']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  qsPayRedirectSignPreEntrustSign: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Serialised once; the bytes that are signed are the bytes that are sent. Absent fields are left out, never `null` or empty. */
    requestBody: {
      content: {
        'application/json': components['schemas']['QsPayRedirectSignPreEntrustSignRequest']
      }
    }
    responses: {
      /** @description Pre-signed (预签约成功). Signed by WeChat Pay. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PayRedirectSignPreEntrustSignResponse']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  normalMiniProgramPreEntrustSign: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Serialised once; the bytes that are signed are the bytes that are sent. Absent fields are left out, never `null` or empty. */
    requestBody: {
      content: {
        'application/json': components['schemas']['NormalMiniProgramPreEntrustSignRequest']
      }
    }
    responses: {
      /** @description Pre-signed (预签约成功). Signed by WeChat Pay. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['MiniProgramPreEntrustSignResponse']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  normalPayRedirectSignPreEntrustSign: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Serialised once; the bytes that are signed are the bytes that are sent. Absent fields are left out, never `null` or empty. */
    requestBody: {
      content: {
        'application/json': components['schemas']['NormalPayRedirectSignPreEntrustSignRequest']
      }
    }
    responses: {
      /** @description Pre-signed (预签约成功). Signed by WeChat Pay. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PayRedirectSignPreEntrustSignResponse']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  ecommerceMiniProgramPreEntrustSign: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Serialised once; the bytes that are signed are the bytes that are sent. Absent fields are left out, never `null` or empty. */
    requestBody: {
      content: {
        'application/json': components['schemas']['EcommerceMiniProgramPreEntrustSignRequest']
      }
    }
    responses: {
      /** @description Pre-signed (预签约成功). Signed by WeChat Pay. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['MiniProgramPreEntrustSignResponse']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  ecommercePayRedirectSignPreEntrustSign: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Serialised once; the bytes that are signed are the bytes that are sent. Absent fields are left out, never `null` or empty. */
    requestBody: {
      content: {
        'application/json': components['schemas']['EcommercePayRedirectSignPreEntrustSignRequest']
      }
    }
    responses: {
      /** @description Pre-signed (预签约成功). Signed by WeChat Pay. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PayRedirectSignPreEntrustSignResponse']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  serviceProviderMiniProgramPreEntrustSign: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Serialised once; the bytes that are signed are the bytes that are sent. Absent fields are left out, never `null` or empty. */
    requestBody: {
      content: {
        'application/json': components['schemas']['ServiceProviderMiniProgramPreEntrustSignRequest']
      }
    }
    responses: {
      /** @description Pre-signed (预签约成功). Signed by WeChat Pay. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ServiceProviderMiniProgramPreEntrustSignResponse']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  serviceProviderPayRedirectSignPreEntrustSign: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Serialised once; the bytes that are signed are the bytes that are sent. Absent fields are left out, never `null` or empty. */
    requestBody: {
      content: {
        'application/json': components['schemas']['ServiceProviderPayRedirectSignPreEntrustSignRequest']
      }
    }
    responses: {
      /** @description Pre-signed (预签约成功). Signed by WeChat Pay. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ServiceProviderPayRedirectSignPreEntrustSignResponse']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  getContractByCode: {
    parameters: {
      query?: never
      header?: never
      path: {
        /**
         * @description 【免密支付服务ID】 the password-exempt service that the contract belongs to.
         * @example 12535
         */
        service_id: number
        /**
         * @description 【商户签约协议号】 the caller's own code for the contract.
         * @example wxwtdk20200910100000
         */
        out_contract_code: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The contract. Signed by WeChat Pay. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Contract']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description No such contract, or not signed yet. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  terminateContractByCode: {
    parameters: {
      query?: never
      header?: never
      path: {
        /**
         * @description 【免密支付服务ID】 the password-exempt service that the contract belongs to.
         * @example 12535
         */
        service_id: number
        /**
         * @description 【商户签约协议号】 the caller's own code for the contract.
         * @example wxwtdk20200910100000
         */
        out_contract_code: string
      }
      cookie?: never
    }
    /** @description Serialised once; the bytes that are signed are the bytes that are sent. */
    requestBody: {
      content: {
        'application/json': components['schemas']['TerminateContractRequest']
      }
    }
    responses: {
      /** @description Terminated (解约成功). Signed by WeChat Pay. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TerminateContractResponse']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description No such contract, or not signed yet. */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  normalJsapiWithContract: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Serialised once; the bytes that are signed are the bytes that are sent. Absent fields are left out, never `null` or empty. */
    requestBody: {
      content: {
        'application/json': components['schemas']['NormalJsapiOrder']
      }
    }
    responses: {
      /** @description The order is placed (下单成功). Signed by WeChat Pay. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PlacedOrder']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  partnerJsapiWithContract: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Serialised once; the bytes that are signed are the bytes that are sent. Absent fields are left out, never `null` or empty. */
    requestBody: {
      content: {
        'application/json': components['schemas']['PartnerJsapiOrder']
      }
    }
    responses: {
      /** @description The order is placed (下单成功). Signed by WeChat Pay. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PlacedOrder']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  getCertificates: {
    parameters: {
      query?: {
        /**
         * @description 【证书算法版本】 which certificates to list, by algorithm. Left out, those of the account's algorithm come.
         * @example RSA
         */
        algorithm_type?: 'RSA' | 'SM2' | 'ALL'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /**
       * @description The certificates. Signed by WeChat Pay, on the first download possibly with a certificate that is inside this
       *     response itself.
       */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CertificateList']
        }
      }
      /** @description The request is wrong (`PARAM_ERROR`, `INVALID_REQUEST`). */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The request's signature does not verify (`SIGN_ERROR`). Carries no Wechatpay-* headers. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description The caller lacks the permission (`NO_AUTH`). */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Too many requests (`RATELIMIT_EXCEEDED`). The limit itself is not documented for contracts. */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description A fault of WeChat Pay (`SYSTEM_ERROR`). The outcome is unknown. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Not available right now (`SERVICE_UNAVAILABLE`). The outcome is unknown. 502 means the same. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
      /** @description Any other status. Judge by the status first; `code` is an open list. */
      default: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ApiErrorBody']
        }
      }
    }
  }
  contractSigned: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Verify the signature over exactly these bytes, before they are parsed. */
    requestBody: {
      content: {
        'application/json': components['schemas']['NotificationEnvelope']
      }
    }
    responses: {
      /** @description Accepted, no body needed (验签通过，无需返回应答报文). */
      200: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description Accepted, without a body. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description Rejected because the signature did not verify (验签不通过). WeChat Pay sends it again. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NotificationFailure']
        }
      }
      /** @description Not processed because of an error of the receiver. WeChat Pay sends it again. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NotificationFailure']
        }
      }
    }
  }
  contractTerminated: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Verify the signature over exactly these bytes, before they are parsed. */
    requestBody: {
      content: {
        'application/json': components['schemas']['NotificationEnvelope']
      }
    }
    responses: {
      /** @description Accepted, no body needed (验签通过，无需返回应答报文). */
      200: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description Accepted, without a body. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description Rejected because the signature did not verify (验签不通过). WeChat Pay sends it again. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NotificationFailure']
        }
      }
      /** @description Not processed because of an error of the receiver. WeChat Pay sends it again. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NotificationFailure']
        }
      }
    }
  }
  transactionSuccess: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** @description Verify the signature over exactly these bytes, before they are parsed. */
    requestBody: {
      content: {
        'application/json': components['schemas']['NotificationEnvelope']
      }
    }
    responses: {
      /** @description Accepted, no body needed (验签通过，无需返回应答报文). */
      200: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description Accepted, without a body. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description Rejected because the signature did not verify (验签不通过). WeChat Pay sends it again. */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NotificationFailure']
        }
      }
      /** @description Not processed because of an error of the receiver. WeChat Pay sends it again. */
      500: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NotificationFailure']
        }
      }
    }
  }
}
