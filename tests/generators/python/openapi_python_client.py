"""Uses the client that openapi-python-client made."""

import json

import httpx
from entrust_httpx import Client
from entrust_httpx.api.contracts import get_contract_by_code, qs_mini_program_pre_entrust_sign
from entrust_httpx.models import Contract, QsMiniProgramPreSignRequest
from mock import merchant, ready, sign


class SigningAuth(httpx.Auth):
    """Signs each request, and verifies its response, with the bodies at hand."""

    requires_request_body = True
    requires_response_body = True

    def auth_flow(self, request):
        request.headers.update(merchant.headers(request.method, str(request.url), request.content))
        response = yield request
        if response.is_success:
            merchant.verify(response.headers, response.content)


client = Client(base_url=ready["baseUrl"], httpx_args={"auth": SigningAuth()})

# sub_openid is left out.
session = qs_mini_program_pre_entrust_sign.sync(
    client=client,
    body=QsMiniProgramPreSignRequest(
        appid="wxd678efh567hg6787",
        sub_appid="wxd678efh567hg6787",
        sub_mchid="1900000109",
        openid="oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
        service_id=3000000000,
        out_contract_code="PY2",
        notify_url="http://127.0.0.1:9/notify",
        contract_display_account="微信代扣用户A",
    ),
)
sign(session.pre_entrustweb_id)
contract = get_contract_by_code.sync(3000000000, "PY2", client=client)
unknown = get_contract_by_code.sync(3000000000, "UNKNOWN", client=client)

# Reads the contract again, with a field that the spec does not have.
again = Contract.from_dict({**contract.to_dict(), "brand_new": "read"})
print(
    json.dumps(
        {
            "session": session.pre_entrustweb_id != "",
            "serviceId": contract.service_id,
            "state": contract.contract_state,
            "signed": int(contract.contract_signed_time.timestamp()),
            "error": unknown.code,
            "newField": again["brand_new"],
        }
    )
)
