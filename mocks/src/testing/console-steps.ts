import { preSignBody, preSignPath, send } from './by-hand.ts'

export const code = preSignBody.out_contract_code

export const preSign = (baseUrl: string, more: object = {}) =>
  send(baseUrl, {
    method: 'POST',
    target: preSignPath,
    body: JSON.stringify({ ...preSignBody, ...more }),
  })
