// Generated from spec/openapi.yaml; do not edit. Change spec/openapi.yaml or scripts/codegen/json-schemas.ts and run: npm run generate
/** The schemas of the request bodies by name, as JSON Schema; a `$ref` is `#/components/schemas/NAME`. */
export const bodySchemas = {
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
  OpenidOrSubOpenid: {
    'x-pattern-says': 'openid, sub_openid or both (openid和sub_openid字段二选一必填)',
    anyOf: [
      { type: 'object', required: ['openid'], properties: { openid: { type: 'string' } } },
      { type: 'object', required: ['sub_openid'], properties: { sub_openid: { type: 'string' } } },
    ],
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
} as const

/** For each operation: the name of its body schema, and the schemas of its path and query parameters. */
export const requestSchemas = {
  qsMiniProgramPreEntrustSign: { json: 'QsMiniProgramPreEntrustSignRequest' },
  qsPayRedirectSignPreEntrustSign: { json: 'QsPayRedirectSignPreEntrustSignRequest' },
  normalMiniProgramPreEntrustSign: { json: 'NormalMiniProgramPreEntrustSignRequest' },
  normalPayRedirectSignPreEntrustSign: { json: 'NormalPayRedirectSignPreEntrustSignRequest' },
  ecommerceMiniProgramPreEntrustSign: { json: 'EcommerceMiniProgramPreEntrustSignRequest' },
  ecommercePayRedirectSignPreEntrustSign: { json: 'EcommercePayRedirectSignPreEntrustSignRequest' },
  serviceProviderMiniProgramPreEntrustSign: {
    json: 'ServiceProviderMiniProgramPreEntrustSignRequest',
  },
  serviceProviderPayRedirectSignPreEntrustSign: {
    json: 'ServiceProviderPayRedirectSignPreEntrustSignRequest',
  },
  getContractByCode: {
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
  terminateContractByCode: {
    json: 'TerminateContractRequest',
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
  getCertificates: { query: { algorithm_type: { type: 'string', enum: ['RSA', 'SM2', 'ALL'] } } },
} as const
