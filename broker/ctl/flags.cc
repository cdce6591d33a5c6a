// SPDX-License-Identifier: Apache-2.0
#include <absl/strings/numbers.h>

#include <CLI/CLI.hpp>

#include "broker/ctl/verbs.h"
#include "broker/ctl/when.h"
#include "broker/ctl/words.h"

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

void FilterFlags::AddTo(CLI::App& verb) {
  verb.add_option("--operator", run_by, "Only requests for this operator");
  verb.add_option("--service", service, "Only requests for this service");
  verb.add_option("--practice", practice, "Only requests of this practice");
  verb.add_option("--state", states, "Only requests in these states: " + StateNames())
      ->delimiter(',');
  verb.add_option("--older-than", older_than, "Only requests deposited so long ago: 30m, 4h, 2d");
}

bool FilterFlags::empty() const {
  return run_by.empty() && service.empty() && practice.empty() && states.empty() &&
         older_than.empty();
}

absl::StatusOr<wire::Filter> FilterFlags::Parse() const {
  wire::Filter filter;
  for (const absl::Status& status :
       {Put(run_by, filter.run_by), Put(service, filter.service), Put(practice, filter.practice)}) {
    if (!status.ok()) return status;
  }
  for (const std::string& name : states) {
    const auto state = StateNamed(name);
    if (!state) {
      return absl::InvalidArgumentError("\"" + name + "\" is no state; there are " + StateNames());
    }
    filter.states.push_back(*state);
  }
  if (!older_than.empty()) {
    const auto age = ParseAge(older_than);
    if (!age.ok()) return age.status();
    filter.older_than = *age;
  }
  return filter;
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
  scope->require_option(1);
}

absl::StatusOr<Scope> ScopeFlags::Parse() const {
  Scope scope;
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
  if (!all && scope == Scope{}) return absl::InvalidArgumentError("an empty scope");
  return scope;
}

}  // namespace ecluse::ctl
