// Generated from spec/openapi.yaml; do not edit. Change spec/openapi.yaml and run: npm run generate
import type { OperationError } from '../call/operation.ts'
import type { Spec } from '../spec/spec.ts'

/** The `servers` of the document, the main host (主域名) first. */
export const serverUrls = [
  'https://api.mch.weixin.qq.com',
  'https://api2.mch.weixin.qq.com',
] as const

/** Every error code of the document, once; the operations refer to it. */
const errors = {
  PARAM_ERROR: {
    status: 400,
    code: 'PARAM_ERROR',
    zh: '参数错误',
    remedyZh: '请根据错误提示正确传入参数',
    remedyEn: 'Correct the parameter that message and detail.field name',
  },
  INVALID_REQUEST: {
    status: 400,
    code: 'INVALID_REQUEST',
    zh: 'HTTP 请求不符合微信支付 APIv3 接口规则',
    remedyZh: '请参阅接口规则',
    remedyEn:
      'Compare the request with the APIv3 rules - headers Accept, User-Agent and Content-Type, form of Authorization, a Wechatpay-Serial that WeChat Pay knows',
    causes: [
      {
        contains: '已签约',
        remedyZh: '该商户签约协议号已签约，请更换新的商户签约协议号，或用它查询签约协议',
        remedyEn:
          'This out_contract_code is already signed - take a new one, or query its contract with getContractByCode',
      },
      {
        contains: '已解约',
        remedyZh: '该商户签约协议号已解约，无法重复使用，请更换新的商户签约协议号',
        remedyEn: 'This out_contract_code was terminated and cannot be used again - take a new one',
      },
    ],
  },
  SIGN_ERROR: {
    status: 401,
    code: 'SIGN_ERROR',
    zh: '验证不通过',
    remedyZh: '请参阅签名常见问题',
    remedyEn:
      'Compare detail.sign_information with the text you signed, and check that private key, serial_no and mchid belong together and that the clock is right',
  },
  NO_AUTH: {
    status: 403,
    code: 'NO_AUTH',
    zh: '商户暂无权限使用此功能',
    remedyZh: '请开通商户号权限。请联系产品申请',
    remedyEn:
      'Have the permission opened for the merchant number - ask your WeChat Pay product contact',
  },
  RATELIMIT_EXCEEDED: {
    status: 429,
    code: 'RATELIMIT_EXCEEDED',
    zh: '请求频率超过限制',
    remedyZh: '请降低频率后重试',
    remedyEn: 'Slow down, then repeat with the same parameters',
  },
  SYSTEM_ERROR: {
    status: 500,
    code: 'SYSTEM_ERROR',
    zh: '系统异常，请稍后重试',
    remedyZh: '请稍后重试',
    remedyEn:
      'The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe',
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    code: 'SERVICE_UNAVAILABLE',
    zh: '服务暂时不可用',
    remedyZh: '服务暂时不可用，稍后重试',
    remedyEn:
      'The outcome is unknown. Repeat later with the same parameters, or query first where a repeat is not safe',
  },
  RESOURCE_NOT_EXISTS: {
    status: 404,
    code: 'RESOURCE_NOT_EXISTS',
    zh: '查询的资源不存在',
    remedyZh: '请检查商户签约协议号和免密支付服务ID，用户可能尚未签约',
    remedyEn: 'Check service_id and out_contract_code - the user may not have signed yet',
  },
} as const satisfies { readonly [code: string]: OperationError }

/** The document as data. */
export const spec = {
  specVersion: 1,
  title: 'WeChat Pay APIv3 password-exempt contract (微信支付 免密支付签约)',
  operations: {
    qsMiniProgramPreEntrustSign: {
      id: 'qsMiniProgramPreEntrustSign',
      method: 'POST',
      path: '/v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program',
      retry: 'safe',
      status: 200,
      request: { json: { $ref: '#/components/schemas/QsMiniProgramPreEntrustSignRequest' } },
      response: { $ref: '#/components/schemas/MiniProgramPreEntrustSignResponse' },
      echo: ['service_id', 'out_contract_code'],
      summary: '清算机构模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program',
      page: 'https://pay.weixin.qq.com/doc/v3/partner/4012471282',
      retrySays: {
        en: 'Repeat it with the same parameters. Never change parameters under a used out_contract_code.',
        zh: '请使用相同参数重新调用；已使用的商户签约协议号不能更换参数。',
      },
      effect: 'pre-sign',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
    qsPayRedirectSignPreEntrustSign: {
      id: 'qsPayRedirectSignPreEntrustSign',
      method: 'POST',
      path: '/v3/password-exempt-contract/contracts/qs/pre-entrust-sign/pay-redirect-sign',
      retry: 'safe',
      status: 200,
      request: { json: { $ref: '#/components/schemas/QsPayRedirectSignPreEntrustSignRequest' } },
      response: { $ref: '#/components/schemas/PayRedirectSignPreEntrustSignResponse' },
      echo: ['service_id', 'out_contract_code'],
      summary: '清算机构模式支付后场景预签约 - pre-sign a contract to be offered after a payment',
      page: 'https://pay.weixin.qq.com/doc/v3/partner/4012471286',
      retrySays: {
        en: 'Repeat it with the same parameters. Never change parameters under a used out_contract_code.',
        zh: '请使用相同参数重新调用；已使用的商户签约协议号不能更换参数。',
      },
      effect: 'pre-sign',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
    normalMiniProgramPreEntrustSign: {
      id: 'normalMiniProgramPreEntrustSign',
      method: 'POST',
      path: '/v3/password-exempt-contract/contracts/normal/pre-entrust-sign/mini-program',
      retry: 'safe',
      status: 200,
      request: { json: { $ref: '#/components/schemas/NormalMiniProgramPreEntrustSignRequest' } },
      response: { $ref: '#/components/schemas/MiniProgramPreEntrustSignResponse' },
      echo: ['service_id', 'out_contract_code'],
      summary: '直连商户模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program',
      page: 'https://pay.weixin.qq.com/doc/v3/merchant/4012472870',
      retrySays: {
        en: 'Repeat it with the same parameters. Never change parameters under a used out_contract_code.',
        zh: '请使用相同参数重新调用；已使用的商户签约协议号不能更换参数。',
      },
      effect: 'pre-sign',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
    normalPayRedirectSignPreEntrustSign: {
      id: 'normalPayRedirectSignPreEntrustSign',
      method: 'POST',
      path: '/v3/password-exempt-contract/contracts/normal/pre-entrust-sign/pay-redirect-sign',
      retry: 'safe',
      status: 200,
      request: {
        json: { $ref: '#/components/schemas/NormalPayRedirectSignPreEntrustSignRequest' },
      },
      response: { $ref: '#/components/schemas/PayRedirectSignPreEntrustSignResponse' },
      echo: ['service_id', 'out_contract_code'],
      summary: '直连商户模式支付后场景预签约 - pre-sign a contract to be offered after a payment',
      page: 'https://pay.weixin.qq.com/doc/v3/merchant/4012472874',
      retrySays: {
        en: 'Repeat it with the same parameters. Never change parameters under a used out_contract_code.',
        zh: '请使用相同参数重新调用；已使用的商户签约协议号不能更换参数。',
      },
      effect: 'pre-sign',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
    ecommerceMiniProgramPreEntrustSign: {
      id: 'ecommerceMiniProgramPreEntrustSign',
      method: 'POST',
      path: '/v3/password-exempt-contract/contracts/ecommerce/pre-entrust-sign/mini-program',
      retry: 'safe',
      status: 200,
      request: { json: { $ref: '#/components/schemas/EcommerceMiniProgramPreEntrustSignRequest' } },
      response: { $ref: '#/components/schemas/MiniProgramPreEntrustSignResponse' },
      echo: ['service_id', 'out_contract_code'],
      summary:
        '电商收付通模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program',
      page: 'https://pay.weixin.qq.com/doc/v3/partner/4013369177',
      retrySays: {
        en: 'Repeat it with the same parameters. Never change parameters under a used out_contract_code.',
        zh: '请使用相同参数重新调用；已使用的商户签约协议号不能更换参数。',
      },
      effect: 'pre-sign',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
    ecommercePayRedirectSignPreEntrustSign: {
      id: 'ecommercePayRedirectSignPreEntrustSign',
      method: 'POST',
      path: '/v3/password-exempt-contract/contracts/ecommerce/pre-entrust-sign/pay-redirect-sign',
      retry: 'safe',
      status: 200,
      request: {
        json: { $ref: '#/components/schemas/EcommercePayRedirectSignPreEntrustSignRequest' },
      },
      response: { $ref: '#/components/schemas/PayRedirectSignPreEntrustSignResponse' },
      echo: ['service_id', 'out_contract_code'],
      summary: '电商收付通模式支付后场景预签约 - pre-sign a contract to be offered after a payment',
      page: 'https://pay.weixin.qq.com/doc/v3/partner/4013369191',
      retrySays: {
        en: 'Repeat it with the same parameters. Never change parameters under a used out_contract_code.',
        zh: '请使用相同参数重新调用；已使用的商户签约协议号不能更换参数。',
      },
      effect: 'pre-sign',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
    serviceProviderMiniProgramPreEntrustSign: {
      id: 'serviceProviderMiniProgramPreEntrustSign',
      method: 'POST',
      path: '/v3/password-exempt-contract/contracts/service-provider/pre-entrust-sign/mini-program',
      retry: 'safe',
      status: 200,
      request: {
        json: { $ref: '#/components/schemas/ServiceProviderMiniProgramPreEntrustSignRequest' },
      },
      response: { $ref: '#/components/schemas/ServiceProviderMiniProgramPreEntrustSignResponse' },
      echo: ['service_id', 'out_contract_code'],
      summary: '服务商模式小程序场景预签约 - pre-sign a contract to be signed in a mini-program',
      page: 'https://pay.weixin.qq.com/doc/v3/partner/4012471269',
      retrySays: {
        en: 'Repeat it with the same parameters. Never change parameters under a used out_contract_code.',
        zh: '请使用相同参数重新调用；已使用的商户签约协议号不能更换参数。',
      },
      effect: 'pre-sign',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
    serviceProviderPayRedirectSignPreEntrustSign: {
      id: 'serviceProviderPayRedirectSignPreEntrustSign',
      method: 'POST',
      path: '/v3/password-exempt-contract/contracts/service-provider/pre-entrust-sign/pay-redirect-sign',
      retry: 'safe',
      status: 200,
      request: {
        json: { $ref: '#/components/schemas/ServiceProviderPayRedirectSignPreEntrustSignRequest' },
      },
      response: {
        $ref: '#/components/schemas/ServiceProviderPayRedirectSignPreEntrustSignResponse',
      },
      echo: ['service_id', 'out_contract_code'],
      summary: '服务商模式支付后场景预签约 - pre-sign a contract to be offered after a payment',
      page: 'https://pay.weixin.qq.com/doc/v3/partner/4012471272',
      retrySays: {
        en: 'Repeat it with the same parameters. Never change parameters under a used out_contract_code.',
        zh: '请使用相同参数重新调用；已使用的商户签约协议号不能更换参数。',
      },
      effect: 'pre-sign',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
    getContractByCode: {
      id: 'getContractByCode',
      method: 'GET',
      path: '/v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}',
      retry: 'safe',
      status: 200,
      request: {
        path: {
          service_id: {
            type: 'integer',
            minimum: -9007199254740991,
            maximum: 9007199254740991,
            'x-pattern-says':
              'an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0',
          },
          out_contract_code: {
            type: 'string',
            minLength: 1,
            maxLength: 32,
            pattern: '^[0-9A-Za-z]+$',
            'x-pattern-says':
              'digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID',
          },
        },
      },
      response: { $ref: '#/components/schemas/Contract' },
      echo: ['service_id', 'out_contract_code'],
      summary: '商户通过商户协议号查询协议 - query a contract by its code',
      page: 'https://pay.weixin.qq.com/doc/v3/partner/4012715321',
      retrySays: { en: 'Repeat it freely.', zh: '可直接重新调用。' },
      effect: 'query',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RESOURCE_NOT_EXISTS,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
    terminateContractByCode: {
      id: 'terminateContractByCode',
      method: 'POST',
      path: '/v3/password-exempt-contract/contracts/service-id/{service_id}/out-contract-code/{out_contract_code}/terminate',
      retry: 'unsafe',
      status: 200,
      request: {
        json: { $ref: '#/components/schemas/TerminateContractRequest' },
        path: {
          service_id: {
            type: 'integer',
            minimum: -9007199254740991,
            maximum: 9007199254740991,
            'x-pattern-says':
              'an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0',
          },
          out_contract_code: {
            type: 'string',
            minLength: 1,
            maxLength: 32,
            pattern: '^[0-9A-Za-z]+$',
            'x-pattern-says':
              'digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID',
          },
        },
      },
      response: { $ref: '#/components/schemas/TerminateContractResponse' },
      echo: ['service_id', 'out_contract_code'],
      summary: '商户通过商户协议号解约协议 - terminate a contract by its code',
      page: 'https://pay.weixin.qq.com/doc/v3/partner/4012715383',
      retrySays: {
        en: 'After an unknown outcome query the contract first, then decide.',
        zh: '结果未知时，请先查询签约协议，再决定是否重新调用。',
      },
      effect: 'terminate',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RESOURCE_NOT_EXISTS,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
    normalJsapiWithContract: {
      id: 'normalJsapiWithContract',
      method: 'POST',
      path: '/v3/pay/transactions/jsapi-with-contract',
      retry: 'unsafe',
      status: 200,
      request: { json: { $ref: '#/components/schemas/NormalJsapiOrder' } },
      response: { $ref: '#/components/schemas/PlacedOrder' },
      summary: '直连商户模式JSAPI下单并授权 - place an order that uses a contract',
      page: 'https://pay.weixin.qq.com/doc/v3/merchant/4017019923',
      retrySays: {
        en: 'After an unknown outcome repeat it with the same out_trade_no and the same parameters, or query the order first.',
        zh: '结果未知时，请使用相同的商户订单号和相同参数重新调用，或先查询订单。',
      },
      effect: 'order',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
    partnerJsapiWithContract: {
      id: 'partnerJsapiWithContract',
      method: 'POST',
      path: '/v3/pay/partner/transactions/jsapi-with-contract',
      retry: 'unsafe',
      status: 200,
      request: { json: { $ref: '#/components/schemas/PartnerJsapiOrder' } },
      response: { $ref: '#/components/schemas/PlacedOrder' },
      summary: '服务商与平台商户模式JSAPI下单并授权 - place an order that uses a contract',
      page: 'https://pay.weixin.qq.com/doc/v3/partner/4012526951',
      retrySays: {
        en: 'After an unknown outcome repeat it with the same out_trade_no and the same parameters, or query the order first.',
        zh: '结果未知时，请使用相同的商户订单号和相同参数重新调用，或先查询订单。',
      },
      effect: 'order',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
    getCertificates: {
      id: 'getCertificates',
      method: 'GET',
      path: '/v3/certificates',
      retry: 'safe',
      status: 200,
      request: { query: { algorithm_type: { type: 'string', enum: ['RSA', 'SM2', 'ALL'] } } },
      response: { $ref: '#/components/schemas/CertificateList' },
      summary: '获取平台证书列表 - download the platform certificates',
      page: 'https://pay.weixin.qq.com/doc/v3/merchant/4012551764',
      retrySays: { en: 'Repeat it freely.', zh: '可直接重新调用。' },
      effect: 'certificates',
      errors: [
        errors.PARAM_ERROR,
        errors.INVALID_REQUEST,
        errors.SIGN_ERROR,
        errors.NO_AUTH,
        errors.RATELIMIT_EXCEEDED,
        errors.SYSTEM_ERROR,
        errors.SERVICE_UNAVAILABLE,
      ],
    },
  },
  schemas: {
    CertificateList: {
      type: 'object',
      required: ['data'],
      properties: {
        data: { type: 'array', items: { $ref: '#/components/schemas/PlatformCertificate' } },
      },
    },
    Contract: {
      type: 'object',
      required: [
        'mchid',
        'contract_id',
        'appid',
        'openid',
        'service_id',
        'out_contract_code',
        'contract_state',
        'contract_signed_time',
      ],
      properties: {
        mchid: { type: 'string', maxLength: 32 },
        contract_id: { type: 'string', maxLength: 32 },
        appid: { type: 'string', maxLength: 32 },
        openid: { type: 'string', maxLength: 64, 'x-personal': true },
        sub_appid: { type: 'string', maxLength: 32 },
        sub_openid: { type: 'string', maxLength: 64, 'x-personal': true },
        service_id: { type: 'integer' },
        out_contract_code: { type: 'string', maxLength: 32 },
        contract_display_account: { type: 'string', 'x-personal': true },
        contract_state: { type: 'string', 'x-known-values': ['SIGNED', 'TERMINATED'] },
        contract_signed_time: { type: 'string', format: 'date-time' },
        contract_terminate_info: { $ref: '#/components/schemas/ContractTerminateInfo' },
      },
    },
    ContractSignedResource: {
      type: 'object',
      additionalProperties: true,
      required: ['mchid', 'out_contract_code'],
      properties: {
        mchid: { type: 'string', maxLength: 32 },
        contract_id: { type: 'string', maxLength: 32 },
        appid: { type: 'string', maxLength: 32 },
        openid: { type: 'string', maxLength: 64, 'x-personal': true },
        sub_appid: { type: 'string', maxLength: 32 },
        sub_openid: { type: 'string', maxLength: 64, 'x-personal': true },
        service_id: { type: 'integer' },
        out_contract_code: { type: 'string', maxLength: 32 },
        contract_display_account: { type: 'string', 'x-personal': true },
        contract_state: { type: 'string', 'x-known-values': ['SIGNED', 'TERMINATED'] },
        contract_signed_time: { type: 'string', format: 'date-time' },
        contract_terminate_info: { $ref: '#/components/schemas/ContractTerminateInfo' },
      },
    },
    ContractTerminateInfo: {
      type: 'object',
      required: ['contract_termination_mode'],
      properties: {
        contract_termination_mode: {
          type: 'string',
          'x-known-values': [
            'USER_TERMINATE',
            'MCH_API_TERMINATE',
            'API',
            'WEPAY_WEB_TERMINATE',
            'CUSTOMER_SERVICE_TERMINATE',
            'SYSTEM_TERMINATE',
          ],
        },
        contract_terminated_time: { type: 'string', format: 'date-time' },
        contract_termination_remark: { type: 'string' },
      },
    },
    ContractTerminatedResource: {
      type: 'object',
      additionalProperties: true,
      required: ['mchid', 'out_contract_code'],
      properties: {
        mchid: { type: 'string', maxLength: 32 },
        contract_id: { type: 'string', maxLength: 32 },
        appid: { type: 'string', maxLength: 32 },
        openid: { type: 'string', maxLength: 64, 'x-personal': true },
        sub_appid: { type: 'string', maxLength: 32 },
        sub_openid: { type: 'string', maxLength: 64, 'x-personal': true },
        service_id: { type: 'integer' },
        out_contract_code: { type: 'string', maxLength: 32 },
        contract_display_account: { type: 'string', 'x-personal': true },
        contract_state: { type: 'string', 'x-known-values': ['SIGNED', 'TERMINATED'] },
        contract_signed_time: { type: 'string', format: 'date-time' },
        contract_terminate_info: { $ref: '#/components/schemas/ContractTerminateInfo' },
      },
    },
    DirectOrderParties: {
      type: 'object',
      required: ['appid', 'mchid', 'payer'],
      properties: {
        appid: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        mchid: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        payer: {
          type: 'object',
          required: ['openid'],
          properties: {
            openid: {
              type: 'string',
              minLength: 1,
              pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
              'x-pattern-says':
                'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
              'x-personal': true,
            },
          },
        },
      },
    },
    EcommerceMiniProgramPreEntrustSignRequest: {
      allOf: [
        { $ref: '#/components/schemas/MerchantParties' },
        { $ref: '#/components/schemas/PreEntrustSignFields' },
      ],
    },
    EcommercePayRedirectSignPreEntrustSignRequest: {
      allOf: [
        { $ref: '#/components/schemas/MerchantParties' },
        { $ref: '#/components/schemas/PreEntrustSignFields' },
        { $ref: '#/components/schemas/PrepayId' },
      ],
    },
    MerchantParties: {
      type: 'object',
      required: ['appid', 'openid'],
      properties: {
        appid: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        openid: {
          type: 'string',
          minLength: 1,
          maxLength: 128,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
          'x-personal': true,
        },
      },
    },
    MiniProgramPreEntrustSignResponse: {
      type: 'object',
      required: [
        'pre_entrustweb_id',
        'mchid',
        'service_id',
        'out_contract_code',
        'sign_mp_appid',
        'sign_mp_path',
      ],
      properties: {
        pre_entrustweb_id: { type: 'string', maxLength: 128 },
        mchid: { type: 'string', maxLength: 32 },
        service_id: { type: 'integer' },
        out_contract_code: { type: 'string' },
        sign_mp_appid: { type: 'string' },
        sign_mp_path: { type: 'string' },
      },
    },
    NormalJsapiOrder: {
      allOf: [
        { $ref: '#/components/schemas/DirectOrderParties' },
        { $ref: '#/components/schemas/OrderFields' },
      ],
    },
    NormalMiniProgramPreEntrustSignRequest: {
      allOf: [
        { $ref: '#/components/schemas/MerchantParties' },
        { $ref: '#/components/schemas/PreEntrustSignFields' },
      ],
    },
    NormalPayRedirectSignPreEntrustSignRequest: {
      allOf: [
        { $ref: '#/components/schemas/MerchantParties' },
        { $ref: '#/components/schemas/PreEntrustSignFields' },
        { $ref: '#/components/schemas/PrepayId' },
      ],
    },
    OpenidOrSubOpenid: {
      'x-pattern-says': 'openid, sub_openid or both (openid和sub_openid字段二选一必填)',
      anyOf: [
        { type: 'object', required: ['openid'], properties: { openid: { type: 'string' } } },
        {
          type: 'object',
          required: ['sub_openid'],
          properties: { sub_openid: { type: 'string' } },
        },
      ],
    },
    OrderAmount: {
      type: 'object',
      required: ['total'],
      properties: {
        total: {
          type: 'integer',
          minimum: 1,
          maximum: 9007199254740991,
          'x-pattern-says': 'a whole number of fen (单位为分), at least 1',
        },
        currency: { type: 'string', maxLength: 16, 'x-known-values': ['CNY'] },
      },
    },
    OrderContract: {
      type: 'object',
      properties: {
        token: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        password_free_contract_id: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        plan_id: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        contract_mchid: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        contract_appid: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        contract_code: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        request_serial: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        contract_display_account: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
          'x-personal': true,
        },
        contract_notify_url: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
      },
    },
    OrderDetail: {
      type: 'object',
      required: ['goods_detail'],
      properties: {
        cost_price: { type: 'integer' },
        invoice_id: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        goods_detail: {
          type: 'array',
          minItems: 1,
          items: { $ref: '#/components/schemas/OrderGoods' },
        },
      },
    },
    OrderFields: {
      type: 'object',
      required: ['description', 'out_trade_no', 'notify_url', 'amount', 'contract_info'],
      properties: {
        description: {
          type: 'string',
          minLength: 1,
          maxLength: 127,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        out_trade_no: {
          type: 'string',
          minLength: 6,
          maxLength: 32,
          pattern: '^[0-9A-Za-z_*-]+$',
          'x-pattern-says': 'digits, letters, _, - and * only (只能是数字、大小写字母_-*)',
        },
        time_expire: { type: 'string', format: 'date-time', maxLength: 64 },
        attach: {
          type: 'string',
          minLength: 1,
          maxLength: 128,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        notify_url: {
          type: 'string',
          minLength: 1,
          maxLength: 255,
          pattern: '^https?://[^?#\\s]+$',
          'x-pattern-says':
            'an address that begins with https:// and has no query string (不能携带参数)',
          'x-loopback-http': true,
        },
        goods_tag: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        support_fapiao: { type: 'boolean' },
        amount: { $ref: '#/components/schemas/OrderAmount' },
        detail: { $ref: '#/components/schemas/OrderDetail' },
        scene_info: { $ref: '#/components/schemas/OrderScene' },
        settle_info: { type: 'object', properties: { profit_sharing: { type: 'boolean' } } },
        contract_info: { $ref: '#/components/schemas/OrderContract' },
      },
    },
    OrderGoods: {
      type: 'object',
      required: ['merchant_goods_id', 'quantity', 'unit_price'],
      properties: {
        merchant_goods_id: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        wechatpay_goods_id: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        goods_name: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        quantity: { type: 'integer' },
        unit_price: { type: 'integer' },
      },
    },
    OrderScene: {
      type: 'object',
      required: ['payer_client_ip'],
      properties: {
        payer_client_ip: {
          type: 'string',
          minLength: 1,
          maxLength: 45,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        device_id: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        store_info: {
          type: 'object',
          properties: {
            id: {
              type: 'string',
              minLength: 1,
              pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
              'x-pattern-says':
                'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
            },
            name: {
              type: 'string',
              minLength: 1,
              pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
              'x-pattern-says':
                'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
            },
            area_code: {
              type: 'string',
              minLength: 1,
              pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
              'x-pattern-says':
                'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
            },
            address: {
              type: 'string',
              minLength: 1,
              pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
              'x-pattern-says':
                'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
            },
          },
        },
      },
    },
    PartnerJsapiOrder: {
      allOf: [
        { $ref: '#/components/schemas/PartnerOrderParties' },
        { $ref: '#/components/schemas/OrderFields' },
      ],
    },
    PartnerOrderParties: {
      type: 'object',
      required: ['sp_appid', 'sp_mchid', 'sub_mchid', 'payer'],
      properties: {
        sp_appid: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        sp_mchid: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        sub_appid: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        sub_mchid: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        payer: {
          type: 'object',
          properties: {
            sp_openid: {
              type: 'string',
              minLength: 1,
              pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
              'x-pattern-says':
                'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
              'x-personal': true,
            },
            sub_openid: {
              type: 'string',
              minLength: 1,
              pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
              'x-pattern-says':
                'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
              'x-personal': true,
            },
          },
        },
      },
    },
    PayRedirectSignPreEntrustSignResponse: {
      type: 'object',
      required: ['mchid', 'service_id', 'out_contract_code'],
      properties: {
        mchid: { type: 'string', maxLength: 32 },
        service_id: { type: 'integer' },
        out_contract_code: { type: 'string' },
      },
    },
    PlacedOrder: {
      type: 'object',
      required: ['prepay_id'],
      properties: { prepay_id: { type: 'string', maxLength: 64 } },
    },
    PlatformCertificate: {
      type: 'object',
      required: ['serial_no', 'effective_time', 'expire_time', 'encrypt_certificate'],
      properties: {
        serial_no: { type: 'string', maxLength: 40 },
        effective_time: { type: 'string', format: 'date-time' },
        expire_time: { type: 'string', format: 'date-time' },
        encrypt_certificate: { $ref: '#/components/schemas/SealedCertificate' },
      },
    },
    PreEntrustSignFields: {
      type: 'object',
      required: ['service_id', 'out_contract_code', 'notify_url', 'contract_display_account'],
      properties: {
        service_id: {
          type: 'integer',
          minimum: -9007199254740991,
          maximum: 9007199254740991,
          'x-pattern-says':
            'an integer that JSON carries exactly, at most 2 to the power of 53, minus 1, on either side of 0',
        },
        out_contract_code: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[0-9A-Za-z]+$',
          'x-pattern-says':
            'digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID',
        },
        notify_url: {
          type: 'string',
          minLength: 1,
          maxLength: 256,
          pattern: '^[Hh][Tt][Tt][Pp][Ss]://(?:(?![?#\\s])[\\u0001-\\uD7FF\\uE000-\\uFFFF])+$',
          'x-pattern-says':
            'an https address without query, fragment and white space (必须为HTTPS，不能携带参数) - put what you need into the path',
          'x-loopback-http': true,
        },
        contract_display_account: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
          'x-personal': true,
        },
      },
    },
    PrepayId: {
      type: 'object',
      required: ['prepay_id'],
      properties: {
        prepay_id: {
          type: 'string',
          minLength: 1,
          maxLength: 64,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
      },
    },
    QsMiniProgramPreEntrustSignRequest: {
      allOf: [
        { $ref: '#/components/schemas/QsParties' },
        { $ref: '#/components/schemas/PreEntrustSignFields' },
        { $ref: '#/components/schemas/OpenidOrSubOpenid' },
      ],
    },
    QsParties: {
      type: 'object',
      required: ['appid', 'sub_appid', 'sub_mchid'],
      properties: {
        appid: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        sub_appid: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        sub_mchid: {
          type: 'string',
          minLength: 1,
          maxLength: 32,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        openid: {
          type: 'string',
          minLength: 1,
          maxLength: 128,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
          'x-personal': true,
        },
        sub_openid: {
          type: 'string',
          minLength: 1,
          maxLength: 128,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
          'x-personal': true,
        },
      },
    },
    QsPayRedirectSignPreEntrustSignRequest: {
      allOf: [
        { $ref: '#/components/schemas/QsParties' },
        { $ref: '#/components/schemas/PreEntrustSignFields' },
        { $ref: '#/components/schemas/PrepayId' },
        { $ref: '#/components/schemas/OpenidOrSubOpenid' },
      ],
    },
    SealedCertificate: {
      type: 'object',
      required: ['algorithm', 'nonce', 'associated_data', 'ciphertext'],
      properties: {
        algorithm: { type: 'string', 'x-known-values': ['AEAD_AES_256_GCM', 'AEAD_SM4_GCM'] },
        nonce: { type: 'string' },
        associated_data: { type: 'string' },
        ciphertext: { type: 'string' },
      },
    },
    ServiceProviderMiniProgramPreEntrustSignRequest: {
      allOf: [
        { $ref: '#/components/schemas/ServiceProviderParties' },
        { $ref: '#/components/schemas/PreEntrustSignFields' },
      ],
    },
    ServiceProviderMiniProgramPreEntrustSignResponse: {
      allOf: [
        { $ref: '#/components/schemas/MiniProgramPreEntrustSignResponse' },
        { $ref: '#/components/schemas/SubMerchant' },
      ],
    },
    ServiceProviderParties: {
      type: 'object',
      required: ['sp_appid', 'sub_mchid', 'sub_appid'],
      properties: {
        sp_appid: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        sp_openid: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
          'x-personal': true,
        },
        sub_mchid: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        sub_appid: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
        sub_openid: {
          type: 'string',
          minLength: 1,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
          'x-personal': true,
        },
      },
    },
    ServiceProviderPayRedirectSignPreEntrustSignRequest: {
      allOf: [
        { $ref: '#/components/schemas/ServiceProviderParties' },
        { $ref: '#/components/schemas/PreEntrustSignFields' },
        { $ref: '#/components/schemas/PrepayId' },
      ],
    },
    ServiceProviderPayRedirectSignPreEntrustSignResponse: {
      allOf: [
        { $ref: '#/components/schemas/PayRedirectSignPreEntrustSignResponse' },
        { $ref: '#/components/schemas/SubMerchant' },
      ],
    },
    SubMerchant: {
      type: 'object',
      required: ['sub_mchid'],
      properties: { sub_mchid: { type: 'string' } },
    },
    TerminateContractRequest: {
      type: 'object',
      required: ['contract_termination_remark'],
      properties: {
        contract_termination_remark: {
          type: 'string',
          minLength: 1,
          maxLength: 256,
          pattern: '^[\\u0001-\\uD7FF\\uE000-\\uFFFF]*$',
          'x-pattern-says':
            'only characters of one to three bytes in UTF-8 - take out emoji and other characters beyond U+FFFF',
        },
      },
    },
    TerminateContractResponse: {
      type: 'object',
      required: ['mchid', 'service_id', 'out_contract_code'],
      properties: {
        mchid: { type: 'string', maxLength: 32 },
        service_id: { type: 'integer' },
        out_contract_code: { type: 'string', maxLength: 32 },
      },
    },
    Transaction: {
      type: 'object',
      additionalProperties: true,
      required: ['out_trade_no', 'transaction_id', 'trade_state'],
      properties: {
        appid: { type: 'string', maxLength: 32 },
        mchid: { type: 'string', maxLength: 32 },
        sp_appid: { type: 'string', maxLength: 32 },
        sp_mchid: { type: 'string', maxLength: 32 },
        sub_appid: { type: 'string', maxLength: 32 },
        sub_mchid: { type: 'string', maxLength: 32 },
        out_trade_no: { type: 'string', maxLength: 32 },
        transaction_id: { type: 'string', maxLength: 32 },
        trade_type: {
          type: 'string',
          'x-known-values': ['JSAPI', 'NATIVE', 'APP', 'MICROPAY', 'MWEB', 'FACEPAY'],
        },
        trade_state: {
          type: 'string',
          'x-known-values': [
            'SUCCESS',
            'REFUND',
            'NOTPAY',
            'CLOSED',
            'REVOKED',
            'USERPAYING',
            'PAYERROR',
          ],
        },
        trade_state_desc: { type: 'string' },
        bank_type: { type: 'string' },
        attach: { type: 'string' },
        success_time: { type: 'string', format: 'date-time' },
        payer: {
          type: 'object',
          properties: {
            openid: { type: 'string', 'x-personal': true },
            sp_openid: { type: 'string', 'x-personal': true },
            sub_openid: { type: 'string', 'x-personal': true },
          },
        },
        amount: {
          type: 'object',
          properties: {
            total: { type: 'integer' },
            payer_total: { type: 'integer' },
            currency: { type: 'string' },
            payer_currency: { type: 'string' },
          },
        },
        scene_info: { type: 'object', properties: { device_id: { type: 'string' } } },
        promotion_detail: { type: 'array', items: { type: 'object', additionalProperties: true } },
      },
    },
  },
  webhooks: {
    contractSigned: {
      eventTypes: ['ENTRUST.SIGN'],
      resource: { $ref: '#/components/schemas/ContractSignedResource' },
      inferred: true,
    },
    contractTerminated: {
      eventTypes: ['ENTRUST.TERMINATE'],
      resource: { $ref: '#/components/schemas/ContractTerminatedResource' },
      inferred: true,
    },
    transactionSuccess: {
      eventTypes: ['TRANSACTION.SUCCESS'],
      resource: { $ref: '#/components/schemas/Transaction' },
    },
  },
} as const satisfies Spec
