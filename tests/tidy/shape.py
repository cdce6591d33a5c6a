# SPDX-License-Identifier: Apache-2.0
"""Lengths, first lines, and files that nobody builds or runs."""

import re

MOST_LINES = 400
MOST_FUNCTION_LINES = 70
MOST_COLUMNS = 100
SPDX = "SPDX-License-Identifier: Apache-2.0"

# Files that are longer, each with its reason.
LONGER = {}


def _counted(file):
    return file.is_code or file.is_script or file.is_cmake or file.name.endswith(".proto")


def file_length(tree):
    for file in tree:
        most, _ = LONGER.get(file.path, (MOST_LINES, ""))
        # A schema is one page of the language, as PROTOCOL.md is.
        if _counted(file) and not file.name.endswith(".proto") and len(file.lines) > most:
            yield file.path, len(file.lines), f"{len(file.lines)} lines, at most {most}"


def line_length(tree):
    for file in tree:
        for number, line in enumerate(file.lines, 1):
            if _counted(file) and len(line) > MOST_COLUMNS:
                yield file.path, number, f"{len(line)} columns, at most {MOST_COLUMNS}"


def spdx_line(tree):
    for file in tree:
        if not _counted(file):
            continue
        first = file.lines[:2] if file.text.startswith("#!") else file.lines[:1]
        if not any(SPDX in line for line in first):
            yield file.path, 1, f"the first line is not `{SPDX}`"


def pragma_once(tree):
    for file in tree.code():
        if file.is_header and "#pragma once" not in file.lines:
            yield file.path, 1, "a header without #pragma once"


def _functions(code):
    """(first line, lines) of every function body: an approximation that knows braces only.

    A brace opens a function when what precedes it ends like a parameter list, outside any other
    function. Lambdas count as lines of the function around them.
    """
    depth, function_depth, started = 0, None, 0
    statement, line = "", 1
    for char in code:
        if char == "\n":
            line += 1
        if char == "{":
            opens = re.search(
                r"\)\s*(?:const|noexcept|override|final|&{1,2}|->[^;{}]*|:[^;{}]*|\s)*$", statement
            )
            if function_depth is None and opens and not re.search(r"\bnamespace\b", statement):
                function_depth, started = depth, line
            depth += 1
            statement = ""
        elif char == "}":
            depth -= 1
            if function_depth is not None and depth == function_depth:
                yield started, line - started + 1
                function_depth = None
            statement = ""
        elif char == ";":
            statement = ""
        else:
            statement += char


def function_length(tree):
    for file in tree.code():
        for start, lines in _functions(re.sub(r"(?m)^\s*#.*$", "", file.code)):
            if lines > MOST_FUNCTION_LINES:
                text = f"a function of {lines} lines, at most {MOST_FUNCTION_LINES}"
                yield file.path, start, text


def _listings(tree, path):
    """The CMakeLists.txt that may list `path`, each with the name that it would use."""
    folder, _, rest = path.rpartition("/")
    while True:
        listing = tree.files.get((folder + "/" if folder else "") + "CMakeLists.txt")
        if listing:
            yield re.sub(r"#.*", "", listing.text), rest
        if not folder:
            return
        folder, _, last = folder.rpartition("/")
        rest = last + "/" + rest


def unlisted_source(tree):
    for file in tree:
        is_test_script = file.path.startswith("tests/") and re.search(
            r"(^test_\w+|_test)\.py$", file.name
        )
        if not (file.name.endswith(".cc") or is_test_script):
            continue
        # Linked in by being there: adapters/operators/CMakeLists.txt.
        if re.fullmatch(r"adapters/operators/[^/]+/quirks\.cc", file.path):
            continue
        listed = any(
            re.search(r"(?<![\w./-])(?:\$\{\w+\}/)?" + re.escape(name) + r"(?![\w-])", text)
            for text, name in _listings(tree, file.path)
        )
        if not listed:
            yield file.path, 1, "no CMakeLists.txt lists it"


def unwired_folder(tree):
    """A folder of tests that no parent adds is never run."""
    for file in tree:
        folder = file.path.rpartition("/")[0]
        if not file.is_cmake or not folder:
            continue
        above, _, last = folder.rpartition("/")
        parents = [above + "/CMakeLists.txt" if above else "CMakeLists.txt", "CMakeLists.txt"]
        wired = any(
            re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", tree.files[p].text)
            for p in parents
            if p in tree.files
            for word in (last, folder)
        )
        if not wired:
            yield file.path, 1, "no CMakeLists.txt above adds this folder"


RULES = [file_length, line_length, spdx_line, pragma_once, function_length, unlisted_source,
         unwired_folder]
