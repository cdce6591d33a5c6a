// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "adapters/worker.h"

namespace ecluse {

// How an adapter runs as a program: logs to stderr, tells systemd that it is ready and turns, and
// stops on SIGINT or SIGTERM after what has begun is reported. A second signal ends it at once,
// which costs no more than a crash does: what was begun is doubt.
//
// Before threads and sockets exist: says where the log goes and whose it is, and keeps the signals
// for RunAdapter().
void PrepareAdapter(const std::string& name);

// Carries until it is stopped; then ends the process: 0, 1 where some outcomes were not noted in
// time, 2 where the options are wrong. `carrying`: one line for the log when it is ready.
[[noreturn]] void RunAdapter(WorkerOptions options, Handler& handler, const std::string& carrying);

}  // namespace ecluse
