#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Deposits one request with Écluse, asks for its status, reads and acknowledges the inbox.

The companion of proto/PROTOCOL.md. Needs python3-zmq, python3-protobuf and protoc.
"""

import argparse
import importlib
import pathlib
import re
import subprocess
import sys
import tempfile

import zmq

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "proto" / "ecluse.proto"
PATIENCE_MS = 5_000
VERSION = 1


def load_messages():
    """The module that protoc makes of the schema."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["protoc", f"-I{SCHEMA.parent}", f"--python_out={folder}", SCHEMA.name], check=True
        )
        sys.path.insert(0, folder)
        return importlib.import_module("ecluse_pb2")


def read_key_file(path):
    """Both halves of a key file: two lines, public = "…" and secret = "…"."""
    text = pathlib.Path(path).read_text(encoding="ascii")
    keys = dict(re.findall(r'^\s*(public|secret)\s*=\s*"(.{40})"', text, re.MULTILINE))
    return keys["public"].encode(), keys["secret"].encode()


class Refused(Exception):
    pass


class Broker:
    def __init__(self, messages, endpoint, broker_key, key_file):
        self.messages = messages
        self.endpoint = endpoint
        self.broker_key = broker_key.encode()
        self.public, self.secret = read_key_file(key_file)
        self.correlation = 0
        self.socket = None
        self.connect()

    def connect(self):
        if self.socket:
            self.socket.close(linger=200)  # with none, libzmq can abort at the close
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.curve_serverkey = self.broker_key
        self.socket.curve_publickey = self.public
        self.socket.curve_secretkey = self.secret
        self.socket.connect(self.endpoint)

    def ask(self, call, contents=(), tries=12):
        """Says the call until it is answered; repeating changes nothing."""
        self.correlation += 1
        call.version = VERSION
        call.correlation = self.correlation
        for _ in range(tries):
            self.socket.send_multipart([call.SerializeToString(), *contents])
            while self.socket.poll(PATIENCE_MS):
                envelope, *bodies = self.socket.recv_multipart()
                reply = self.messages.Reply.FromString(envelope)
                if reply.correlation != self.correlation:
                    continue  # a late answer to an earlier call
                if reply.WhichOneof("body") == "error":
                    self.refuse(reply.error)
                return reply, bodies
            self.connect()
        raise SystemExit("no answer: is the broker running, and does it know this key?")

    def refuse(self, error):
        # A newer broker may say a code that this schema does not name.
        known = self.messages.ErrorCode.DESCRIPTOR.values_by_number.get(error.code)
        lines = [f"{known.name if known else error.code} {error.field}".strip()]
        lines += problem_lines(self.messages, error.problems)
        raise Refused("\n".join(lines))


def problem_lines(messages, problems):
    """All that is wrong with a content, one line each."""
    for problem in problems:
        severity = messages.Severity.Name(problem.severity).removeprefix("SEVERITY_").lower()
        yield f"  {severity}: {problem.path} {problem.rule} ({problem.source})"


def deposit(broker, args):
    call = broker.messages.Call()
    item = call.deposit.items.add()
    item.destination.run_by, item.destination.service = args.destination.split("/")
    item.finess = args.finess
    item.reference = args.reference
    item.kind = broker.messages.Kind.Value("KIND_" + args.kind.upper())
    item.format = args.format
    item.follows = args.follows
    if args.card:
        card = item.card
        card.amc, card.convention, card.csr, card.domain, card.day = args.card.split(",")
    reply, _ = broker.ask(call, [pathlib.Path(args.content).read_bytes()])
    result = reply.deposit.results[0]
    if result.HasField("error"):
        broker.refuse(result.error)
    return result.receipt


def status(broker, number):
    call = broker.messages.Call()
    call.status_of.receipts.append(number)
    reply, _ = broker.ask(call)
    result = reply.status_of.results[0]
    if result.HasField("error"):
        broker.refuse(result.error)
    return result.status


def say(broker, args, number):
    """What only the practice can say of its request, as far as it was asked for."""
    calls = []
    if args.confirm:
        calls.append(broker.messages.Call())
        calls[-1].confirm.receipts.append(number)
    if args.decide is not None:
        calls.append(broker.messages.Call())
        calls[-1].decide.receipt, calls[-1].decide.grant = number, args.decide
    if args.sent_elsewhere:
        calls.append(broker.messages.Call())
        said = calls[-1].sent_elsewhere
        said.receipt, said.proof = number, args.sent_elsewhere
    for call in calls:
        reply, _ = broker.ask(call)
        for result in reply.said.results:
            if result.HasField("error"):
                broker.refuse(result.error)


def read_inbox(broker):
    """Yields each entry with its body; an entry is acknowledged once the caller took the next."""
    call = broker.messages.Call()
    call.inbox.at_most = 64
    while True:
        reply, bodies = broker.ask(call)
        if not reply.inbox.entries:
            return
        for entry, body in zip(reply.inbox.entries, bodies):
            yield entry, body
        call.inbox.acknowledge = reply.inbox.entries[-1].position


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("endpoint", help="tcp://127.0.0.1:7100")
    parser.add_argument("broker_key", help="the broker's public key, 40 characters of Z85")
    parser.add_argument("key_file", help="the practice's own key file")
    parser.add_argument("destination", help="operator/service; card/service with --card")
    parser.add_argument("finess")
    parser.add_argument("reference", help="the practice's own; the same one is accepted once")
    parser.add_argument("content", help="a file")
    kinds = ["authorisation", "quotation", "bill", "document", "cancellation"]
    parser.add_argument("--kind", choices=kinds, default="authorisation", help="what it is")
    parser.add_argument("--format", default="application/octet-stream", help="its media type")
    parser.add_argument("--follows", type=int, default=0, help="the receipt it belongs to")
    parser.add_argument("--card", help="AMC,convention,CSR,care domain,day of care as 2024-02-01")
    parser.add_argument("--confirm", action="store_true", help="it is still wanted, though old")
    parser.add_argument(
        "--decide", metavar="NUMBER", help="it goes, with this authorisation number; '': without"
    )
    parser.add_argument(
        "--sent-elsewhere", metavar="PROOF", help="it was sent by other means: how and when"
    )
    args = parser.parse_args()
    messages = load_messages()
    broker = Broker(messages, args.endpoint, args.broker_key, args.key_file)
    try:
        receipt = deposit(broker, args)
        print(f"receipt {receipt.number}" + (" (repeated)" if receipt.repeated else ""))
        for line in problem_lines(messages, receipt.warnings):
            print(line)
        say(broker, args, receipt.number)
        now = status(broker, receipt.number)
        print(f"state {messages.StateCode.Name(now.state)} {messages.WhyWaiting.Name(now.why)}")
        for entry, body in read_inbox(broker):
            if entry.event == messages.EVENT_ASKED:
                # A person at the practice answers: --confirm, --decide, --sent-elsewhere, withdraw.
                asked = messages.WhyWaiting.Name(entry.why)
                print(f"asked {entry.position} of {entry.request}: {asked}")
                continue
            # Here practice software stores the answer durably, before the next turn of the loop.
            print(
                f"answer {entry.position} to {entry.request}: {messages.Event.Name(entry.event)} "
                f"{messages.Decision.Name(entry.decision)} {len(body)} bytes"
            )
    except Refused as refusal:
        raise SystemExit(f"refused: {refusal}")


if __name__ == "__main__":
    main()
