// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/run.h"

int main(int argc, char** argv) { return ecluse::sim::Run(argc, argv); }
