# SPDX-License-Identifier: Apache-2.0
"""What decides has no clock, chance, thread or disk; logs tell nothing of patients."""

import re

CLOCKS = r"std::chrono::\w+_clock|\w+_clock::now|absl::Now\b|\bclock_gettime\b|\bgettimeofday\b" \
         r"|(?<![\w.:>])(?:std::|::)?time\s*\(\s*(?:0|NULL|nullptr|&)|\bstd::time\b"
CHANCE = r"(?<![\w.:>])s?rand(?:om)?\s*\(|\brandom_device\b|\babsl::BitGen\b|\brandombytes_\w+"
SHELL = r"\bstd::(?:thread|jthread|mutex|condition_variable|async|atomic)\b|\bspdlog::" \
        r"|\bstd::(?:cout|cerr|ifstream|ofstream|fstream)\b|\bf?printf\s*\(" \
        r"|\bgetenv\s*\(|\bsleep\w*\s*\("

# Folders (and files that need an exception, with its reason) and what is banned there.
PURE = [
    ("broker/core/", [CLOCKS, CHANCE, SHELL]),
    ("proto/", [CLOCKS, CHANCE, SHELL]),
    ("store/", [CLOCKS]),
]
# Reads our TOML files, for the broker and the adapters alike; the one place in proto/ that does.
READS_FILES = "proto/sections.cc"
# Sealing needs nonces and keys, so chance is banned in the store's pure parts only.
STORE_PURE = r"store/(store|key|record|codec|format|index|journal)[a-z_]*\.(h|cc)"

# A log line names requests by number only.
PRIVATE = r"\b(reference|references|content|contents|body|note|nir|birth\w*|patient\w*|secret\w*" \
          r"|finess|surname|first_name)\b"


def _matches(file, pattern):
    for match in re.finditer(pattern, file.code):
        yield file.code.count("\n", 0, match.start()) + 1, match.group(0)


def pure_rule(tree):
    for file in tree.code():
        for folder, banned in PURE:
            if file.path.startswith(folder) and file.path != READS_FILES:
                for pattern in banned:
                    for line, text in _matches(file, pattern):
                        yield file.path, line, f"{text.strip('( ')} has no place in {folder}"
        if re.fullmatch(STORE_PURE, file.path):
            for line, text in _matches(file, CHANCE):
                yield file.path, line, f"{text.strip('( ')} has no place in the store's pure parts"


def private_log(tree):
    """A log call may not be given a value that can name a patient. Its fixed words may say so."""
    call = r"\b(?:spdlog::(?:trace|debug|info|warn|error|critical|log)|log->\w+|logger->\w+)\s*\("
    for file in tree.code():
        if file.path.startswith("tests/"):
            continue
        for match in re.finditer(call, file.code):
            end = file.code.find(";", match.start())
            told = file.code[match.start() : end if end > 0 else len(file.code)]
            private = re.search(PRIVATE, told)
            if private:
                line = file.code.count("\n", 0, match.start()) + 1
                yield file.path, line, f"a log line may not carry `{private.group(0)}`"


RULES = [pure_rule, private_log]
