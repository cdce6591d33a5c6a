// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/operator.h"

#include <fmt/format.h>

namespace ecluse::soak {
namespace {

// Out of so many, so that rare things have numbers too.
constexpr uint32_t kAll = 1'000'000;
constexpr uint32_t kOneOutageIn = 100'000;
constexpr uint32_t kOneLoginIn = 20'000;

constexpr char kWords[] =
    "{\"items\":[{\"line\":1,\"amount\":\"120.00\"},{\"line\":2,\"amount\":\"45.50\"},"
    "{\"line\":3,\"amount\":\"45.50\"}],\"valid_for_days\":90}";

}  // namespace

Operators::Operators(const Catalogue& catalogue, Oracle& oracle, const Options& options)
    : catalogue_(catalogue),
      oracle_(oracle),
      chance_(options.seed ^ 0x0bea7),
      errors_(options.errors),
      practices_(static_cast<uint32_t>(catalogue.practices().size())),
      epochs_(kOperators * catalogue.practices().size(), 1) {}

// 15 of 1,000, at the usual share of errors, are refusals; a third of them never taken.
bool Operators::Rejects(uint64_t n) const {
  return chance_.Below(kAll, n, kDecision) < errors_ * 100;
}

bool Operators::AnswersLate(uint64_t n) const {
  const uint32_t drawn = chance_.Below(kAll, n, kDecision);
  return drawn >= kAll - errors_ * 200;
}

Operators::Fate Operators::FateOf(uint64_t n, uint32_t attempt) const {
  if (errors_ == 0) return Fate::kWell;
  const bool first = attempt == 1;
  uint32_t drawn = chance_.Below(kAll, n * 64 + attempt % 64, kFate);
  const auto falls = [&](uint32_t share) {
    const bool within = drawn < share;
    if (!within) drawn -= share;
    return within;
  };
  if (falls(errors_ * 200)) return Fate::kHindered;
  if (falls(errors_ * 200)) return Fate::kSilent;
  if (falls(kAll / kOneOutageIn)) return Fate::kOutage;
  if (falls(errors_ * 100)) return first ? Fate::kTechnical : Fate::kWell;
  if (falls(kAll / kOneLoginIn)) return first ? Fate::kLogin : Fate::kWell;
  return Fate::kWell;
}

Outcome Operators::Hindrance(uint64_t n, uint32_t attempt) const {
  using H = ecluse::Hindrance;
  constexpr H kKinds[] = {H::kUnreachable, H::kBusy, H::kAdapter, H::kAccount};
  const uint32_t way = chance_.Below(120, n * 64 + attempt % 64, kWay);
  return outcome::Deferred{kKinds[way % 4], absl::Seconds(way / 4 * 4), false};
}

// Half of them are there. Of every five one adapter dies with what it knew.
Operators::Try Operators::Silence(uint64_t n, uint32_t attempt, const std::string& content) {
  ++silent;
  const uint32_t way = chance_.Below(10, n * 64 + attempt % 64, kWay);
  const bool kept = way % 2 == 0 && !Rejects(n);
  if (kept) oracle_.Takes(n, content);
  return {std::nullopt, absl::Seconds(30), way >= 2};
}

Outcome Operators::Tell(uint64_t n) {
  const uint32_t drawn = chance_.Below(kAll, n, kDecision);
  if (drawn < errors_ * 100) {
    oracle_.Says(n, End::kRejected);
    return outcome::Rejected{"text/plain", "the file can't be read: field 12"};
  }
  const bool refuses = drawn < errors_ * 300;
  oracle_.Says(n, refuses ? End::kRefused : End::kGranted);
  return outcome::Answered{refuses ? Decision::kRefused : Decision::kGranted, "application/json",
                           kWords, fmt::format("N{:010}", n)};
}

Operators::Try Operators::Deliver(uint64_t n, uint32_t attempt, const std::string& content) {
  ++tries;
  oracle_.Touches(n);
  const absl::Duration takes =
      absl::Milliseconds(100 + chance_.Below(300, n * 64 + attempt % 64, kTakes));
  const uint32_t run_by = catalogue_.DestinationOf(n) / 2;
  switch (FateOf(n, attempt)) {
    case Fate::kOutage:
      ++outages;
      return {outcome::Deferred{ecluse::Hindrance::kBusy, absl::Seconds(20), true}, takes};
    case Fate::kLogin:
      ++logins;
      return {outcome::Deferred{ecluse::Hindrance::kCredentials, absl::ZeroDuration(), false,
                                EpochOf(run_by, catalogue_.PracticeOf(n))},
              takes};
    case Fate::kTechnical:
      ++technical;
      return {outcome::Deferred{ecluse::Hindrance::kTechnical, absl::ZeroDuration(), false}, takes};
    case Fate::kHindered:
      ++hindered;
      return {Hindrance(n, attempt), takes};
    case Fate::kSilent:
      return Silence(n, attempt, content);
    case Fate::kWell:
      break;
  }
  if (Rejects(n)) {
    ++refused;
    return {Tell(n), takes};
  }
  oracle_.Takes(n, content);
  if (!AnswersLate(n)) return {Tell(n), takes};
  ++late;
  oracle_.SaysPending(n);
  return {outcome::Accepted{absl::ZeroDuration(), Decision::kPending, "", "",
                            fmt::format("N{:010}", n)},
          takes};
}

std::optional<Outcome> Operators::Probe(uint64_t n) {
  ++probes;
  if (oracle_.Has(n)) {
    // The first word after a lost reply may be one on the way too.
    if (!AnswersLate(n) || oracle_.SaidPending(n)) return Tell(n);
    oracle_.SaysPending(n);
    return outcome::Accepted{absl::ZeroDuration(), Decision::kPending, "", "", ""};
  }
  ++absent;
  return outcome::Deferred{ecluse::Hindrance::kAbsent, absl::ZeroDuration(), false};
}

}  // namespace ecluse::soak
