#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every rule notices a fault that is planted for it in a little clean tree, and only that one."""

import os
import tempfile
import unittest

import tidy

SPDX = "// SPDX-License-Identifier: Apache-2.0\n"
HASH = SPDX.replace("//", "#")
HEADER = SPDX + "#pragma once\n"

CLEAN = {
    "CMakeLists.txt": HASH + "add_subdirectory(proto)\nadd_subdirectory(store)\n"
    "add_subdirectory(broker)\nadd_subdirectory(adapters)\nadd_subdirectory(tests)\n",
    "proto/CMakeLists.txt": HASH + "add_library(p names.cc)\n",
    "proto/names.h": HEADER + "// Names.\n",
    "proto/names.cc": SPDX + '#include "proto/names.h"\n\nint One() { return 1; }\n',
    "store/CMakeLists.txt": HASH + "add_library(s rocks.cc)\n",
    "store/store.h": HEADER + '#include "proto/names.h"\n',
    "store/rocks.cc": SPDX + '#include <rocksdb/db.h>\n\n#include "store/store.h"\n',
    "broker/CMakeLists.txt": HASH + "add_library(b core/gate.cc)\n",
    "broker/core/gate.h": HEADER + '#include "store/store.h"\n',
    "broker/core/gate.cc": SPDX + '#include "broker/core/gate.h"\n// std::thread is only named.\n',
    "adapters/CMakeLists.txt": HASH + "add_library(a link.cc)\n",
    "adapters/link.h": HEADER,
    "adapters/link.cc": SPDX + '#include "adapters/link.h"\n\n#include <zmq.hpp>\n',
    "tests/CMakeLists.txt": HASH + "add_executable(t gate_test.cc)\n",
    "tests/gate_test.cc": SPDX + '#include "broker/core/gate.h"\n',
}


def function_of(lines):
    return "int Long(int a) {\n" + "  ++a;\n" * (lines - 2) + "}\n"


# rule -> planted files: a whole file, or (after "+") what is added to a clean one.
FAULTS = {
    "include-rule": [
        {"proto/names.h": '+#include "store/store.h"\n'},
        {"store/store.h": '+#include "broker/core/gate.h"\n'},
        {"adapters/link.h": '+#include "broker/core/gate.h"\n'},
        {"broker/core/gate.h": '+#include "tests/fake.h"\n', "tests/fake.h": HEADER},
        {"broker/core/gate.cc": '+#include "store/rocks.h"\n', "store/rocks.h": HEADER},
    ],
    "include-path": [{"broker/core/gate.cc": '+#include "gate.h"\n'}],
    "library-rule": [
        {"store/store.h": "+#include <rocksdb/db.h>\n"},
        {"broker/core/gate.cc": "+#include <zmq.hpp>\n"},
        {"broker/core/gate.cc": '+#include "proto/ecluse.pb.h"\n'},
        {"adapters/link.h": "+#include <spdlog/spdlog.h>\n"},
        {"broker/core/gate.cc": "+#include <spdlog/spdlog.h>\n"},
        {"adapters/link.cc": "+#include <gmime/gmime.h>\n"},
        {"tests/gate_test.cc": "+#include <sqlite3.h>\n"},
        {"broker/ctl/json.h": HEADER + "#include <nlohmann/json.hpp>\n"},
        {"broker/core/gate.h": "+#include <nlohmann/json_fwd.hpp>\n"},
        {"store/rocks.cc": "+#include <zlib.h>\n"},
        {"adapters/link.cc": "+#include <openssl/evp.h>\n"},
    ],
    "pure-rule": [
        {"broker/core/gate.cc": "+auto t = std::chrono::steady_clock::now();\n"},
        {"broker/core/gate.cc": "+absl::Time t = absl::Now();\n"},
        {"broker/core/gate.cc": "+long t = time(nullptr);\n"},
        {"broker/core/gate.cc": "+int r = rand();\n"},
        {"broker/core/gate.cc": "+std::random_device device;\n"},
        {"broker/core/gate.cc": "+std::mutex mutex;\n"},
        {"proto/names.cc": "+absl::Time t = absl::Now();\n"},
        {"store/rocks.cc": "+absl::Time t = absl::Now();\n"},
    ],
    "private-log": [
        {"adapters/link.cc": '+void F() {\n  spdlog::info("{}", envelope.reference);\n}\n'},
        {"adapters/link.cc": '+void F() {\n  spdlog::warn("{} {}", id,\n    p.nir);\n}\n'},
        {"adapters/link.cc": '+void F() { spdlog::error("x {}", task.content); }\n'},
    ],
    "file-length": [{"broker/core/gate.cc": "+" + "int a;\n" * 400}],
    "function-length": [
        {"broker/core/gate.cc": "+" + function_of(71)},
        {"broker/core/gate.cc": "+namespace n {\n" + function_of(71) + "}\n"},
        {"broker/core/gate.cc": "+struct S {\n" + function_of(80) + "};\n"},
    ],
    "line-length": [{"proto/names.cc": "+// " + "é" * 98 + "\n"}],
    "spdx-line": [
        {"proto/names.cc": "// Names.\n"},
        {"tests/start": "#!/usr/bin/env bash\necho\n"},
    ],
    "pragma-once": [{"adapters/link.h": SPDX}],
    "unlisted-source": [
        {"proto/lost.cc": SPDX},
        {"tests/lost_test.py": HASH},
        {"proto/CMakeLists.txt": "+# lost.cc\n", "proto/lost.cc": SPDX},
    ],
    "unwired-folder": [{"broker/lost/CMakeLists.txt": HASH}],
    "no-later": [{"proto/names.cc": "+// TO" + "DO: more\n"}],
    "comment-keyword": [
        {"proto/names.cc": "+// @brief Names.\n"},
        {"proto/names.cc": "+// NOTE: names\n"},
    ],
    "drawer-name": [
        {"proto/common/names.h": HEADER},
        {"store/util.h": HEADER},
    ],
    "one-word": [
        {"proto/names.h": "+class GateManager {};\n"},
        {"proto/names.h": "+class IGate {};\n"},
        {"proto/names.h": "+struct GateImpl {};\n"},
        {"proto/names.h": "+struct PayerId {};\n"},
    ],
    "machine-path": [
        {"proto/names.cc": "+// see /ho" + "me/someone/x\n"},
        {"README.md": "see ../sha" + "red/x\n"},
    ],
}


def grow(root, files):
    for path, text in files.items():
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        mode = "w"
        if text.startswith("+"):
            mode, text = "a", text[1:]
        with open(full, mode, encoding="utf-8") as stream:
            stream.write(text)


def violations(*plants):
    with tempfile.TemporaryDirectory() as root:
        for files in plants:
            grow(root, files)
        return tidy.check(root)


class TidyTest(unittest.TestCase):
    def test_a_clean_tree_is_clean(self):
        self.assertEqual(violations(CLEAN), [])

    def test_every_rule_has_a_planted_fault(self):
        self.assertEqual({r.__name__.replace("_", "-") for r in tidy.RULES}, set(FAULTS))

    def test_every_planted_fault_is_noticed_by_its_rule_alone(self):
        for rule, plants in FAULTS.items():
            for plant in plants:
                with self.subTest(rule=rule, plant=sorted(plant)):
                    self.assertEqual({v[2] for v in violations(CLEAN, plant)}, {rule})

    def test_a_function_and_a_line_of_exactly_the_limit_pass(self):
        plant = {"broker/core/gate.cc": "+" + function_of(70) + "// " + "é" * 97 + "\n"}
        self.assertEqual(violations(CLEAN, plant), [])

    def test_words_in_strings_and_comments_are_not_code(self):
        plant = {"broker/core/gate.cc": '+const char* kText = "std::mutex absl::Now()";\n'
                 "// absl::Now() would be a lie here.\nint k = 1'000;\nchar q = '\"';\n"}
        self.assertEqual(violations(CLEAN, plant), [])


if __name__ == "__main__":
    unittest.main()
