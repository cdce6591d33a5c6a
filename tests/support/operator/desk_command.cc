// SPDX-License-Identifier: Apache-2.0
// What a script tells the desk.
#include <fmt/format.h>

#include <charconv>
#include <sstream>

#include "tests/support/operator/desk.h"

namespace ecluse::simulated {
namespace {

constexpr uint64_t kMostLetter = 8 << 20;

std::optional<uint64_t> NumberOf(std::string_view text) {
  uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

std::string Rest(std::istringstream& in) {
  std::string rest;
  std::getline(in >> std::ws, rest);
  return rest;
}

}  // namespace

bool Desk::SetDoor(Opening& opening, const std::string& how) {
  if (how == "refuse") {
    opening.door = {Door::How::kRefuse, {}};
  } else if (how == "page") {
    opening.door = {Door::How::kPage, {}};
  } else if (how.starts_with("busy ")) {
    const auto seconds = NumberOf(how.substr(5));
    if (!seconds) return false;
    opening.door = {Door::How::kBusy, absl::Seconds(*seconds)};
  } else {
    return false;
  }
  return true;
}

bool Desk::SetStage(Opening& opening, const std::string& how) {
  const std::pair<const char*, Function> stages[] = {{"login", Function::kLogin},
                                                     {"read", Function::kRead},
                                                     {"authorisation", Function::kAuthorise},
                                                     {"bill", Function::kBill}};
  for (const auto& [word, function] : stages) {
    if (how != word) continue;
    opening.stage = function;
    return true;
  }
  return false;
}

std::string Desk::CommandService(const std::string& verb, const std::string& service,
                                 const std::string& how) {
  const auto found = openings_.find(service);
  if (found == openings_.end()) return "error: no such service";
  Opening& opening = found->second;
  if (verb == "open") {
    opening = {};
    return "ok open";
  }
  if (verb == "close") {
    return SetDoor(opening, how) ? "ok closed" : "error: refuse | busy SECONDS | page";
  }
  if (verb == "stage") {
    return SetStage(opening, how) ? "ok" : "error: login | read | authorisation | bill";
  }
  opening.hours = ParseHours(how);
  return opening.hours ? "ok" : "error: hours SERVICE 08:00-20:00";
}

std::optional<std::string> Desk::Command(const std::string& line) {
  std::istringstream in(line);
  std::string verb, name;
  in >> verb >> name;
  const std::lock_guard lock(mutex_);
  if (verb == "open" || verb == "close" || verb == "stage" || verb == "hours") {
    const bool all =
        verb == "open" ? name.empty()
                       : verb == "close" && (name == "refuse" || name == "busy" || name == "page");
    if (!all) return CommandService(verb, name, Rest(in));
    if (verb == "open") {
      for (auto& [service, opening] : openings_) opening = {};
      return "ok open";
    }
    const std::string rest = Rest(in);
    return CommandService(verb, "", rest.empty() ? name : name + ' ' + rest);
  }
  if (verb == "account") {
    return accounts_.Set(name, Rest(in)) ? "ok" : "error: no such account or word";
  }
  if (verb == "logins") {
    const auto wrong = accounts_.WrongLogins(name);
    return wrong ? fmt::format("ok wrong={}", *wrong) : "error: no such account";
  }
  if (verb == "letter") {
    const auto bytes = NumberOf(name);
    if (!bytes || *bytes > kMostLetter) return "error: letter BYTES";
    letter_bytes_ = *bytes;
    return "ok";
  }
  if (verb == "shares") {
    const auto shares = ParseShares(name);
    if (!shares.ok()) return "error: " + std::string(shares.status().message());
    shares_ = *shares;
    return "ok";
  }
  return std::nullopt;
}

absl::StatusOr<Shares> ParseShares(std::string_view text) {
  Shares shares;
  const std::pair<std::string_view, uint32_t*> names[] = {
      {"refused", &shares.refused},
      {"other-amount", &shares.other_amount},
      {"pending-documents", &shares.pending_documents},
      {"unusable", &shares.unusable},
      {"pending", &shares.pending},
      {"technical", &shares.technical},
      {"unavailable", &shares.unavailable},
  };
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const size_t equals = part.find('=');
    uint32_t* share = nullptr;
    for (const auto& [name, value] : names) {
      if (part.substr(0, equals) == name) share = value;
    }
    const auto value =
        equals == std::string_view::npos ? std::nullopt : NumberOf(part.substr(equals + 1));
    if (share == nullptr || !value || *value > 100) {
      return absl::InvalidArgumentError("not a share: " + std::string(part));
    }
    *share = static_cast<uint32_t>(*value);
  }
  const uint32_t decided = shares.refused + shares.other_amount + shares.pending_documents +
                           shares.unusable + shares.pending;
  if (decided > 100 || shares.technical + shares.unavailable > 100) {
    return absl::InvalidArgumentError("more than 100 in a hundred");
  }
  return shares;
}

}  // namespace ecluse::simulated
