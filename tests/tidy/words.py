# SPDX-License-Identifier: Apache-2.0
"""One word per thing, no promises for later, nothing of the machine it was written on."""

import os
import re

LATER = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]
KEYWORDS = {"INVARIANT", "REQUIRES", "LAW", "NOLINT", *LATER}
# A term of the machine's own, not ours: systemd is one.
FOREIGN = {"ServiceManager"}
DRAWERS = {"utils", "util", "common", "helpers", "misc", "impl", "base", "interfaces", "include"}
# Declared types: the design has another word for each of these.
SYNONYMS = {
    "Manager": "name what it does",
    "Helper": "name what it does",
    "Util": "name what it does",
    "Utils": "name what it does",
    "Payer": "Operator",
    "Insurer": "Operator",
    "Provider": "Practice",
    "Pharmacy": "Practice",
    "Shop": "Practice",
    "Ticket": "Receipt",
    "Dossier": "Case",
}
# Top folders that every machine has, so a path below them says nothing.
COMMON_PLACES = {"", "tmp", "var", "usr", "etc", "opt", "srv", "run", "dev"}
TEXTS = (".h", ".cc", ".py", ".sh", ".md", ".txt", ".toml", ".json", ".proto", ".service", ".conf",
         ".yml", ".yaml")


def _all_texts(tree):
    return [f for f in tree if f.name.endswith(TEXTS) or f.is_script]


def no_later(tree):
    pattern = re.compile(r"\b(?:" + "|".join(LATER) + r")\b")
    for file in _all_texts(tree):
        for number, line in enumerate(file.lines, 1):
            if file.path.startswith("tests/tidy/"):
                continue
            if pattern.search(line):
                yield file.path, number, "write an issue, or do it now"


def comment_keyword(tree):
    for file in tree.code():
        for number, text in file.comments:
            if re.search(r"[@\\](?:param|brief|return|returns|file|author)\b", text):
                yield file.path, number, "a comment for a documentation tool"
            match = re.match(r"[/*\s]*([A-Z]{3,}):\s", text)
            if match and match.group(1) not in KEYWORDS:
                yield file.path, number, f"{match.group(1)}: is not one of INVARIANT: and REQUIRES:"


def drawer_name(tree):
    for folder in tree.folders:
        if folder.rsplit("/", 1)[-1] in DRAWERS:
            yield folder, 1, "a drawer, not a part: give things to their users"
    for file in tree.code():
        if file.name.rsplit(".", 1)[0] in DRAWERS:
            yield file.path, 1, "a drawer, not a part: give things to their users"


def one_word(tree):
    declared = re.compile(r"\b(?:class|struct|enum class|enum)\s+(\w+)\s*(?:final\s*)?[:{]")
    for file in tree.code():
        for match in declared.finditer(file.code):
            line = file.code.count("\n", 0, match.start()) + 1
            name = match.group(1)
            if re.match(r"I[A-Z][a-z]", name) or name.endswith("Impl"):
                yield file.path, line, f"{name}: no I in front, no Impl behind"
            if name in FOREIGN:
                continue
            for part in re.findall(r"[A-Z][a-z]+", name):
                if part in SYNONYMS:
                    yield file.path, line, f"{name}: the word here is: {SYNONYMS[part]}"


def machine_path(tree):
    """A path of the machine that wrote it: homes, and the folder that holds this very tree."""
    banned = [r"/ho" + r"me/[a-z]", r"/Us" + r"ers/[A-Za-z]", r"/ro" + r"ot/"]
    above = os.path.dirname(tree.root)
    for place in (tree.root, above):
        if place.split("/")[1] not in COMMON_PLACES:
            banned.append(re.escape(place) + r"(?:/|\b)")
    pattern = re.compile(r"(?<![\w.$}])(?:" + "|".join(banned) + ")|\\.\\./sha" + "red\\b")
    for file in tree:
        for number, line in enumerate(file.lines, 1):
            if pattern.search(line):
                yield file.path, number, "a path that only one machine has"


RULES = [no_later, comment_keyword, drawer_name, one_word, machine_path]
