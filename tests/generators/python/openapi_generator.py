"""Uses the client that openapi-generator made."""

import json

import urllib3
from entrust import ApiClient, ApiErrorBody, Configuration, Contract, ContractsApi, QsMiniProgramPreSignRequest
from entrust.exceptions import NotFoundException
from mock import merchant, ready, sign


class SigningPool(urllib3.PoolManager):
    """The pool of connections that the client sends its requests through."""

    def urlopen(self, method, url, redirect=True, **options):
        body = options.get("body") or b""
        body = body.encode() if isinstance(body, str) else body
        headers = {**(options.get("headers") or {}), **merchant.headers(method, url, body)}
        options.update(body=body or None, headers=headers, preload_content=True)
        response = super().urlopen(method, url, redirect=False, **options)
        if 200 <= response.status <= 299:
            merchant.verify(response.headers, response.data)
        return response


client = ApiClient(Configuration(host=ready["baseUrl"]))
client.rest_client.pool_manager = SigningPool(retries=False)
contracts = ContractsApi(client)

# sub_openid is left out.
session = contracts.qs_mini_program_pre_entrust_sign(
    QsMiniProgramPreSignRequest(
        appid="wxd678efh567hg6787",
        sub_appid="wxd678efh567hg6787",
        sub_mchid="1900000109",
        openid="oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
        service_id=3000000000,
        out_contract_code="PY1",
        notify_url="http://127.0.0.1:9/notify",
        contract_display_account="微信代扣用户A",
    )
)
sign(session.pre_entrustweb_id)
contract = contracts.get_contract_by_code(3000000000, "PY1")

try:
    contracts.get_contract_by_code(3000000000, "UNKNOWN")
    error = "none"
except NotFoundException as failure:
    error = ApiErrorBody.from_json(failure.body).code

# Reads the contract again, with a field that the spec does not have.
again = Contract.from_json(json.dumps({**json.loads(contract.to_json()), "brand_new": "read"}))
print(
    json.dumps(
        {
            "session": session.pre_entrustweb_id != "",
            "serviceId": contract.service_id,
            "state": contract.contract_state,
            "signed": int(contract.contract_signed_time.timestamp()),
            "error": error,
            "newField": again.additional_properties["brand_new"],
        }
    )
)
