// SPDX-License-Identifier: Apache-2.0
// ecluse-operator: the simulated operator as a program, and what a script needs around it.
#include <fmt/format.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>

#include "tests/support/operator/certificates.h"
#include "tests/support/operator/control.h"
#include "tests/support/operator/operator.h"
#include "tests/support/operator/schedule.h"

namespace {

int Fail(const absl::Status& status) {
  fmt::print(stderr, "ecluse-operator: {}\n", std::string(status.message()));
  return 1;
}

int Count(const std::string& path) {
  const auto witness = ecluse::ReadLedger(path);
  if (!witness.ok()) return Fail(witness.status());
  fmt::print("accepted={} keys={} duplicated={} most-at-once={} most-per-second={}\n",
             witness->accepted.size(), witness->keys(), witness->duplicated(),
             witness->MostAtOnce(), witness->MostInOneSecond());
  return witness->duplicated() == 0 ? 0 : 1;
}

int TellIt(int port, const std::string& line) {
  const auto answer = ecluse::Tell(port, line);
  if (!answer.ok()) return Fail(answer.status());
  fmt::print("{}\n", *answer);
  return answer->starts_with("ok") ? 0 : 1;
}

// Says each line at its time, from a thread of its own, until all are said or the program ends.
class Play {
 public:
  Play(std::vector<ecluse::simulated::Cue> cues, ecluse::SimulatedOperator& simulated)
      : thread_([this, all = std::move(cues), &simulated] { Run(all, simulated); }) {}
  ~Play() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

 private:
  void Run(const std::vector<ecluse::simulated::Cue>& cues, ecluse::SimulatedOperator& simulated) {
    const auto start = std::chrono::steady_clock::now();
    for (const auto& cue : cues) {
      std::unique_lock lock(mutex_);
      const auto at = start + absl::ToChronoNanoseconds(cue.after);
      if (changed_.wait_until(lock, at, [this] { return ending_; })) return;
      lock.unlock();
      fmt::print(stderr, "{}: {}\n", cue.line, simulated.Command(cue.line));
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false;
  std::thread thread_;
};

// Signals are waited for, so that the ledger and the threads end in order.
int Run(ecluse::OperatorOptions options, int control_port, const std::string& closed,
        const std::string& schedule) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  absl::StatusOr<std::vector<ecluse::simulated::Cue>> cues;
  if (!schedule.empty()) cues = ecluse::simulated::ReadSchedule(schedule);
  if (!schedule.empty() && !cues.ok()) return Fail(cues.status());
  if (schedule.empty()) cues = std::vector<ecluse::simulated::Cue>();
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
  const Play play(*std::move(cues), **simulated);
  int signal_number = 0;
  sigwait(&ends, &signal_number);
  return 0;
}

// What is said on the command line beside the profile.
struct Business {
  std::string profile;
  std::vector<std::string> services;  // without a profile, or more than it has
  std::string accounts;
  std::string shares;
  uint64_t decide_ms = 3000;
  bool bills_need_grant = false;
  bool no_login = false;
};

absl::Status Read(const Business& business, ecluse::simulated::DeskOptions& desk) {
  if (!business.profile.empty()) {
    const auto profile = ecluse::profile::ReadProfile(business.profile);
    if (!profile.ok()) return profile.status();
    for (const auto& service : profile->services) {
      desk.services.push_back(ecluse::simulated::OptionsFrom(service));
    }
  }
  for (const std::string& name : business.services) {
    desk.services.push_back({});
    desk.services.back().name = name;
  }
  for (auto& service : desk.services) {
    service.bills_need_grant |= business.bills_need_grant;
    if (business.no_login) service.needs_login = false;
  }
  if (!business.accounts.empty()) {
    auto accounts = ecluse::simulated::ReadAccounts(business.accounts);
    if (!accounts.ok()) return accounts.status();
    desk.accounts = *std::move(accounts);
  }
  const auto shares = ecluse::simulated::ParseShares(business.shares);
  if (!shares.ok()) return shares.status();
  desk.shares = *shares;
  desk.decide_after = absl::Milliseconds(business.decide_ms);
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("A simulated operator, for tests and for the quickstart");
  ecluse::OperatorOptions options;
  Business business;
  bool open_tls = false;
  int control_port = 0;
  int tell_port = 0;
  std::string faults, closed, schedule, certificates, count, line;
  app.add_option("--port", options.tls.port, "HTTPS port on loopback; 0: any");
  app.add_option("--control-port", control_port, "control port on loopback; 0: any");
  app.add_option("--ca", options.tls.ca, "authority that signs client certificates");
  app.add_option("--cert", options.tls.certificate);
  app.add_option("--key", options.tls.key);
  app.add_option("--ledger", options.ledger, "file of everything accepted; only appended to");
  app.add_option("--seed", options.seed);
  app.add_option("--faults", faults, "in a hundred: error=5,drop-after=10,late=10,late-ms=3000");
  app.add_option("--closed", closed, "start closed: refuse, \"busy SECONDS\" or page");
  app.add_option("--schedule", schedule, "file of \"SECONDS COMMAND\": a play of an opening");
  app.add_flag("--deduplicate", options.deduplicate, "answer 409 to a key that is known");
  app.add_flag("--deduplicate-content", options.desk.deduplicate_content,
               "answer 409 to a content that the practice has sent already");
  app.add_option("--profile", business.profile, "profile.toml: its services and their words");
  app.add_option("--service", business.services, "a service without a profile");
  app.add_option("--accounts", business.accounts, "file of \"PRACTICE LOGIN SECRET\"");
  app.add_flag("--no-login", business.no_login, "nobody needs to log in");
  app.add_option("--wrong-logins", options.desk.wrong_logins, "so many lock an account");
  app.add_option("--shares", business.shares, "in a hundred: refused=10,pending=20,unusable=1");
  app.add_option("--decide-ms", business.decide_ms, "how long a pending request waits");
  app.add_flag("--bills-need-grant", business.bills_need_grant, "refuse a bill without a grant");
  app.add_flag("--no-client-certificates", open_tls, "let in who has no certificate");
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
  options.tls.client_certificates = !open_tls;
  const auto status = Read(business, options.desk);
  if (!status.ok()) return Fail(status);
  return Run(std::move(options), control_port, closed, schedule);
}
