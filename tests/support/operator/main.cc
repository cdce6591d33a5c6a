// SPDX-License-Identifier: Apache-2.0
// ecluse-operator: the simulated operator as a program, and what a script needs around it.
#include <fmt/format.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "tests/support/operator/certificates.h"
#include "tests/support/operator/control.h"
#include "tests/support/operator/operator.h"

namespace {

int Fail(const absl::Status& status) {
  fmt::print(stderr, "ecluse-operator: {}\n", std::string(status.message()));
  return 1;
}

int Count(const std::string& path) {
  const auto witness = ecluse::ReadLedger(path);
  if (!witness.ok()) return Fail(witness.status());
  fmt::print("accepted={} keys={} duplicated={}\n", witness->accepted.size(), witness->keys(),
             witness->duplicated());
  return witness->duplicated() == 0 ? 0 : 1;
}

int TellIt(int port, const std::string& line) {
  const auto answer = ecluse::Tell(port, line);
  if (!answer.ok()) return Fail(answer.status());
  fmt::print("{}\n", *answer);
  return answer->starts_with("ok") ? 0 : 1;
}

// Signals are waited for, so that the ledger and the threads end in order.
int Run(ecluse::OperatorOptions options, int control_port, const std::string& closed) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  auto simulated = ecluse::SimulatedOperator::Open(std::move(options));
  if (!simulated.ok()) return Fail(simulated.status());
  if (!closed.empty()) {
    const std::string said = (*simulated)->Command("close " + closed);
    if (!said.starts_with("ok")) return Fail(absl::InvalidArgumentError(said));
  }
  auto control = ecluse::ControlPort::Open(
      control_port, [&](const std::string& line) { return (*simulated)->Command(line); });
  if (!control.ok()) return Fail(control.status());
  fmt::print("operator port={} control={}\n", (*simulated)->port(), (*control)->port());
  std::fflush(stdout);
  int signal_number = 0;
  sigwait(&ends, &signal_number);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("A simulated operator, for tests and for the quickstart");
  ecluse::OperatorOptions options;
  int control_port = 0;
  int tell_port = 0;
  std::string faults, closed, certificates, count, line;
  app.add_option("--port", options.tls.port, "HTTPS port on loopback; 0: any");
  app.add_option("--control-port", control_port, "control port on loopback; 0: any");
  app.add_option("--ca", options.tls.ca, "authority that signs client certificates");
  app.add_option("--cert", options.tls.certificate);
  app.add_option("--key", options.tls.key);
  app.add_option("--ledger", options.ledger, "file of everything accepted; only appended to");
  app.add_option("--seed", options.seed);
  app.add_option("--faults", faults, "in a hundred: error=5,drop-after=10,late=10,late-ms=3000");
  app.add_option("--closed", closed, "start closed: refuse, \"busy SECONDS\" or page");
  app.add_flag("--deduplicate", options.deduplicate, "answer 409 to a key that is known");
  app.add_option("--make-certificates", certificates, "write certificates into this directory");
  app.add_option("--count", count, "count a ledger; exit 1 if anything is in it twice");
  auto* tell = app.add_option("--tell", tell_port, "say a command to a control port");
  app.add_option("command", line, "what to say")->needs(tell);
  CLI11_PARSE(app, argc, argv);
  if (!certificates.empty()) {
    const auto status = ecluse::MakeCertificates(certificates);
    return status.ok() ? 0 : Fail(status);
  }
  if (!count.empty()) return Count(count);
  if (tell_port != 0) return TellIt(tell_port, line);
  if (options.ledger.empty()) return Fail(absl::InvalidArgumentError("--ledger is missing"));
  const auto parsed = ecluse::ParseFaults(faults);
  if (!parsed.ok()) return Fail(parsed.status());
  options.faults = *parsed;
  return Run(std::move(options), control_port, closed);
}
