// Generated from spec/openapi.yaml; do not edit. Change spec/openapi.yaml or scripts/codegen/json-schemas.ts and run: npm run generate
/** The schemas of the spec by name, as JSON Schema; a `$ref` is `#/components/schemas/NAME`. For people there is schema.ts. */
export const jsonSchemas = {
  QsMiniProgramPreEntrustSignRequest: {
    allOf: [
      { $ref: '#/components/schemas/QsParties' },
      { $ref: '#/components/schemas/PreEntrustSignFields' },
      { $ref: '#/components/schemas/OpenidOrSubOpenid' },
    ],
  },
  QsPayRedirectSignPreEntrustSignRequest: {
    allOf: [
      { $ref: '#/components/schemas/QsParties' },
      { $ref: '#/components/schemas/PreEntrustSignFields' },
      { $ref: '#/components/schemas/PrepayId' },
      { $ref: '#/components/schemas/OpenidOrSubOpenid' },
    ],
  },
  NormalMiniProgramPreEntrustSignRequest: {
    allOf: [{ $ref: '#/components/schemas/MerchantParties' }, { $ref: '#/components/schemas/PreEntrustSignFields' }],
  },
  NormalPayRedirectSignPreEntrustSignRequest: {
    allOf: [
      { $ref: '#/components/schemas/MerchantParties' },
      { $ref: '#/components/schemas/PreEntrustSignFields' },
      { $ref: '#/components/schemas/PrepayId' },
    ],
  },
  EcommerceMiniProgramPreEntrustSignRequest: {
    allOf: [{ $ref: '#/components/schemas/MerchantParties' }, { $ref: '#/components/schemas/PreEntrustSignFields' }],
  },
  EcommercePayRedirectSignPreEntrustSignRequest: {
    allOf: [
      { $ref: '#/components/schemas/MerchantParties' },
      { $ref: '#/components/schemas/PreEntrustSignFields' },
      { $ref: '#/components/schemas/PrepayId' },
    ],
  },
  ServiceProviderMiniProgramPreEntrustSignRequest: {
    allOf: [
      { $ref: '#/components/schemas/ServiceProviderParties' },
      { $ref: '#/components/schemas/PreEntrustSignFields' },
    ],
  },
  ServiceProviderPayRedirectSignPreEntrustSignRequest: {
    allOf: [
      { $ref: '#/components/schemas/ServiceProviderParties' },
      { $ref: '#/components/schemas/PreEntrustSignFields' },
      { $ref: '#/components/schemas/PrepayId' },
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
  PreEntrustSignFields: {
    type: 'object',
    required: ['service_id', 'out_contract_code', 'notify_url', 'contract_display_account'],
    properties: {
      service_id: {
        type: 'integer',
        maximum: 9007199254740991,
        'x-pattern-says': 'an integer that JSON carries exactly, up to 2 to the power of 53, minus 1',
      },
      out_contract_code: {
        type: 'string',
        minLength: 1,
        maxLength: 32,
        pattern: '^[0-9A-Za-z]+$',
        'x-pattern-says': 'digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID',
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
  OpenidOrSubOpenid: {
    'x-pattern-says': 'openid, sub_openid or both (openid和sub_openid字段二选一必填)',
    anyOf: [
      { type: 'object', required: ['openid'], properties: { openid: { type: 'string' } } },
      { type: 'object', required: ['sub_openid'], properties: { sub_openid: { type: 'string' } } },
    ],
  },
  MiniProgramPreEntrustSignResponse: {
    type: 'object',
    required: ['pre_entrustweb_id', 'mchid', 'service_id', 'out_contract_code', 'sign_mp_appid', 'sign_mp_path'],
    properties: {
      pre_entrustweb_id: { type: 'string', maxLength: 128 },
      mchid: { type: 'string', maxLength: 32 },
      service_id: { type: 'integer' },
      out_contract_code: { type: 'string' },
      sign_mp_appid: { type: 'string' },
      sign_mp_path: { type: 'string' },
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
  ServiceProviderMiniProgramPreEntrustSignResponse: {
    allOf: [
      { $ref: '#/components/schemas/MiniProgramPreEntrustSignResponse' },
      { $ref: '#/components/schemas/SubMerchant' },
    ],
  },
  ServiceProviderPayRedirectSignPreEntrustSignResponse: {
    allOf: [
      { $ref: '#/components/schemas/PayRedirectSignPreEntrustSignResponse' },
      { $ref: '#/components/schemas/SubMerchant' },
    ],
  },
  SubMerchant: { type: 'object', required: ['sub_mchid'], properties: { sub_mchid: { type: 'string' } } },
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
  CertificateList: {
    type: 'object',
    required: ['data'],
    properties: { data: { type: 'array', items: { $ref: '#/components/schemas/PlatformCertificate' } } },
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
  ApiErrorBody: {
    type: 'object',
    required: ['code', 'message'],
    properties: {
      code: {
        type: 'string',
        'x-known-values': [
          'PARAM_ERROR',
          'INVALID_REQUEST',
          'SIGN_ERROR',
          'NO_AUTH',
          'RESOURCE_NOT_EXISTS',
          'RATELIMIT_EXCEEDED',
          'SYSTEM_ERROR',
          'SERVICE_UNAVAILABLE',
        ],
      },
      message: { type: 'string' },
      detail: { $ref: '#/components/schemas/ApiErrorDetail' },
    },
  },
  ApiErrorDetail: {
    type: 'object',
    additionalProperties: true,
    properties: {
      field: { type: 'string' },
      value: {},
      issue: { type: 'string' },
      location: { type: 'string', 'x-known-values': ['body', 'url', 'query', 'authorization'] },
    },
  },
  NotificationEnvelope: {
    type: 'object',
    required: ['id', 'create_time', 'event_type', 'resource_type', 'resource'],
    properties: {
      id: { type: 'string', maxLength: 36 },
      create_time: { type: 'string', maxLength: 32 },
      event_type: { type: 'string', maxLength: 32, 'x-known-values': ['ENTRUST.SIGN', 'ENTRUST.TERMINATE'] },
      resource_type: { type: 'string', maxLength: 32, 'x-known-values': ['encrypt-resource', 'encryptresource'] },
      summary: { type: 'string', maxLength: 64 },
      resource: { $ref: '#/components/schemas/SealedResource' },
    },
  },
  SealedResource: {
    type: 'object',
    required: ['algorithm', 'ciphertext', 'nonce'],
    properties: {
      algorithm: { type: 'string', 'x-known-values': ['AEAD_AES_256_GCM', 'AEAD_SM4_GCM'] },
      ciphertext: { type: 'string' },
      associated_data: { type: 'string' },
      nonce: { type: 'string' },
      original_type: { type: 'string', 'x-known-values': ['entrust'] },
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
  NotificationFailure: {
    type: 'object',
    required: ['code', 'message'],
    properties: { code: { type: 'string', 'x-known-values': ['FAIL'] }, message: { type: 'string', maxLength: 256 } },
  },
} as const

/** What each operation takes: the name of the schema of its body, and the schemas of its path and query parameters. */
export const requestSchemas = {
  qsMiniProgramPreEntrustSign: { json: 'QsMiniProgramPreEntrustSignRequest' },
  qsPayRedirectSignPreEntrustSign: { json: 'QsPayRedirectSignPreEntrustSignRequest' },
  normalMiniProgramPreEntrustSign: { json: 'NormalMiniProgramPreEntrustSignRequest' },
  normalPayRedirectSignPreEntrustSign: { json: 'NormalPayRedirectSignPreEntrustSignRequest' },
  ecommerceMiniProgramPreEntrustSign: { json: 'EcommerceMiniProgramPreEntrustSignRequest' },
  ecommercePayRedirectSignPreEntrustSign: { json: 'EcommercePayRedirectSignPreEntrustSignRequest' },
  serviceProviderMiniProgramPreEntrustSign: { json: 'ServiceProviderMiniProgramPreEntrustSignRequest' },
  serviceProviderPayRedirectSignPreEntrustSign: { json: 'ServiceProviderPayRedirectSignPreEntrustSignRequest' },
  getContractByCode: {
    path: {
      service_id: {
        type: 'integer',
        maximum: 9007199254740991,
        'x-pattern-says': 'an integer that JSON carries exactly, up to 2 to the power of 53, minus 1',
      },
      out_contract_code: {
        type: 'string',
        minLength: 1,
        maxLength: 32,
        pattern: '^[0-9A-Za-z]+$',
        'x-pattern-says': 'digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID',
      },
    },
  },
  terminateContractByCode: {
    json: 'TerminateContractRequest',
    path: {
      service_id: {
        type: 'integer',
        maximum: 9007199254740991,
        'x-pattern-says': 'an integer that JSON carries exactly, up to 2 to the power of 53, minus 1',
      },
      out_contract_code: {
        type: 'string',
        minLength: 1,
        maxLength: 32,
        pattern: '^[0-9A-Za-z]+$',
        'x-pattern-says': 'digits and letters only (只能是数字、大小写字母的组合) - take the hyphens out of a UUID',
      },
    },
  },
  getCertificates: { query: { algorithm_type: { type: 'string', enum: ['RSA', 'SM2', 'ALL'] } } },
} as const
