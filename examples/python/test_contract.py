"""Tests of the client against the standalone mock. The ready file of the mock has its addresses and keys."""

import json
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from wechatpay import WeChatPay

PRE_SIGN = "/v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program"
CONTRACT = "/v3/password-exempt-contract/contracts/service-id/12535/out-contract-code/PY1"


def start_mock(folder):
    ready = Path(folder, "ready.json")
    command = ["node_modules/.bin/wechatpay-entrust-mock", "--port", "0", "--ready-file", str(ready)]
    process = subprocess.Popen(command, cwd=Path(__file__).parent)
    # The mock renames the complete file to this name after the port is open.
    while not ready.exists():
        if process.poll() is not None:
            raise RuntimeError(f"the mock ended with {process.returncode}")
        time.sleep(0.02)
    return process, json.loads(ready.read_text())


class Receiver(BaseHTTPRequestHandler):
    """The receiver at notify_url."""

    wechatpay: WeChatPay
    received: Queue = Queue()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            self.received.put(self.wechatpay.open_notification(self.headers, body))
            self.send_response(204)
        except (InvalidSignature, ValueError):
            self.send_response(401)
        self.end_headers()

    def log_message(self, *_):
        pass


class ContractTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        process, cls.ready = start_mock(folder.name)
        cls.addClassCleanup(lambda: (process.terminate(), process.wait()))
        ready = cls.ready
        cls.wechatpay = Receiver.wechatpay = WeChatPay(
            base_url=ready["baseUrl"],
            mchid=ready["mchid"],
            serial_no=ready["merchantSerialNumber"],
            private_key=load_pem_private_key(Path(ready["merchantPrivateKeyPath"]).read_bytes(), password=None),
            api_v3_key=ready["apiV3Key"].encode(),
            public_key_id=ready["publicKeyId"],
            public_key=load_pem_public_key(Path(ready["publicKeyPath"]).read_bytes()),
        )
        receiver = HTTPServer(("127.0.0.1", 0), Receiver)
        Thread(target=receiver.serve_forever, daemon=True).start()
        cls.addClassCleanup(lambda: (receiver.shutdown(), receiver.server_close()))
        cls.notify_url = f"http://127.0.0.1:{receiver.server_port}/notify"

    def setUp(self):
        self.control("reset", {})

    def control(self, path, body):
        data, headers = json.dumps(body).encode(), {"Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(f"{self.ready['controlUrl']}/{path}", data, headers)) as response:
            return json.load(response)

    def deliveries(self):
        with urllib.request.urlopen(f"{self.ready['controlUrl']}/deliveries") as response:
            return json.load(response)

    def pre_sign(self, wechatpay=None):
        return (wechatpay or self.wechatpay).call("POST", PRE_SIGN, {
            "appid": "wxd678efh567hg6787",
            "sub_appid": "wxd678efh567hg6787",
            "sub_mchid": "1900000109",
            "service_id": 12535,
            "out_contract_code": "PY1",
            "openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
            "contract_display_account": "微信代扣用户A",
            "notify_url": self.notify_url,
        })

    def test_pre_signed_signed_notified_and_queried(self):
        session = self.pre_sign()
        self.control("sign", {"pre_entrustweb_id": session["pre_entrustweb_id"]})
        _, event_type, contract = Receiver.received.get(timeout=5)
        self.assertEqual((event_type, contract["out_contract_code"]), ("ENTRUST.SIGN", "PY1"))
        self.assertEqual([(one["status"], one["attempt"]) for one in self.deliveries()], [(204, 1)])
        self.assertEqual(self.wechatpay.call("GET", CONTRACT), contract)

    def test_the_mock_rejects_a_wrong_private_key(self):
        stranger = replace(self.wechatpay, private_key=rsa.generate_private_key(65537, 2048))
        with self.assertRaises(urllib.error.HTTPError) as rejected:
            self.pre_sign(stranger)
        with rejected.exception as response:
            self.assertEqual((response.status, json.load(response)["code"]), (401, "SIGN_ERROR"))

    def test_the_client_rejects_a_tampered_response(self):
        self.control("faults", {"operation": "*", "name": "tampered-body", "times": 1})
        with self.assertRaises(InvalidSignature):
            self.pre_sign()

    def test_the_receiver_rejects_an_old_notification(self):
        session = self.pre_sign()
        self.control("sign", {"pre_entrustweb_id": session["pre_entrustweb_id"]})
        notification_id, _, _ = Receiver.received.get(timeout=5)
        self.control("notifications/stale", {"notification_id": notification_id, "age_seconds": 600})
        self.assertEqual([one["status"] for one in self.deliveries()], [204, 401])


if __name__ == "__main__":
    unittest.main()
