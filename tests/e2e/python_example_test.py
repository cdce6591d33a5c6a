#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The Python example against the real broker; the adapter is a few lines of Python too.

Usage: python_example_test.py ECLUSED
"""

import importlib.util
import pathlib
import re
import secrets
import subprocess
import sys
import tempfile
import unittest

import zmq

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "adapters" / "examples" / "deposit.py"
ECLUSED = sys.argv.pop()
WORKER = 20240201


def load_example():
    spec = importlib.util.spec_from_file_location("deposit", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class PythonExampleTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        keys = {name: self.key_file(name) for name in ("broker", "practice", "adapter", "other")}
        self.write("master.key", secrets.token_hex(32) + "\n")
        self.write("content", "bonjour")
        self.write(
            "peers.toml",
            '[[practice]]\nname = "a"\nfiness = ["750000019"]\n'
            f'key = "{keys["practice"]}"\n'
            '[[adapter]]\noperator = "viamedis"\nservices = ["billing"]\n'
            f'key = "{keys["adapter"]}"\n',
        )
        self.write(
            "eclused.toml",
            'endpoint = "tcp://127.0.0.1:*"\nendpoint_file = "endpoint"\n'
            'key_file = "broker.key"\npeers_file = "peers.toml"\nstore_directory = "store"\n'
            'master_key_file = "master.key"\ndisk_reserve = "64MiB"\n'
            '[[destination]]\noperator = "viamedis"\nservice = "billing"\n',
        )
        self.start()

    def key_file(self, name):
        public, secret = (half.decode() for half in zmq.curve_keypair())
        while public.startswith("-"):  # as our own keygen: it would read like an option
            public, secret = (half.decode() for half in zmq.curve_keypair())
        self.write(f"{name}.key", f'public = "{public}"\nsecret = "{secret}"\n')
        return public

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o600)

    def start(self):
        self.broker = subprocess.Popen(
            [ECLUSED, "--config", str(self.folder / "eclused.toml")],
            stderr=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(self.stop)
        said = []
        for line in self.broker.stderr:
            said.append(line)
            if "ready: endpoint" in line:
                break
        else:
            self.fail("the broker did not start: " + "".join(said))
        text = (self.folder / "endpoint").read_text()
        self.endpoint = re.search(r"tcp://[0-9.]+:[0-9]+", text).group()
        self.public, _ = load_example().read_key_file(self.folder / "broker.key")

    def stop(self):
        self.broker.terminate()
        self.broker.communicate()

    def deposit(self, *more, reference="REF-1", finess="750000019"):
        command = [sys.executable, str(EXAMPLE), self.endpoint, self.public.decode()]
        command += [str(self.folder / "practice.key"), "viamedis/billing", finess, reference]
        command += [str(self.folder / "content"), "--format", "text/plain", *more]
        return subprocess.run(command, capture_output=True, text=True, timeout=100)

    def carry_one(self):
        """What an adapter says to carry one request and to bring its answer."""
        example = load_example()
        messages = example.load_messages()
        link = example.Broker(
            messages, self.endpoint, self.public.decode(), self.folder / "adapter.key"
        )
        call = messages.Call()
        call.pull.worker, call.pull.slots, call.pull.wait_ms = WORKER, 1, 60_000
        call.pull.destinations.add(run_by="viamedis", service="billing")
        work, contents = link.ask(call)
        task = work.work.tasks[0]
        attempt = {"request": task.envelope.id, "attempt": task.attempt}

        call = messages.Call()
        call.begin.worker, call.begin.epoch = WORKER, work.work.epoch
        call.begin.attempts.add(**attempt)
        proceed, _ = link.ask(call)
        self.assertEqual(proceed.proceed.items[0].error, messages.ERROR_CODE_NONE)

        call = messages.Call()
        call.report.worker, call.report.of = WORKER, messages.WHAT_DELIVER
        call.report.epoch = work.work.epoch
        item = call.report.items.add()
        item.attempt.request, item.attempt.attempt = task.envelope.id, task.attempt
        item.outcome.answered.decision = messages.DECISION_GRANTED
        noted, _ = link.ask(call, [b"accord"])
        link.socket.close(linger=200)
        self.assertEqual(list(noted.noted.results), [messages.ERROR_CODE_NONE])
        return contents[0]

    def test_request_goes_through_and_its_answer_comes_back_once(self):
        first = self.deposit()
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertIn("receipt 1\n", first.stdout)
        self.assertIn("state STATE_CODE_READY", first.stdout)

        self.assertEqual(self.carry_one(), b"bonjour")

        again = self.deposit()
        self.assertIn("receipt 1 (repeated)", again.stdout)
        self.assertIn("state STATE_CODE_SETTLED", again.stdout)
        self.assertIn("answer 1 to 1: EVENT_ANSWERED DECISION_GRANTED 6 bytes", again.stdout)
        self.assertNotIn("answer", self.deposit().stdout)

    def test_refusal_is_told_by_name_and_field(self):
        refused = self.deposit(finess="750000020")
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("ERROR_CODE_NOT_YOUR_FINESS items[0].finess", refused.stderr)

    def test_practice_says_what_only_it_can_say(self):
        self.assertEqual(self.deposit("--confirm").returncode, 0)
        refused = self.deposit("--decide", "PEC-7")
        self.assertIn("ERROR_CODE_NOT_ASKED", refused.stderr)
        for _ in range(2):  # each may be repeated
            elsewhere = self.deposit("--sent-elsewhere", "par telephone, le 13 a 10 h")
            self.assertIn("state STATE_CODE_ELSEWHERE", elsewhere.stdout, elsewhere.stderr)


if __name__ == "__main__":
    unittest.main()
