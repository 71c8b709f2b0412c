"""The standalone mock, as its ready file describes it."""

import json
import os
import urllib.request
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from signing import Merchant

ready = json.loads(Path(os.environ["READY_FILE"]).read_text())
merchant = Merchant(
    mchid=ready["mchid"],
    serial_no=ready["merchantSerialNumber"],
    private_key=load_pem_private_key(Path(ready["merchantPrivateKeyPath"]).read_bytes(), password=None),
    public_key_id=ready["publicKeyId"],
    public_key=load_pem_public_key(Path(ready["publicKeyPath"]).read_bytes()),
)


def sign(session: str) -> None:
    """Plays the user who signs."""
    body = json.dumps({"pre_entrustweb_id": session}).encode()
    request = urllib.request.Request(f"{ready['controlUrl']}/sign", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        response.read()
