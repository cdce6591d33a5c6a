# SPDX-License-Identifier: Apache-2.0
"""The tree as the rules see it: files, their lines, and their code without comments and strings."""

import functools
import os
import re

SKIPPED_FOLDERS = {"build", ".git", ".cache", "__pycache__"}
CODE = (".h", ".cc")
SCRIPTS = (".py", ".sh")

# Comments, strings and characters, in the order in which C++ reads them.
_TOKENS = re.compile(
    r"//[^\n]*|/\*.*?\*/"
    r'|R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'",
    re.DOTALL,
)


class File:
    """One text file; `path` is relative to the root, with slashes."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        if self.lines and self.lines[-1] == "":
            self.lines.pop()

    @property
    def name(self):
        return self.path.rsplit("/", 1)[-1]

    @property
    def is_code(self):
        return self.name.endswith(CODE)

    @property
    def is_header(self):
        return self.name.endswith(".h")

    @property
    def is_script(self):
        return self.name.endswith(SCRIPTS) or self.text.startswith("#!")

    @property
    def is_cmake(self):
        return self.name == "CMakeLists.txt"

    @functools.cached_property
    def code(self):
        """The text with comments and strings blanked; every line keeps its number."""

        def blank(match):
            token = match.group(0)
            kept = '""' if token[0] in 'R"' else "0" if token[0] == "'" else ""
            return kept + "\n" * token.count("\n")

        return _TOKENS.sub(blank, self.text)

    @functools.cached_property
    def comments(self):
        """(line number, text) of every comment."""
        found = []
        for match in _TOKENS.finditer(self.text):
            if match.group(0).startswith("/"):
                first = self.text.count("\n", 0, match.start()) + 1
                for offset, line in enumerate(match.group(0).split("\n")):
                    found.append((first + offset, line))
        return found

    def includes(self):
        """(line number, included name, quoted?) of every include line."""
        for number, line in enumerate(self.lines, 1):
            match = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
            if match:
                yield number, match.group(2), match.group(1) == '"'


class Tree:
    def __init__(self, root):
        self.root = os.path.realpath(root)
        self.files = {}
        self.folders = []
        for folder, subfolders, names in os.walk(self.root):
            subfolders[:] = sorted(s for s in subfolders if s not in SKIPPED_FOLDERS)
            relative = os.path.relpath(folder, self.root)
            if relative != ".":
                self.folders.append(relative.replace(os.sep, "/"))
            for name in sorted(names):
                self._read(os.path.join(folder, name))

    def _read(self, full):
        path = os.path.relpath(full, self.root).replace(os.sep, "/")
        if os.path.islink(full) or not os.path.isfile(full):
            return
        with open(full, "rb") as stream:
            data = stream.read(2 << 20)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return  # Golden and corpus files: bytes, not text.
        if "\0" not in text:
            self.files[path] = File(path, text)

    def __iter__(self):
        return iter(self.files.values())

    def code(self):
        return [f for f in self if f.is_code]
