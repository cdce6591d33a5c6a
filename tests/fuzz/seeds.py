#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes first inputs for the targets whose corpora follow from files that are in the tree: golden
records, examples of configuration; and for those whose form is a few bytes. All of it is synthetic;
values bear the marker of check.h. Files that are there already stay.

    tests/fuzz/seeds.py
"""
import ctypes
import gzip
import pathlib
import re
import struct

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests/fuzz/corpus"
MARKER = b"ZQ7X"


def put(target, name, data):
    path = CORPUS / target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(data)


def records():
    kinds = ["envelope", "state", "entry", "answer", "gate", "hold", "job", "account", "payee",
             "mark", "numbers", "key", "head", "number"]
    for file in sorted((ROOT / "tests/store/golden").glob("*.hex")):
        kind = file.name.split("-")[0].split("_")[0]
        if kind not in kinds:
            continue
        value = bytes.fromhex(file.read_text())
        body = value[1:-4]  # without version and checksum
        put("record", file.stem, bytes([2 * kinds.index(kind)]) + body)
        if kind in ("head", "number"):
            put("record", file.stem + "-bare", bytes([2 * kinds.index(kind) + 1]) + value)


def keys():
    number = struct.pack(">Q", 7)
    put("key", "gate", b"gviamedis\0billing\0")
    put("key", "tally", b"tviamedis\0billing\0" + b"\x01" + struct.pack(">Q", 1 << 63 | 400000))
    put("key", "lane", b"lviamedis\0billing\0shop-7\0")
    put("key", "backlog_lane", b"bviamedis\0billing\0shop-7\0")
    put("key", "mark", b"mshop-7\0")
    put("key", "job", b"j" + number)
    put("key", "account", b"aviamedis\0shop-7\0")
    put("key", "ready", b"Qviamedis\0billing\0shop-7\0\0\1" + number + number)


def seals():
    zstd = ctypes.CDLL("libzstd.so.1")
    zstd.ZSTD_compressBound.restype = zstd.ZSTD_compress.restype = ctypes.c_size_t
    for name, plain in (("text", MARKER * 40), ("zeros", bytes(100_000)), ("empty", b"")):
        room = ctypes.create_string_buffer(len(plain) + 1000)
        size = zstd.ZSTD_compress(room, ctypes.c_size_t(len(room)), plain,
                                  ctypes.c_size_t(len(plain)), 1)
        put("seal", name, b"\1" + room.raw[:size])
    put("seal", "plain", b"\0" + MARKER * 4)
    put("seal", "unknown", b"\2" + MARKER * 4)


def vaults():
    text = lambda each: struct.pack(">Q", len(each)) + each
    entry = lambda name, login, secret: (text(name) + struct.pack(">Q", 1_700_000_000) + text(login)
                                         + text(secret) + struct.pack(">Q", 1_700_000_000))
    put("vault", "two", entry(b"shop-7", b"login" + MARKER, b"secret" + MARKER)
        + entry(b"shop-8", b"l", MARKER))
    put("vault", "removed", entry(b"shop-7", b"", b""))
    put("vault", "torn", entry(b"shop-7", MARKER, MARKER)[:-3])
    put("vault", "refusals", b"shop-7 1700000000 refused 0\nshop-8 12 suspected 2\n")
    put("vault", "refusals_bad", b"shop-7 1700000000 refused " + MARKER + b"\n")


def key_files():
    pair = (b'# of a test\npublic = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"\n'
            b'secret = "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs"\n')
    put("key_file", "pair", pair)
    put("key_file", "public", pair.split(b"secret")[0])
    put("key_file", "marked", pair.replace(b"D:)Q", MARKER))
    put("key_file", "twice", pair + pair)
    put("key_file", "hex", b"0123456789abcdef" * 4 + b"\n")
    put("key_file", "hex_marked", MARKER + b"0123456789abcdef" * 3 + b"0123456789ab\n")
    # The example pair of curve keys in the documentation of ZeroMQ; both halves belong together.
    put("key_file", "whole", b'public = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"\n'
        b'secret = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"\n')


def toml():
    put("config", "example", (ROOT / "deploy/eclused.example.toml").read_bytes())
    least = (b'key_file = "k"\npeers_file = "p"\nstore_directory = "s"\nmaster_key_file = "m"\n')
    put("config", "least", least + b'[[destination]]\noperator = "viamedis"\nservice = "billing"\n')
    put("config", "profile", least + b'[[operator]]\nprofile = "viamedis/profile.toml"\n')
    put("config", "other_delays", least + b'[[operator]]\nprofile = "almerys/profile.toml"\n'
        b'[[destination]]\noperator = "almerys"\nservice = "billing"\nin_flight = 3\n'
        b'retry_first = "10s"\nretry_most = "1h"\n')
    put("peers", "example", (ROOT / "deploy/peers.example.toml").read_bytes())
    put("peers", "twice", b'[[practice]]\nname = "a"\nfiness = ["750000001"]\n'
        b'key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"\n[[practice]]\nname = "b"\n'
        b'finess = ["750000001"]\nkey = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"\n')
    put("routes", "example", (ROOT / "deploy/routes.example.toml").read_bytes())
    put("routes", "all", b'[[route]]\noperator = "o"\namc = "12"\nconvention = "SP"\ncsr = "A?"\n'
        b'domain = "optics"\nfrom = "2024-01-01"\nuntil = "2024-12-31"\ncare_from = "2024-01-01"\n'
        b'care_until = "2024-12-31"\n')
    for file in sorted((ROOT / "adapters/operators").glob("*/profile.toml")):
        put("profile", file.parent.name, file.read_bytes())
    put("profile", "sixth", (ROOT / "tests/adapters/operators/sixth/profile.toml").read_bytes())
    head = (b'[broker]\nendpoint = "tcp://127.0.0.1:7311"\nbroker_key_file = "own.pub"\n'
            b'key_file = "own"\n')
    vault = b'[vault]\nfile = "vault"\nkey_file = "vault.key"\n'
    portal = b'[[endpoint]]\nservice = "authorisation"\nurl = "https://127.0.0.1:1"\n'
    put("adapter_config", "example", (ROOT / "deploy/adapter.example.toml").read_bytes())
    put("adapter_config", "portal", head + vault + portal)
    put("adapter_config", "worker", head + vault + b"[worker]\nthreads = 4\nslots = 8\n"
        b'stop_within = "60s"\ncollect_every = "30s"\n' + portal)
    put("adapter_config", "exchange", head + vault + b'[[endpoint]]\nservices = ["rights", '
        b'"authorisation"]\nurl = "https://127.0.0.1:1/"\nca_file = "own.pub"\n')
    put("adapter_config", "mail", head + vault + b'[[endpoint]]\nservice = "billing"\n'
        b'in_clear = true\n'
        b'submission = "smtp://127.0.0.1:1"\nfrom = "a@b"\nto = "c@d"\nregister = "r.db"\n'
        b'register_key = "vault.key"\nsubmission_login = "s"\nsubmission_secret_file = "own"\n')


def small():
    rows = [b"all", b"kind=bill older=3h", b"state=in_doubt twice due<2d"]
    for index, row in enumerate(rows):
        put("filter", f"row{index}", row)
    for name, text in (("hour", "20:00"), ("day", "2024-02-12 13:00"), ("age", "2d12h"),
                       ("iso", "2024-02-12T13:00:00+01:00"), ("delay", "5 working days"),
                       ("seconds", "120"), ("civil", "240229"),
                       ("header", "Fri, 31 Dec 2049 23:59:59 GMT")):
        put("time", name, text.encode())
    line = (b'{"number":12,"practice":"shop-7","reference":"' + MARKER + b'","sha256":"'
            + b"00" * 32 + b'","file":"12"}\n')
    put("bundle", "two", line + line.replace(b"12", b"13"))
    put("bundle", "torn", line + line[:40])
    put("bundle", "deep", b"[" * 200 + b"\n")
    put("gunzip", "text", b"\4\0" + gzip.compress(MARKER * 50, mtime=0))
    put("gunzip", "bomb", b"\1\0" + gzip.compress(bytes(300_000), mtime=0))
    put("gunzip", "stored", b"\1\0" + gzip.compress(MARKER * 9, compresslevel=0, mtime=0))
    put("envelope", "whole", b"\0" + MARKER * 9)
    put("envelope", "changed", b"\2\0\x40\1\1\0\xff" + MARKER)


def derived():
    for file in (CORPUS / "reply").iterdir():
        put("print", file.name, file.read_bytes())
    for file in (CORPUS / "exchange").iterdir():
        if file.name.startswith(("rsp", "adv", "fault")):
            put("endings", file.name, bytes([0, 0, 1, 0, 0]) + file.read_bytes())
    # A value of each is marked. Lengths stay, or the bytes would be read as something else.
    for file in sorted((CORPUS / "exchange").iterdir()):
        if file.suffix == "" and file.name in ("req", "fctrec", "rsp", "fault"):
            texts = list(re.finditer(rb">([^<>]+)</", file.read_bytes()))
            for index in (0, len(texts) // 2, len(texts) - 1):
                at, end = texts[index].span(1)
                whole = file.read_bytes()
                put("exchange", f"{file.name}.marked{index}", whole[:at] + MARKER + whole[end:])
    for target in ("typed", "answer", "call", "noemie"):
        files = sorted((CORPUS / target).iterdir())
        if target == "call":
            files = [CORPUS / "call" / name for name in ("deposit", "report", "plan_job")]
        for file in files:
            run = re.search(rb"[A-Za-z0-9]{6,}(?![^\0]{0,40}ZQ7X)", file.read_bytes()[40:])
            if file.suffix == "" and run and not file.name.startswith("found-"):
                at = run.start() + 40
                whole = file.read_bytes()
                put(target, file.name + ".marked", whole[:at] + MARKER + whole[at + 4:])
    file = CORPUS / "noemie/acknowledgement"
    if file.exists():
        put("arl", "acknowledgement", file.read_bytes())


for make in (records, keys, seals, vaults, key_files, toml, small, derived):
    make()
