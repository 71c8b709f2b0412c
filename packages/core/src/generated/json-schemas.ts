// Generated from spec/openapi.yaml; do not edit. Change spec/openapi.yaml or scripts/codegen/json-schemas.ts and run: npm run generate
import { bodySchemas } from './request-schemas.ts'

/** The schemas of the spec by name, as JSON Schema; a `$ref` is `#/components/schemas/NAME`. For the types see schema.ts. */
export const jsonSchemas = {
  ...bodySchemas,
  ...({
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
    SubMerchant: {
      type: 'object',
      required: ['sub_mchid'],
      properties: { sub_mchid: { type: 'string' } },
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
      properties: {
        data: { type: 'array', items: { $ref: '#/components/schemas/PlatformCertificate' } },
      },
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
        event_type: {
          type: 'string',
          maxLength: 32,
          'x-known-values': ['ENTRUST.SIGN', 'ENTRUST.TERMINATE'],
        },
        resource_type: {
          type: 'string',
          maxLength: 32,
          'x-known-values': ['encrypt-resource', 'encryptresource'],
        },
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
      properties: {
        code: { type: 'string', 'x-known-values': ['FAIL'] },
        message: { type: 'string', maxLength: 256 },
      },
    },
  } as const),
} as const

/** For each operation with a JSON response: the name of its schema. */
export const responseSchemas = {
  qsMiniProgramPreEntrustSign: 'MiniProgramPreEntrustSignResponse',
  qsPayRedirectSignPreEntrustSign: 'PayRedirectSignPreEntrustSignResponse',
  normalMiniProgramPreEntrustSign: 'MiniProgramPreEntrustSignResponse',
  normalPayRedirectSignPreEntrustSign: 'PayRedirectSignPreEntrustSignResponse',
  ecommerceMiniProgramPreEntrustSign: 'MiniProgramPreEntrustSignResponse',
  ecommercePayRedirectSignPreEntrustSign: 'PayRedirectSignPreEntrustSignResponse',
  serviceProviderMiniProgramPreEntrustSign: 'ServiceProviderMiniProgramPreEntrustSignResponse',
  serviceProviderPayRedirectSignPreEntrustSign:
    'ServiceProviderPayRedirectSignPreEntrustSignResponse',
  getContractByCode: 'Contract',
  terminateContractByCode: 'TerminateContractResponse',
  getCertificates: 'CertificateList',
} as const
