#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Programs and scripts that measure: what is typed wrongly is not played, and no folder is emptied.

Usage: measuring_programs_test.py BUILD
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

BUILD = sys.argv.pop()
ROOT = pathlib.Path(__file__).resolve().parents[2]
ECLUSED = ["--eclused", f"{BUILD}/broker/runtime/eclused"]
PEERS = [f"{BUILD}/tests/peers/ecluse-peers", *ECLUSED, "--folder"]
BENCH = [f"{BUILD}/tests/bench/ecluse-bench", *ECLUSED, "--folder"]
TURNS = [f"{BUILD}/tests/bench/ecluse-turns", "--folder"]
STORE_COST = [f"{BUILD}/tests/bench/ecluse-store-cost", "--folder"]
SOAK = [f"{BUILD}/tests/soak/ecluse-soak", "--folder"]
CRASH = [f"{BUILD}/tests/crash/ecluse-crash"]


def run(words, **environment):
    """Ends by itself within three minutes, or there is something wrong."""
    return subprocess.run(words, cwd=ROOT, env={**os.environ, **environment}, capture_output=True,
                          text=True, timeout=180, check=False)


class MeasuringPrograms(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def refused(self, words, **environment):
        with self.subTest(words=words, **environment):
            ended = run(words, **environment)
            self.assertEqual(ended.returncode, 2, ended.stdout + ended.stderr)
            self.assertNotEqual(ended.stderr, "")
            self.assertNotIn("unbound variable", ended.stderr)

    def test_words_that_make_no_sense_are_refused(self):
        here = self.folder.name
        for words in ["--requests abc", "--requests 0", "--requests -5", "--requests 12a",
                      "--requests", "--waiting 0", "--days 0", "--caught", "--what"]:
            self.refused([*SOAK, here, *words.split()])
        for words in ["--practices 0", "--practices x", "--deposits 0", "--kills -1",
                      "--practices 2 --hostile 5", "--practices 2 --hostile 2"]:
            self.refused([*PEERS, here, *words.split()])
        for words in ["--requests 0", "--requests x", "--what 1"]:
            self.refused([*TURNS, here, *words.split()])
            self.refused([*STORE_COST, here, *words.split()])
        self.refused([*BENCH, here, "--only", "slow"])
        for words in ["--kills 0", "--kills x", "--must nothing", "--lie nothing"]:
            self.refused([*CRASH, *words.split()])
        self.assertEqual(os.listdir(here), [])

    def test_words_of_scripts_are_refused_before_anything_is_built(self):
        for words in ["peers/run --practices", "peers/run --seeds 0", "fuzz/run --seconds",
                      "fuzz/run --seconds 0", "soak/run --seed 2", "crash/run --kills",
                      "bench/instructions turns x", "nightly --what"]:
            self.refused([f"{ROOT}/tests/{words.split()[0]}", *words.split()[1:]])
        self.refused([f"{ROOT}/tests/nightly", "--list-of-nothing"], ECLUSE_SEEDS="0")

    def test_seeds_that_are_no_number_are_refused(self):
        for said in ["x", "0", "", "-1"]:
            self.refused([f"{BUILD}/tests/peers/peers_hostile_test", "--gtest_filter=*Bent*"],
                         ECLUSE_PEERS_SEEDS=said)
            self.refused([f"{BUILD}/tests/peers/peers_line_test", "--gtest_filter=BadLine*"],
                         ECLUSE_PEERS_FIRST=said)
            self.refused([f"{BUILD}/tests/store/store_sick_disk_test"], ECLUSE_ORDEALS=said)

    def test_help_is_no_error(self):
        scripts = ["peers/run", "fuzz/run", "soak/run", "crash/run", "bench/run", "nightly"]
        for program in [f"{ROOT}/tests/{script}" for script in scripts] + [SOAK[0], PEERS[0]]:
            with self.subTest(program=program):
                ended = run([program, "--help"])
                self.assertEqual(ended.returncode, 0, ended.stderr)
                self.assertNotEqual(ended.stdout, "")

    def test_what_lies_in_the_folder_stays(self):
        here = pathlib.Path(self.folder.name)
        (here / "thesis").write_text("ten years")
        (here / "store").mkdir()
        few = ["--requests", "64"]
        for words in [[*TURNS, here, *few], [*STORE_COST, here, *few],
                      [*SOAK, here, *few, "--practices", "5", "--days", "1"],
                      [*BENCH, here, "--quick", "--only", "ceiling"],
                      [*PEERS, here, *"--practices 2 --deposits 1 --kills 0".split()]]:
            with self.subTest(words=words):
                ended = run(words)
                self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
                self.assertEqual(sorted(os.listdir(here)), ["store", "thesis"])

    def test_what_a_failed_build_says_is_shown(self):
        script = pathlib.Path(self.folder.name) / "script"
        script.write_text(f"""source {ROOT}/tests/support/script.sh
            compile() {{ echo "a.cc:1: error: no such thing"; false; }}
            quietly {self.folder.name}/log compile
            echo played""")
        ended = run(["bash", "-eu", script])
        self.assertEqual(ended.returncode, 2)
        self.assertIn("no such thing", ended.stderr)
        self.assertNotIn("played", ended.stdout)


if __name__ == "__main__":
    unittest.main()
