"""Signs the requests of a generated client, and verifies the responses. It only needs `cryptography`."""

import base64
import secrets
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

FRESH_SECONDS = 300


@dataclass(frozen=True)
class Merchant:
    mchid: str
    serial_no: str
    private_key: RSAPrivateKey
    public_key_id: str
    public_key: RSAPublicKey

    def headers(self, method: str, url: str, body: bytes) -> dict[str, str]:
        """The headers of a request. The signed bytes must be the sent bytes."""
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
        text = f"{method}\n{target}\n{timestamp}\n{nonce}\n".encode() + body + b"\n"
        signature = base64.b64encode(self.private_key.sign(text, PKCS1v15(), SHA256())).decode()
        return {
            "Authorization": f'WECHATPAY2-SHA256-RSA2048 mchid="{self.mchid}",nonce_str="{nonce}",'
            f'signature="{signature}",timestamp="{timestamp}",serial_no="{self.serial_no}"',
            "Accept": "application/json",
            "User-Agent": "shop/1.0",
            "Wechatpay-Serial": self.public_key_id,
        }

    def verify(self, headers, body: bytes) -> None:
        """Raises unless WeChat Pay signed these bytes within the last five minutes."""
        if headers["Wechatpay-Serial"] != self.public_key_id:
            raise ValueError(f"signed with the key {headers['Wechatpay-Serial']}, which is not ours")
        timestamp = headers["Wechatpay-Timestamp"]
        if abs(int(time.time()) - int(timestamp)) > FRESH_SECONDS:
            raise ValueError("the signature is too old")
        text = f"{timestamp}\n{headers['Wechatpay-Nonce']}\n".encode() + body + b"\n"
        signature = base64.b64decode(headers["Wechatpay-Signature"])
        self.public_key.verify(signature, text, PKCS1v15(), SHA256())
