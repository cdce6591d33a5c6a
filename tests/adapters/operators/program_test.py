#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The program ecluse-adapter around its carrier: --check, readiness, watchdog, stop.

    program_test.py ADAPTER VAULT PROFILE
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

import zmq

ADAPTER, VAULT, PROFILE = sys.argv[1:4]
SECRET = "very-secret-password"


class ProgramTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="ecluse-adapter-")
        self.addCleanup(holder.cleanup)
        self.folder = holder.name
        public, secret = (key.decode() for key in zmq.curve_keypair())
        self.write("own.key", f'public = "{public}"\nsecret = "{secret}"\n')
        self.write("own.key.pub", f'public = "{public}"\n')
        subprocess.run([VAULT, "init-key", self.at("vault.key")], check=True)
        subprocess.run(
            [VAULT, "set", "--file", self.at("vault"), "--key", self.at("vault.key"),
             "shop", "login"],
            input=SECRET, text=True, check=True, stdout=subprocess.DEVNULL)
        self.configure('url = "https://127.0.0.1:9"')

    def at(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.at(name), "w", opener=lambda p, f: os.open(p, f, 0o600)) as file:
            file.write(text)

    def configure(self, endpoint):
        # No broker listens there: the adapter looks for it by itself.
        self.write("adapter.toml", f"""
[broker]
endpoint = "tcp://127.0.0.1:9"
broker_key_file = "own.key.pub"
key_file = "own.key"
[vault]
file = "vault"
key_file = "vault.key"
[[endpoint]]
service = "authorisation"
{endpoint}
""")

    def command(self, *more):
        return [ADAPTER, "--profile", PROFILE, "--config", self.at("adapter.toml"), *more]

    def run_once(self, *more):
        return subprocess.run(self.command(*more), capture_output=True, text=True, timeout=30)

    def test_check_tells_what_would_be_carried(self):
        ran = self.run_once("--check")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn("viamedis/authorisation: would be carried", ran.stdout)
        self.assertIn("viamedis/billing: has no [[endpoint]]", ran.stdout)

    def test_mistake_ends_with_2_and_names_the_line(self):
        self.configure('ulr = "https://127.0.0.1:9"')
        for more in ([], ["--check"]):
            ran = self.run_once(*more)
            self.assertEqual(ran.returncode, 2)
            self.assertIn("is `url` meant?", ran.stderr)

    def test_a_second_adapter_on_one_vault_ends_with_2(self):
        first = subprocess.Popen(self.command(), stderr=subprocess.PIPE, text=True)
        try:
            while "carrying for Viamedis" not in first.stderr.readline():
                self.assertIsNone(first.poll())
            second = self.run_once()
            self.assertEqual(second.returncode, 2)
            self.assertIn("another adapter process uses this vault", second.stderr)
            self.assertEqual(self.run_once("--check").returncode, 0)
        finally:
            first.kill()
            first.communicate()

    def test_ready_turning_and_stopped_are_told(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
            told.bind(self.at("notify"))
            told.settimeout(30)
            surroundings = dict(os.environ, NOTIFY_SOCKET=self.at("notify"), WATCHDOG_USEC="300000")
            surroundings.pop("WATCHDOG_PID", None)
            adapter = subprocess.Popen(self.command(), env=surroundings, stderr=subprocess.PIPE,
                                       text=True)
            try:
                self.assertEqual(told.recv(100), b"READY=1")
                self.assertEqual(told.recv(100), b"WATCHDOG=1")
                self.assertEqual(told.recv(100), b"WATCHDOG=1")
                adapter.send_signal(signal.SIGTERM)
                while told.recv(100) != b"STOPPING=1":
                    pass
                said = adapter.communicate(timeout=30)[1]
            finally:
                if adapter.poll() is None:
                    adapter.kill()
                    adapter.wait()
            self.assertEqual(adapter.returncode, 0, said)
            self.assertIn("carrying for Viamedis", said)
            self.assertNotIn(SECRET, said)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
