// SPDX-License-Identifier: Apache-2.0
// What a script tells the desk.
#include <fmt/format.h>

#include <charconv>
#include <sstream>

#include "tests/support/operator/desk.h"

namespace ecluse::simulated {
namespace {

constexpr uint64_t kMostLetter = 8 << 20;
constexpr uint64_t kMostOthers = 1'000'000;

std::optional<uint64_t> NumberOf(std::string_view text) {
  uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

// "90", "12h", "3d".
std::optional<absl::Duration> LongOf(std::string_view text) {
  const std::pair<char, absl::Duration> units[] = {{'h', absl::Hours(1)}, {'d', absl::Hours(24)}};
  for (const auto& [letter, unit] : units) {
    if (!text.ends_with(letter)) continue;
    const auto many = NumberOf(text.substr(0, text.size() - 1));
    return many ? std::optional(static_cast<int64_t>(*many) * unit) : std::nullopt;
  }
  const auto seconds = NumberOf(text);
  return seconds ? std::optional(absl::Seconds(*seconds)) : std::nullopt;
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
    const auto busy_for = LongOf(how.substr(5));
    if (!busy_for) return false;
    opening.door = {Door::How::kBusy, *busy_for};
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

bool Desk::SetRecord(Opening& opening, const std::string& how) {
  if (how == "yes") {
    opening.records_not.reset();
  } else if (how == "technical") {
    opening.records_not = Verdict::Said::kTechnical;
  } else if (how == "unavailable") {
    opening.records_not = Verdict::Said::kUnavailable;
  } else {
    return false;
  }
  return true;
}

std::string Desk::CommandLoad(const std::string& verb, const std::string& service,
                              const std::string& how) {
  const auto load = loads_.find(service);
  if (load == loads_.end()) return "error: no such service";
  if (verb == "overload") {
    return load->second.Set(how) ? "ok" : "error: at-once=N,per-second=N,for=SECONDS | none";
  }
  if (verb == "others") {
    const auto others = NumberOf(how);
    if (!others || *others > kMostOthers) return "error: others SERVICE NUMBER";
    load->second.SetOthers(static_cast<uint32_t>(*others), options_.now());
    return "ok";
  }
  const std::string told = load->second.Told(options_.now());
  if (how == "reset") load->second.Reset();
  return "ok " + told;
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
  if (verb == "record") {
    return SetRecord(opening, how) ? "ok" : "error: yes | technical | unavailable";
  }
  if (verb == "refuse") {
    const auto how_long = LongOf(how);
    if (!how_long) return "error: refuse SERVICE SECONDS";
    opening.refuses_until = options_.now() + *how_long;
    return "ok";
  }
  opening.hours = ParseHours(how);
  return opening.hours ? "ok" : "error: hours SERVICE 08:00-20:00";
}

// Verbs that say how a service, or the operator as a whole, stands.
std::optional<std::string> Desk::CommandOpening(const std::string& verb, const std::string& name,
                                                const std::string& rest) {
  if (verb == "overload" || verb == "others" || verb == "load")
    return CommandLoad(verb, name, rest);
  if (verb == "open" && name.empty()) {
    for (auto& [service, opening] : openings_) opening = {};
    return "ok open";
  }
  if (verb == "close" && (name == "refuse" || name == "busy" || name == "page")) {
    return CommandService(verb, "", rest.empty() ? name : name + ' ' + rest);
  }
  for (const char* known : {"open", "close", "stage", "hours", "record", "refuse"}) {
    if (verb == known) return CommandService(verb, name, rest);
  }
  return std::nullopt;
}

std::optional<std::string> Desk::Command(const std::string& line) {
  std::istringstream in(line);
  std::string verb, name;
  in >> verb >> name;
  const std::string rest = Rest(in);
  const std::lock_guard lock(mutex_);
  if (auto said = CommandOpening(verb, name, rest)) return said;
  if (verb == "secrets") {
    const auto after = LongOf(name);
    if (!after) return "error: secrets SECONDS";
    const absl::Time now = options_.now();
    accounts_.DemandNewSecrets(now, now + *after);
    return "ok";
  }
  if (verb == "account") {
    return accounts_.Set(name, rest, options_.now()) ? "ok" : "error: no such account or word";
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
