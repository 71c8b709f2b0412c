"""What schemathesis needs to know of APIv3: how a request is signed, and what must be there for a request to succeed.

Each case meets a mock that has forgotten all cases before it, so every request that fits the spec has to be answered
with 2xx, every other one refused, and a failure found alone is found again alone.
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
    """Signs what is really sent: `requests` calls it with the prepared request, for each request anew."""

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
        # A case without it wants to send none; schemathesis and urllib3 would put in their own.
        if request.headers.get("User-Agent", "schemathesis/").startswith("schemathesis/"):
            request.headers["User-Agent"] = SKIP_HEADER
        return request


schemathesis.auth.set_from_requests(Signature())


@schemathesis.hook
def before_load_schema(context, raw_schema):
    parameters = raw_schema["components"]["parameters"]
    # OpenAPI says that these three are to be ignored as parameters: the security scheme and the media types have them.
    ignored = {"#/components/parameters/" + name for name in ("Authorization", "Accept", "ContentType")}
    for operations in raw_schema["paths"].values():
        for operation in operations.values():
            operation["parameters"] = [one for one in operation["parameters"] if one.get("$ref") not in ignored]
            inline_examples(operation)
    # Which keys there are is the platform's to say; any other value is refused, and an empty one is as good as none.
    known = ["", READY["publicKeyId"], READY["platformCertificateSerialNumber"]]
    parameters["WechatpaySerial"]["schema"]["enum"] = known
    parameters["WechatpaySerial"]["example"] = READY["publicKeyId"]


def inline_examples(node):
    """schemathesis fetches an `externalValue` as an address; ours are files beside the spec."""
    if isinstance(node, dict):
        if "externalValue" in node:
            node["value"] = json.loads((SPEC.parent / node.pop("externalValue")).read_text())
        for value in node.values():
            inline_examples(value)


@schemathesis.hook
def filter_body(context, body):
    return is_taken(body)


def is_taken(value):
    """What the mock takes in no place, not even in a field that the spec does not know.

    A number that JavaScript would round, and a key that reaches for a prototype.
    """
    if isinstance(value, dict):
        return "__proto__" not in value and "constructor" not in value and all(map(is_taken, value.values()))
    if isinstance(value, list):
        return all(map(is_taken, value))
    return not isinstance(value, (int, float)) or abs(value) < 2**53


mock = requests.Session()
# A connection that was idle may be closed just when it is used again; both calls may be made twice.
mock.mount("http://", requests.adapters.HTTPAdapter(max_retries=Retry(3, allowed_methods=None)))
calls, probes = Counter(), Counter()


@schemathesis.hook
def before_call(context, case, kwargs):
    control("reset", {})
    # Only a contract that was signed can be queried and terminated.
    path = case.path_parameters or {}
    if {"service_id", "out_contract_code"} <= path.keys() and is_key(**path):
        sign_contract(int(path["service_id"]), path["out_contract_code"])


def is_key(service_id, out_contract_code):
    number, code = str(service_id), str(out_contract_code)
    return bool(re.fullmatch(r"-?[0-9]{1,16}", number, re.ASCII) and re.fullmatch(r"[0-9A-Za-z]{1,32}", code, re.ASCII))


def sign_contract(service_id, out_contract_code):
    example = json.loads((SPEC.parent / "examples/normal-mini-program-pre-entrust-sign.request.json").read_text())
    # Nobody listens there, and the attempt to notify ends at once.
    known = {"service_id": service_id, "out_contract_code": out_contract_code, "notify_url": "http://127.0.0.1:1/notify"}
    body = {**example, **known}
    if mock.post(READY["baseUrl"] + PRE_SIGN, json=body, headers={"Accept": "application/json"}, auth=Signature()).ok:
        control("sign", {"service_id": service_id, "out_contract_code": out_contract_code})


def control(path, body):
    mock.post(f"{READY['controlUrl']}/{path}", json=body).raise_for_status()


@schemathesis.hook
def after_call(context, case, response):
    calls[response.status_code] += 1


probed = set()


@schemathesis.check
def signature_is_checked(context, response, case):
    """Once for each operation: what was answered with 2xx is refused without its signature, and with that of another text.

    schemathesis has a check like it, ignored_auth, which knows nothing of signatures and needs Authorization to be a
    header that it may leave out.
    """
    if response.status_code // 100 != 2 or case.operation.label in probed:
        return
    probed.add(case.operation.label)
    unsigned, changed = response.request.copy(), response.request.copy()
    del unsigned.headers["Authorization"]
    changed.url += ("&" if "?" in changed.url else "?") + "changed"
    for name, request in (("without Authorization", unsigned), ("signed for another address", changed)):
        answer = mock.send(request)
        probes[answer.status_code] += 1
        assert answer.status_code == 401, f"{name} it was answered with {answer.status_code}, expected 401"


@atexit.register
def tell():
    Path(os.environ["CALLS_FILE"]).write_text(json.dumps({"calls": calls, "probes": probes}))
