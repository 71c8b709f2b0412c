import { readFileSync } from 'node:fs'
import { createClient } from '../call/client.ts'
import type { ClientFetch } from '../call/transport.ts'
import type { ApiError } from '../errors/api-error.ts'
import { preSignBody, rejection, responding, unverified } from './handler.ts'

export const code = { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' }
export const example = (name: string) =>
  readFileSync(new URL(`../../../../spec/examples/${name}`, import.meta.url), 'utf8')
export const preSign = (fetch: ClientFetch) =>
  rejection(
    createClient({ fetch, maxAttempts: 1 }).qsMiniProgramPreEntrustSign({ json: preSignBody }),
  ) as Promise<ApiError>
export const query = (fetch: ClientFetch) =>
  rejection(
    createClient({ fetch, maxAttempts: 1 }).getContractByCode({ path: code }),
  ) as Promise<ApiError>
export const terminate = (fetch: ClientFetch) =>
  rejection(
    createClient({ fetch, maxAttempts: 1 }).terminateContractByCode({
      path: code,
      json: { contract_termination_remark: '用户解约' },
    }),
  ) as Promise<ApiError>
export const failing = (
  body: BodyInit | null,
  status: number,
  headers: Record<string, string> = {},
) =>
  responding(() =>
    unverified(body, {
      status,
      headers: { 'content-type': 'application/json', 'request-id': '08F8-0', ...headers },
    }),
  ).fetch
