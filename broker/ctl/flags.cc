// SPDX-License-Identifier: Apache-2.0
#include <absl/strings/numbers.h>

#include <CLI/CLI.hpp>

#include "broker/ctl/filter.h"
#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"
#include "broker/ctl/when.h"

namespace ecluse::ctl {
namespace {

absl::Status NoName(const std::string& text) {
  return absl::InvalidArgumentError("\"" + text +
                                    "\" is no name: 1 to 32 of a-z, 0-9 and - make one");
}

template <class NameType>
absl::Status Put(const std::string& text, std::optional<NameType>& into) {
  if (text.empty()) return absl::OkStatus();
  if (!IsName(text)) return NoName(text);
  into = NameType{text};
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Destination> ParseDestination(const std::string& text) {
  const size_t slash = text.find('/');
  if (slash == std::string::npos) {
    return absl::InvalidArgumentError("a destination is written OPERATOR/SERVICE");
  }
  Destination destination{{text.substr(0, slash)}, {text.substr(slash + 1)}};
  if (!IsName(destination.run_by.text)) return NoName(destination.run_by.text);
  if (!IsName(destination.service.text)) return NoName(destination.service.text);
  return destination;
}

namespace {

void AddOldFlags(CLI::App& verb, FilterFlags& flags) {
  verb.add_option("--operator", flags.run_by, "As the word operator=");
  verb.add_option("--service", flags.service, "As the word service=");
  verb.add_option("--practice", flags.practice, "As the word practice=");
  verb.add_option("--state", flags.states, "As the word state=")->delimiter(',');
  verb.add_option("--older-than", flags.older_than, "As the word older=");
}

}  // namespace

void FilterFlags::AddTo(CLI::App& verb) {
  verb.add_option("FILTER", words, "Which requests: words, see `eclusectl help filter`");
  AddOldFlags(verb, *this);
}

void FilterFlags::AddAsOptionTo(CLI::App& verb) {
  verb.add_option("--filter", words, "Which requests: words, see `eclusectl help filter`")
      ->expected(1);
  AddOldFlags(verb, *this);
}

bool FilterFlags::empty() const {
  return words.empty() && run_by.empty() && service.empty() && practice.empty() && states.empty() &&
         older_than.empty();
}

absl::StatusOr<wire::Filter> FilterFlags::Parse() const {
  std::vector<std::string> texts = words;
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) texts.push_back(name + value);
  };
  std::string all_states;
  for (const std::string& name : states) all_states += (all_states.empty() ? "" : ",") + name;
  put("operator=", run_by);
  put("service=", service);
  put("practice=", practice);
  put("state=", all_states);
  put("older=", older_than);
  return ParseFilter(texts);
}

absl::StatusOr<absl::Time> ParseHourIn(const std::string& text, const std::string& zone,
                                       absl::Time now) {
  absl::TimeZone loaded;
  if (!absl::LoadTimeZone(zone, &loaded)) {
    return absl::InvalidArgumentError("--zone: this machine knows no zone of that name");
  }
  absl::StatusOr<absl::Time> hour = ParseHour(text, loaded, now);
  // A slip in the year would keep a gate closed for good, and look as if an hour were set.
  constexpr absl::Duration kFarthest = absl::Hours(24 * 400);
  if (hour.ok() && *hour > now + kFarthest) {
    return absl::InvalidArgumentError("more than 400 days ahead: is the year right?");
  }
  return hour;
}

std::optional<Destination> DestinationOr(Session& session, const std::string& text) {
  auto destination = ParseDestination(text);
  if (destination.ok()) return *std::move(destination);
  session.Fail(kUsage, std::string(destination.status().message()));
  return std::nullopt;
}

void AddReason(CLI::App& verb, std::string& reason) {
  verb.add_option("--reason", reason, "For those who read it later; kept in the books")->required();
}

std::string NotANumber(const std::string& text) {
  uint64_t number = 0;
  if (absl::SimpleAtoi(text, &number) && number > 0) return "";
  return "\"" + text + "\" is no number: 1, 2, 3 and so on are";
}

void ScopeFlags::AddTo(CLI::App& verb) {
  auto* scope = verb.add_option_group("scope", "What it stops; exactly one");
  scope->add_flag("--all", all, "Everything: the master stop");
  scope->add_option("--operator", run_by, "Every service of an operator");
  scope->add_option("--destination", destination, "OPERATOR/SERVICE");
  scope->add_option("--account", account, "PRACTICE@OPERATOR: one practice's login there");
  scope->add_option("--practice", practice, "Everything of a practice");
  scope->add_option("--request", request, "One request")->check(NotANumber);
  scope->add_option("FILTER", words,
                    "In words; `eclusectl help filter` says which a hold can have");
  scope->require_option(1);
  verb.add_option("--kind", kind, "Only requests of this kind, as the word kind=");
  verb.add_option("--deposited-from", from, "Only requests deposited from this hour on");
  verb.add_option("--deposited-until", until, "Only requests deposited until this hour");
  verb.add_option("--zone", zone, "Zone of an hour without one")->capture_default_str();
}

absl::StatusOr<Scope> ScopeFlags::Parse(absl::Time now) const {
  std::vector<std::string> texts = words;
  if (!kind.empty()) texts.push_back("kind=" + kind);
  const auto filter = ParseFilter(texts);
  if (!filter.ok()) return filter.status();
  auto parsed_scope = ScopeOf(*filter, now);
  if (!parsed_scope.ok()) return parsed_scope;
  Scope scope = *parsed_scope;
  for (const auto& [text, into] :
       {std::pair(&from, &scope.deposited_from), std::pair(&until, &scope.deposited_until)}) {
    if (text->empty()) continue;
    const auto hour = ParseHourIn(*text, zone, now);
    if (!hour.ok()) return hour.status();
    *into = *hour;
  }
  const bool everything = all || (words.size() == 1 && words.front() == "all");
  if (request != 0) scope.request = RequestId{request};
  std::string by = run_by;
  std::string of = practice;
  if (!account.empty()) {
    const size_t at = account.find('@');
    if (at == std::string::npos || at == 0 || at + 1 == account.size()) {
      return absl::InvalidArgumentError("an account is written PRACTICE@OPERATOR");
    }
    of = account.substr(0, at);
    by = account.substr(at + 1);
  }
  if (!destination.empty()) {
    const auto parsed = ParseDestination(destination);
    if (!parsed.ok()) return parsed.status();
    scope.run_by = parsed->run_by;
    scope.service = parsed->service;
  }
  for (const absl::Status& status : {Put(by, scope.run_by), Put(of, scope.practice)}) {
    if (!status.ok()) return status;
  }
  if (scope.request && scope.IsFine()) {
    return absl::InvalidArgumentError("a hold on one request has no kind and no times");
  }
  Scope coarse = scope;
  coarse.kind.reset();
  coarse.deposited_from = absl::InfinitePast();
  coarse.deposited_until = absl::InfiniteFuture();
  if (!everything && words.empty() && coarse == Scope{}) {
    return absl::InvalidArgumentError("an empty scope");
  }
  return scope;
}

}  // namespace ecluse::ctl
