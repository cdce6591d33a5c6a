# SPDX-License-Identifier: Apache-2.0
"""Who may include whom, and which library is known to which files."""

import re

# A part, and what it may include beyond itself: folders end with a slash, files don't. The longest
# matching part counts. Tests may include everything; nothing may include tests.
PARTS = {
    "proto/": [],
    "store/": ["proto/"],
    "broker/core/": ["proto/", "store/store.h"],
    "broker/net/": ["proto/", "broker/core/step.h"],
    "broker/runtime/": ["proto/", "store/", "broker/core/", "broker/net/"],
    "broker/ctl/": ["proto/", "adapters/link.h", "store/verify.h", "store/restore.h",
                    "store/master_key.h", "broker/net/keys.h"],
    "adapters/": ["proto/", "broker/net/keys.h"],
    "deploy/": ["proto/", "adapters/", "broker/net/keys.h"],
}

# A library's headers, and the only files that know them.
LIBRARIES = [
    (r"<(rocksdb/.*)>", r"store/[^/]+\.cc|store/rocks[a-z_]*\.h|tests/.*"),
    (r"<(zmq(?:_addon|_utils)?\.h(?:pp)?)>",
     r"broker/net/[a-z_]+\.cc|adapters/(link|socket|connection)[a-z_]*\.cc|tests/.*"),
    (r'["<](\S+\.pb\.h)[">]',
     r"proto/[a-z0-9_/]*\.cc|proto/[a-z_]*pb\.h|store/(record|codec|format)[a-z_]*\.cc"
     r"|adapters/(protocols|operators)/.*\.cc|tests/.*"),
    (r"<(sodium\.h)>",
     r"store/[a-z_]+\.cc|broker/net/[a-z_]+\.cc|broker/ctl/[a-z_]+\.cc|adapters/vault/[a-z_]+\.cc"
     r"|tests/.*"),
    (r"<(zstd\.h)>", r"store/[a-z_]+\.cc|tests/.*"),
    (r"<(curl/.*)>", r"adapters/protocols/.*\.cc|tests/.*"),
    (r"<(systemd/.*)>", r"broker/runtime/.*\.cc|adapters/.*\.cc"),
    # Heavy to compile, so never in a header of ours.
    (r"<(spdlog/.*)>", r"(broker/runtime|broker/net|adapters|store|deploy|tests)/.*\.cc"),
    (r"<(CLI/.*)>", r".*\.cc"),
    (r"<(toml\+\+/.*|toml\.hpp)>", r".*\.cc"),
    (r"<(pugixml\.hpp)>", r"adapters/protocols/exchange/.*|tests/.*"),
    (r"<(gmime/.*)>", r"adapters/protocols/mail/mime\.cc"),
    (r"<(sqlite3\.h)>", r"adapters/protocols/mail/database\.cc"),
    (r"<(zlib\.h)>", r"adapters/protocols/mail/gzip\.cc"),
    (r"<(openssl/.*)>",
     r"adapters/protocols/mail/(cms|message|seal)\.cc|tests/(support|conformance)/.*\.cc"),
    # Its forward declarations are light.
    (r"<(nlohmann/json_fwd\.hpp)>", r"(broker/ctl|tests|adapters|deploy)/.*"),
    (r"<(nlohmann/(?!json_fwd).*)>", r"(broker/ctl|tests|adapters|deploy)/.*\.cc"),
    (r"<(gtest/.*|gmock/.*)>", r"tests/.*"),
]


def part_of(path):
    matching = [p for p in PARTS if path.startswith(p)]
    return max(matching, key=len) if matching else None


def _may_include(part, included):
    if part_of(included) == part:
        return True
    return any(
        included.startswith(a) if a.endswith("/") else included == a for a in PARTS[part]
    )


def include_rule(tree):
    for file in tree.code():
        part = part_of(file.path)
        for number, included, quoted in file.includes():
            if not quoted or part is None or "/" not in included:
                continue  # include_path speaks of the last.
            if included.startswith("tests/") or not _may_include(part, included):
                yield file.path, number, f"{part} may not include {included}"


def include_path(tree):
    for file in tree.code():
        for number, included, quoted in file.includes():
            generated = included.endswith(".pb.h")
            if quoted and not generated and included not in tree.files:
                yield file.path, number, f'"{included}" is not a path from the root'


def library_rule(tree):
    for file in tree.code():
        for number, line in enumerate(file.lines, 1):
            for header, allowed in LIBRARIES:
                match = re.match(r"\s*#\s*include\s*" + header, line)
                if match and not re.fullmatch(allowed, file.path):
                    yield file.path, number, f"{match.group(1)} is not for this file"


RULES = [include_rule, include_path, library_rule]
