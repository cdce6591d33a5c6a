// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/command_line.h"

// eclused, the broker. Exit codes: 0 stopped when asked, 2 could not start, 3 a commit failed and
// the store could not be opened again, 4 the store is damaged.
int main(int argc, char** argv) { return ecluse::RunCommandLine(argc, argv); }
