// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/play.h"

#include <absl/time/clock.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "proto/limits.h"
#include "proto/texts.h"
#include "tests/conformance/lies.h"

namespace ecluse::conformance {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(60);
constexpr absl::Duration kLook = absl::Milliseconds(20);

std::string Sha256(const std::string& bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

}  // namespace

std::string NameOf(RequestId id) { return fmt::format("request {}", id.value); }
std::string NameOf(StateCode state) { return std::string(ecluse::NameOf<StateCode>(state)); }

Play::Play(const Settings& settings, WorldOptions options)
    : settings_(settings), world_(std::make_unique<World>(settings, std::move(options))) {
  NoPlay(world_->Start());
}

void Play::Broken(const std::string& why) {
  if (ok()) ended_ = {Finding::Word::kBroken, why};
}

void Play::Must(bool is_so, const std::string& otherwise) {
  if (!is_so) Broken(otherwise);
}

void Play::NoPlay(const absl::Status& status) {
  if (ok() && !status.ok()) ended_ = {Finding::Word::kNoPlay, std::string(status.message())};
}

Finding Play::End(const std::string& evidence) {
  if (ok()) NoDouble();
  if (ok()) return {Finding::Word::kKept, evidence};
  return *ended_;
}

void Play::Tell(const std::string& line) {
  if (ok()) NoPlay(world_->Tell(line));
}

uint32_t Play::WrongLogins(size_t practice) {
  std::string answer;
  if (ok()) NoPlay(world_->Tell("logins " + world_->practices()[practice].id.text, &answer));
  const size_t at = answer.find("wrong=");
  return at == std::string::npos
             ? 0
             : static_cast<uint32_t>(std::strtoul(answer.c_str() + at + 6, nullptr, 10));
}

void Play::StartAdapter(size_t which) {
  if (!ok()) return;
  NoPlay(world_->StartAdapter(which));
  running_[which] = ok();
}

void Play::StartWarm() {
  StartAdapter();
  std::vector<RequestId> ordinary;
  for (size_t i = 0; i < World::kPractices; ++i) ordinary.push_back(Deposit(i));
  UntilSettled(ordinary);
}

void Play::KillAdapter(size_t which) {
  if (!ok()) return;
  running_[which] = false;
  world_->adapter(which).Kill();
}

int Play::StopAdapter(size_t which) {
  if (!ok()) return 0;
  running_[which] = false;
  programs::Process& adapter = world_->adapter(which);
  adapter.Signal(SIGTERM);
  Until("the adapter ends after SIGTERM", [&] { return !adapter.Alive(); });
  return adapter.ended().value_or(-1);
}

void Play::AdaptersLive() {
  for (size_t i = 0; i < running_.size(); ++i) {
    if (!running_[i] || world_->adapter(i).Alive()) continue;
    Broken(fmt::format("the adapter ended by itself with {}; its last words:\n{}",
                       world_->adapter(i).ended().value_or(-1), world_->adapter(i).LogTail()));
  }
}

void Play::RestartBroker() {
  if (ok()) NoPlay(world_->KillAndRestartBroker());
}

void Play::GiveSecret(const Practice& practice) {
  if (ok()) NoPlay(world_->GiveSecret(practice));
}

Client* Play::ClientOf(size_t practice) {
  if (!ok()) return nullptr;
  auto& client = clients_.at(practice);
  if (client == nullptr) {
    auto made = Client::Connect(world_->PracticeLink(practice));
    NoPlay(made.status());
    if (made.ok()) client = *std::move(made);
  }
  return client.get();
}

programs::Ops* Play::AskOps() {
  if (!ok()) return nullptr;
  if (ops_ == nullptr) {
    auto made = programs::Ops::Connect(world_->OpsLink());
    NoPlay(made.status());
    if (made.ok()) ops_ = std::make_unique<programs::Ops>(*std::move(made));
  }
  return ops_.get();
}

std::string Play::NextContent() {
  const std::string number = fmt::format("{:08}", content_.size() + 1);
  if (!settings_.content.empty()) return Fill(settings_.content, {{"number", number}});
  return "A request of the conformance kit, number " + number + ".\n";
}

RequestId Play::Deposit(size_t practice, std::optional<std::string> content) {
  Client* client = ClientOf(practice);
  if (client == nullptr) return {};
  wire::Deposit::Item item;
  item.destination = settings_.destination;
  item.finess = world_->practices()[practice].finess;
  item.reference = fmt::format("reference-{:08}", content_.size() + 1);
  item.kind = settings_.kind;
  item.format = settings_.format;
  item.content = content ? *std::move(content) : NextContent();
  const std::string deposited = item.content;
  const auto receipt = client->Deposit(std::move(item), kPatience);
  NoPlay(receipt.status());
  if (!receipt.ok()) return {};
  Remember(receipt->number, deposited);
  return receipt->number;
}

void Play::Remember(RequestId id, const std::string& content) {
  content_[id] = content;
  digest_[id] = Sha256(content);
  by_digest_[digest_[id]] = id;
}

wire::Task Play::MakeTask(wire::Task::What what) {
  const Practice& practice = world_->practices().front();
  wire::Task task;
  task.what = what;
  task.content = NextContent();
  task.lease = absl::Seconds(30);
  task.attempt = 1;
  Envelope& envelope = task.envelope;
  envelope.id = {content_.size() + 1};
  if (what == wire::Task::What::kDryRun) {
    task.attempt = 0;
    task.job = {envelope.id.value + 1000};
  }
  envelope.practice = practice.id;
  envelope.finess = practice.finess;
  envelope.destination = settings_.destination;
  envelope.reference = fmt::format("reference-{:08}", envelope.id.value);
  envelope.kind = settings_.kind;
  envelope.format = settings_.format;
  envelope.content_bytes = task.content.size();
  envelope.deposited_at = absl::Now();
  Remember(envelope.id, task.content);
  return task;
}

wire::ShowResult Play::Show(RequestId id) {
  programs::Ops* ops = AskOps();
  if (ops == nullptr) return {};
  auto shown = ops->Show(id);
  NoPlay(shown.status());
  return shown.ok() ? *std::move(shown) : wire::ShowResult{};
}

wire::RequestStatus Play::StatusOf(RequestId id, size_t practice) {
  Client* client = ClientOf(practice);
  if (client == nullptr) return {};
  const auto status = client->Status({{id}, {}}, kPatience);
  NoPlay(status.status());
  if (!status.ok() || status->results.size() != 1) return {};
  const auto* found = std::get_if<wire::RequestStatus>(&status->results.front());
  return found == nullptr ? wire::RequestStatus{} : *found;
}

GateState Play::Gate() {
  programs::Ops* ops = AskOps();
  if (ops == nullptr) return {};
  const auto report = ops->Status();
  NoPlay(report.status());
  if (!report.ok() || report->destinations.empty()) return {};
  return report->destinations.front().gate;
}

std::vector<wire::InboxEntry> Play::Inbox(RequestId id, size_t practice) {
  Client* client = ClientOf(practice);
  if (client == nullptr) return {};
  auto inbox = client->ReadInbox(limits::kInboxPerCall, kPatience);
  NoPlay(inbox.status());
  if (!inbox.ok()) return {};
  std::erase_if(inbox->entries, [&](const wire::InboxEntry& e) { return e.request != id; });
  return std::move(inbox->entries);
}

Witness Play::Ledger() {
  if (!ok()) return {};
  auto witness = ReadLedger(world_->LedgerPath());
  NoPlay(witness.status());
  return witness.ok() ? *std::move(witness) : Witness{};
}

std::vector<Acceptance> Play::Accepted(RequestId id) {
  std::vector<Acceptance> accepted = Ledger().accepted;
  std::erase_if(accepted, [&](const Acceptance& a) { return a.sha256 != digest_[id]; });
  return accepted;
}

void Play::NoDouble() {
  std::map<std::string, int> times;
  for (const Acceptance& a : Ledger().accepted) {
    if (++times[a.sha256] < 2) continue;
    const auto request = by_digest_.find(a.sha256);
    return Broken(fmt::format("the operator accepted {} twice", request == by_digest_.end()
                                                                    ? "an unknown content"
                                                                    : NameOf(request->second)));
  }
}

void Play::Until(const std::string& what, const std::function<bool()>& is_so) {
  for (const absl::Time end = absl::Now() + kPatience; ok() && !is_so();) {
    NoDouble();
    AdaptersLive();
    if (const std::string casualties = world_->Casualties(); !casualties.empty()) {
      NoPlay(absl::UnavailableError(casualties));
    }
    Must(absl::Now() < end,
         fmt::format("within {} it did not happen that {}", absl::FormatDuration(kPatience), what));
    absl::SleepFor(kLook);
  }
}

void Play::UntilAccepted(RequestId id) {
  Until(fmt::format("the operator accepts {} byte for byte", NameOf(id)),
        [&] { return !Accepted(id).empty(); });
}

RequestId Play::CatchOneUnderWay() {
  for (int tries = 0; ok() && tries < 5; ++tries) {
    const RequestId id = Deposit();
    UntilAccepted(id);
    if (StateOf(id) == StateCode::kSending) return id;
  }
  NoPlay(absl::UnavailableError("no request could be caught under way: is this machine busy?"));
  return {};
}

void Play::UntilTryEnded(RequestId id) {
  Until(fmt::format("the try of {} ends", NameOf(id)), [&] {
    const auto history = Show(id).history;
    const auto tries = TriesOf(history);
    return !tries.empty() && tries.back().end != nullptr;
  });
}

void Play::UntilSettled(const std::vector<RequestId>& ids) {
  for (const RequestId id : ids) {
    Until(fmt::format("{} is settled", NameOf(id)),
          [&] { return StateOf(id) == StateCode::kSettled; });
  }
}

void Play::NoLie(RequestId id) {
  const auto lie = FindLie(Show(id).history, Accepted(id));
  if (ok() && lie) Broken(NameOf(id) + ": " + *lie);
}

}  // namespace ecluse::conformance
