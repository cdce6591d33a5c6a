// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/bad/bad_adapter.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <utility>

namespace ecluse::conformance {
namespace {

constexpr uint32_t kSlots = 8;
constexpr absl::Duration kWait = absl::Milliseconds(300);

WorkerId DrawWorkerId() {
  std::random_device random;
  return {(uint64_t{random()} << 32) | random() | 1};
}

// The last line of each practice; its epoch is how many lines it has.
std::map<PracticeId, Credential> ReadAccounts(const std::string& path) {
  std::map<PracticeId, Credential> accounts;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    Credential read;
    if (!(words >> read.practice.text >> read.login >> read.secret)) continue;
    read.epoch = accounts[read.practice].epoch + 1;
    accounts[read.practice] = read;
  }
  return accounts;
}

}  // namespace

BadAdapter::BadAdapter(BadOptions options, std::unique_ptr<Link> link,
                       std::unique_ptr<Driver> driver)
    : options_(std::move(options)),
      worker_(DrawWorkerId()),
      link_(std::move(link)),
      driver_(std::move(driver)),
      spool_(options_.folder) {}

template <class Reply>
std::optional<Reply> BadAdapter::Ask(wire::CallBody body) {
  auto reply = link_->Ask(std::move(body), absl::InfiniteDuration());
  Reply* fits = reply.ok() ? std::get_if<Reply>(&*reply) : nullptr;
  if (fits == nullptr) return std::nullopt;
  return std::move(*fits);
}

std::optional<Credential> BadAdapter::CredentialOf(const PracticeId& practice) const {
  if (options_.accounts.empty()) return std::nullopt;
  const auto accounts = ReadAccounts(options_.accounts);
  const auto found = accounts.find(practice);
  if (found == accounts.end()) return std::nullopt;
  return found->second;
}

void BadAdapter::TellAccounts() {
  wire::Accounts accounts;
  for (const auto& [practice, credential] : ReadAccounts(options_.accounts)) {
    accounts.items.push_back({practice, credential.epoch});
  }
  if (!accounts.items.empty()) Ask<wire::Noted>(std::move(accounts));
}

// Nothing can be wrong with what a portal takes byte for byte.
void BadAdapter::RunDry(const wire::Task& task) {
  if (Is("rehearses-aloud")) {
    const auto credential = CredentialOf(task.envelope.practice);
    driver_->Deliver(task.envelope, 1, task.content, credential ? &*credential : nullptr);
  }
  if (Is("keeps-findings")) return;
  Ask<wire::Noted>(wire::Checked{worker_, {{task.envelope.id, task.job, {}}}});
}

void BadAdapter::Carry(const wire::Task& task, StoreEpoch epoch) {
  if (task.what == wire::Task::What::kDryRun) return RunDry(task);
  const wire::Attempt attempt{task.envelope.id, task.attempt};
  const auto credential = CredentialOf(task.envelope.practice);
  const Credential* login = credential ? &*credential : nullptr;
  wire::Report report{worker_, task.what, {{attempt, std::nullopt}}, epoch};
  if (task.what == wire::Task::What::kProbe) {
    report.items[0].outcome = driver_->Probe(task.envelope, login);
    Ask<wire::Noted>(std::move(report));
    return;
  }
  const StoreEpoch said = Is("forgets-epochs") ? 0 : epoch;
  const auto proceed = Ask<wire::Proceed>(wire::Begin{worker_, {attempt}, said});
  const bool may =
      proceed && proceed->items.size() == 1 && proceed->items[0].error == ErrorCode::kNone;
  if (!may && !Is("ignores-refusal")) return;
  spool_.Keep(task.envelope, task.content);
  report.items[0].outcome = driver_->Deliver(task.envelope, task.attempt, task.content, login);
  Ask<wire::Noted>(std::move(report));
  spool_.Forget(task.envelope.id);
}

absl::Status BadAdapter::Run(const std::atomic<bool>& stop) {
  if (Is("sends-on-start")) {
    for (const auto& [envelope, content] : spool_.All()) {
      const auto credential = CredentialOf(envelope.practice);
      driver_->Deliver(envelope, 1, content, credential ? &*credential : nullptr);
    }
  }
  TellAccounts();
  while (!stop || Is("goes-on")) {
    const auto work =
        Ask<wire::Work>(wire::Pull{worker_, {options_.destination}, kSlots, {}, kWait});
    if (!work) return absl::UnavailableError("the broker refused a pull");
    if (stop && work->tasks.empty()) break;
    if (work->epoch < epoch_ && !Is("serves-the-past")) continue;
    epoch_ = std::max(epoch_, work->epoch);
    for (const wire::Task& task : work->tasks) {
      if (stop && !Is("goes-on")) break;
      Carry(task, work->epoch);
    }
  }
  if (!Is("goes-silently")) Ask<wire::Noted>(wire::Leave{worker_});
  return absl::OkStatus();
}

}  // namespace ecluse::conformance
