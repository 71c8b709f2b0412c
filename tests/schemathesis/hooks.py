"""Teaches schemathesis how to sign a request of APIv3, and which contracts must exist for a request to succeed.

The mock is reset before each case. So every request that matches the spec must get a 2xx, every other request must be
rejected, and a case that failed fails again when it runs alone.
"""

import atexit
import base64
import json
import os
import re
import secrets
import time
from collections import Counter
from pathlib import Path

import requests
import schemathesis
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from urllib3.util import SKIP_HEADER, Retry

READY = json.loads(Path(os.environ["MOCK_READY_FILE"]).read_text())
KEY = load_pem_private_key(Path(READY["merchantPrivateKeyPath"]).read_bytes(), password=None)
SPEC = Path(os.environ["SPEC_FILE"])
PRE_SIGN = "/v3/password-exempt-contract/contracts/normal/pre-entrust-sign/mini-program"


class Signature(requests.auth.AuthBase):
    """Signs the bytes that are sent: `requests` calls it with each prepared request."""

    def __call__(self, request):
        body = request.body or b""
        if isinstance(body, str):
            body = body.encode()
        timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
        text = f"{request.method}\n{request.path_url}\n{timestamp}\n{nonce}\n".encode() + body + b"\n"
        signature = base64.b64encode(KEY.sign(text, PKCS1v15(), SHA256())).decode()
        request.headers["Authorization"] = (
            f'WECHATPAY2-SHA256-RSA2048 mchid="{READY["mchid"]}",nonce_str="{nonce}",'
            f'signature="{signature}",timestamp="{timestamp}",serial_no="{READY["merchantSerialNumber"]}"'
        )
        # A case without the header must send none; schemathesis and urllib3 would add their own.
        if request.headers.get("User-Agent", "schemathesis/").startswith("schemathesis/"):
            request.headers["User-Agent"] = SKIP_HEADER
        return request


schemathesis.auth.set_from_requests(Signature())


@schemathesis.hook
def before_load_schema(context, raw_schema):
    parameters = raw_schema["components"]["parameters"]
    # OpenAPI ignores these three as parameters: the security scheme and the media types define them.
    ignored = {"#/components/parameters/" + name for name in ("Authorization", "Accept", "ContentType")}
    for operations in raw_schema["paths"].values():
        for operation in operations.values():
            operation["parameters"] = [item for item in operation["parameters"] if item.get("$ref") not in ignored]
            inline_examples(operation)
    # The mock rejects the id of an unknown key; an empty value is treated like a missing header.
    known = ["", READY["publicKeyId"], READY["platformCertificateSerialNumber"]]
    parameters["WechatpaySerial"]["schema"]["enum"] = known
    parameters["WechatpaySerial"]["example"] = READY["publicKeyId"]


def inline_examples(node):
    """schemathesis fetches an `externalValue` as a URL; here they are files beside the spec."""
    if isinstance(node, dict):
        if "externalValue" in node:
            node["value"] = json.loads((SPEC.parent / node.pop("externalValue")).read_text())
        for value in node.values():
            inline_examples(value)


@schemathesis.hook
def filter_body(context, body):
    return is_accepted(body)


def is_accepted(value):
    """False for values that the mock rejects everywhere, even in a field that the spec does not define.

    They are numbers that JavaScript would round, and keys that could change a prototype.
    """
    if isinstance(value, dict):
        return "__proto__" not in value and "constructor" not in value and all(map(is_accepted, value.values()))
    if isinstance(value, list):
        return all(map(is_accepted, value))
    return not isinstance(value, (int, float)) or abs(value) < 2**53


mock = requests.Session()
# The server may close an idle connection just when it is used again; repeating these requests is safe.
mock.mount("http://", requests.adapters.HTTPAdapter(max_retries=Retry(3, allowed_methods=None)))
calls, probes = Counter(), Counter()


@schemathesis.hook
def before_call(context, case, kwargs):
    control("reset", {})
    # Only a signed contract can be queried and terminated.
    path = case.path_parameters or {}
    if {"service_id", "out_contract_code"} <= path.keys() and is_contract_key(**path):
        sign_contract(int(path["service_id"]), path["out_contract_code"])


def is_contract_key(service_id, out_contract_code):
    number, code = str(service_id), str(out_contract_code)
    return bool(re.fullmatch(r"-?[0-9]{1,16}", number, re.ASCII) and re.fullmatch(r"[0-9A-Za-z]{1,32}", code, re.ASCII))


def sign_contract(service_id, out_contract_code):
    example = json.loads((SPEC.parent / "examples/normal-mini-program-pre-entrust-sign.request.json").read_text())
    key = {"service_id": service_id, "out_contract_code": out_contract_code}
    # No server listens at this address, so the notification attempt ends at once.
    body = {**example, **key, "notify_url": "http://127.0.0.1:1/notify"}
    if mock.post(READY["baseUrl"] + PRE_SIGN, json=body, headers={"Accept": "application/json"}, auth=Signature()).ok:
        control("sign", key)


def control(path, body):
    mock.post(f"{READY['controlUrl']}/{path}", json=body).raise_for_status()


@schemathesis.hook
def after_call(context, case, response):
    calls[response.status_code] += 1


probed = set()


@schemathesis.check
def signature_is_checked(context, response, case):
    """Once for each operation: a request that got a 2xx is rejected without its signature, and with a wrong signature.

    The similar check ignored_auth of schemathesis does not know signatures, and it needs an Authorization header that
    it may leave out.
    """
    if response.status_code // 100 != 2 or case.operation.label in probed:
        return
    probed.add(case.operation.label)
    unsigned, changed = response.request.copy(), response.request.copy()
    del unsigned.headers["Authorization"]
    changed.url += ("&" if "?" in changed.url else "?") + "changed"
    for name, request in (("without Authorization", unsigned), ("signed for another address", changed)):
        result = mock.send(request)
        probes[result.status_code] += 1
        assert result.status_code == 401, f"{name} it got status {result.status_code}, expected 401"


@atexit.register
def write_counts():
    Path(os.environ["CALLS_FILE"]).write_text(json.dumps({"calls": calls, "probes": probes}))
