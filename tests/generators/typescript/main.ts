// Uses the client that @hey-api/openapi-ts made.
import { readFileSync } from 'node:fs'
import { createCredentials, createPlatformKeys, createSigningFetch } from '@wechatpay-entrust/auth'
import { createClient } from './generated/client/index.ts'
import { getContractByCode, qsMiniProgramPreEntrustSign } from './generated/sdk.gen.ts'
import type { Contract } from './generated/types.gen.ts'

const mock = JSON.parse(readFileSync(process.env.READY_FILE ?? '', 'utf8'))
const signingFetch = createSigningFetch({
  credentials: createCredentials({
    mchid: mock.mchid,
    serialNumber: mock.merchantSerialNumber,
    privateKey: readFileSync(mock.merchantPrivateKeyPath, 'utf8'),
  }),
  platformKeys: createPlatformKeys({
    publicKey: { id: mock.publicKeyId, pem: readFileSync(mock.publicKeyPath, 'utf8') },
    allowMockKeys: true,
  }),
})
const client = createClient({
  baseUrl: mock.baseUrl,
  fetch: signingFetch,
  headers: { Accept: 'application/json', 'User-Agent': 'shop/1.0' },
})

// sub_openid is left out.
const { data: session } = await qsMiniProgramPreEntrustSign({
  client,
  throwOnError: true,
  body: {
    appid: 'wxd678efh567hg6787',
    sub_appid: 'wxd678efh567hg6787',
    sub_mchid: '1900000109',
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    service_id: 3000000000,
    out_contract_code: 'TS1',
    notify_url: 'http://127.0.0.1:9/notify',
    contract_display_account: '微信代扣用户A',
  },
})
await fetch(`${mock.controlUrl}/sign`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ pre_entrustweb_id: session.pre_entrustweb_id }),
})
const { data: contract } = await getContractByCode({
  client,
  throwOnError: true,
  path: { service_id: 3000000000, out_contract_code: 'TS1' },
})
const { error } = await getContractByCode({
  client,
  path: { service_id: 3000000000, out_contract_code: 'UNKNOWN' },
})

// A field that the spec does not have is in the type too.
const again: Contract = { ...contract, brand_new: 'read' }
process.stdout.write(
  JSON.stringify({
    session: session.pre_entrustweb_id !== '',
    serviceId: contract.service_id,
    state: contract.contract_state,
    signed: Date.parse(contract.contract_signed_time) / 1000,
    error: error?.code,
    newField: again.brand_new,
  }),
)
