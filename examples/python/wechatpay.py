"""A client of WeChat Pay APIv3 in Python: sign, verify, decrypt. It only needs `cryptography`."""

import base64
import json
import secrets
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

FRESH_SECONDS = 300


@dataclass(frozen=True)
class WeChatPay:
    base_url: str
    mchid: str
    serial_no: str
    private_key: RSAPrivateKey
    api_v3_key: bytes
    public_key_id: str
    public_key: RSAPublicKey

    def call(self, method, path, body=None):
        """Sends a signed request, verifies the signature of the response, and returns its JSON."""
        # Serialise once: the signed bytes must be the sent bytes.
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "shop/1.0",
            "Wechatpay-Serial": self.public_key_id,
            "Authorization": self._authorization(method, path, data),
        }
        request = urllib.request.Request(self.base_url + path, data or None, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as response:
            content = response.read()
            self.verify(response.headers, content)
        return json.loads(content) if content else None

    def _authorization(self, method, path, data):
        timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
        text = f"{method}\n{path}\n{timestamp}\n{nonce}\n".encode() + data + b"\n"
        signature = base64.b64encode(self.private_key.sign(text, PKCS1v15(), SHA256())).decode()
        return (
            f'WECHATPAY2-SHA256-RSA2048 mchid="{self.mchid}",nonce_str="{nonce}",signature="{signature}",'
            f'timestamp="{timestamp}",serial_no="{self.serial_no}"'
        )

    def verify(self, headers, body):
        """Raises unless WeChat Pay signed these bytes within the last five minutes."""
        if headers["Wechatpay-Serial"] != self.public_key_id:
            raise ValueError(f"signed with the key {headers['Wechatpay-Serial']}, which is not ours")
        timestamp = headers["Wechatpay-Timestamp"]
        if abs(time.time() - int(timestamp)) > FRESH_SECONDS + 1:
            raise ValueError("the signature is too old")
        text = f"{timestamp}\n{headers['Wechatpay-Nonce']}\n".encode() + body + b"\n"
        signature = base64.b64decode(headers["Wechatpay-Signature"])
        self.public_key.verify(signature, text, PKCS1v15(), SHA256())

    def open_notification(self, headers, body):
        """Verifies a notification, then decrypts its resource."""
        self.verify(headers, body)
        event = json.loads(body)
        sealed = event["resource"]
        ciphertext = base64.b64decode(sealed["ciphertext"])
        opened = AESGCM(self.api_v3_key).decrypt(
            sealed["nonce"].encode(), ciphertext, sealed.get("associated_data", "").encode()
        )
        return event["id"], event["event_type"], json.loads(opened)
