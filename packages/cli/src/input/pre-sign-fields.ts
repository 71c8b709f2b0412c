/**
 * Option name → field of the pre-sign bodies, for every field except `notify_url`, which is a
 * setting. A test compares it with the spec.
 */
export const preSignFields = {
  appid: 'appid',
  subAppid: 'sub_appid',
  spAppid: 'sp_appid',
  subMchid: 'sub_mchid',
  serviceId: 'service_id',
  outContractCode: 'out_contract_code',
  contractDisplayAccount: 'contract_display_account',
  openid: 'openid',
  subOpenid: 'sub_openid',
  spOpenid: 'sp_openid',
  prepayId: 'prepay_id',
} as const

export type PreSignOption = keyof typeof preSignFields
