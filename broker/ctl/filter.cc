// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/filter.h"

#include <absl/strings/numbers.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "broker/ctl/when.h"
#include "proto/limits.h"
#include "proto/texts.h"

namespace ecluse::ctl {
namespace {

// One word, cut where its name ends.
struct Said {
  std::string text;
  std::string name;
  std::string value;

  absl::Status Wrong(const std::string& rule) const {
    return absl::InvalidArgumentError(fmt::format("filter: \"{}\": {}", text, rule));
  }
};

Said Cut(const std::string& text) {
  const size_t end = text.find_first_of("=<");
  if (end == std::string::npos) return {text, text, ""};
  return {text, text.substr(0, end), text.substr(end + 1)};
}

template <class NameType>
absl::Status PutName(const Said& word, std::optional<NameType>& into) {
  if (!IsName(word.value)) return word.Wrong("a name is 1 to 32 of a-z, 0-9 and -");
  into = NameType{word.value};
  return absl::OkStatus();
}

template <class Code>
std::string NamesOf() {
  std::string names;
  for (const auto& row : CodeTexts<Code>()) {
    names += (names.empty() ? "" : ", ") + std::string(row.name);
  }
  return names;
}

template <class Code>
absl::Status PutCodes(const Said& word, std::vector<Code>& into) {
  for (size_t start = 0; start <= word.value.size();) {
    const size_t comma = std::min(word.value.find(',', start), word.value.size());
    std::string name = word.value.substr(start, comma - start);
    // Fingers that write "in-doubt" are understood.
    std::replace(name.begin(), name.end(), '-', '_');
    const std::optional<Code> code = CodeNamed<Code>(name);
    if (!code) return word.Wrong("there are " + NamesOf<Code>());
    if (std::find(into.begin(), into.end(), *code) == into.end()) into.push_back(*code);
    start = comma + 1;
  }
  std::sort(into.begin(), into.end());
  return absl::OkStatus();
}

// Whole seconds: less would become nothing on its way, and nothing means any.
absl::Status PutAge(const Said& word, absl::Duration& into) {
  const absl::StatusOr<absl::Duration> age = ParseAge(word.value);
  if (!age.ok()) return word.Wrong("a time is written 30m, 4h or 2d12h");
  if (*age <= absl::ZeroDuration() || *age != absl::Trunc(*age, absl::Seconds(1)) ||
      *age > absl::Milliseconds(limits::kDurationMillis)) {
    return word.Wrong("a time is of whole seconds, at least one, and at most 100 years");
  }
  into = *age;
  return absl::OkStatus();
}

bool ReadNumber(const std::string& text, RequestId& into) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos &&
         absl::SimpleAtoi(text, &into.value) && into.value > 0;
}

absl::Status PutNumbers(const Said& word, Filter& filter) {
  const char* rule = "numbers are written 12, 100..200, 100.. or ..200, from 1";
  const size_t dots = word.value.find("..");
  if (dots == std::string::npos) {
    if (!ReadNumber(word.value, filter.from)) return word.Wrong(rule);
    filter.to = filter.from;
    return absl::OkStatus();
  }
  const std::string from = word.value.substr(0, dots);
  const std::string to = word.value.substr(dots + 2);
  if ((from.empty() && to.empty()) || (!from.empty() && !ReadNumber(from, filter.from)) ||
      (!to.empty() && !ReadNumber(to, filter.to))) {
    return word.Wrong(rule);
  }
  if (filter.to.value != 0 && filter.to < filter.from) return word.Wrong("the lower number first");
  return absl::OkStatus();
}

absl::Status PutDestination(const Said& word, Filter& filter) {
  const size_t slash = word.value.find('/');
  const std::string service = slash == std::string::npos ? "" : word.value.substr(slash + 1);
  if (!IsName(word.value.substr(0, slash)) || !IsName(service)) {
    return word.Wrong("a destination is written OPERATOR/SERVICE");
  }
  filter.run_by = OperatorId{word.value.substr(0, slash)};
  filter.service = ServiceId{service};
  return absl::OkStatus();
}

absl::Status PutFlag(const Said& word, Filter& filter) {
  if (word.text != word.name) return word.Wrong("it stands alone");
  if (word.name == "twice") filter.maybe_twice = true;
  return absl::OkStatus();
}

using Put = absl::Status (*)(const Said&, Filter&);
struct Part {
  const char* name;
  Put put;
};
constexpr std::array<Part, 13> kParts = {{
    {"operator", [](const Said& w, Filter& f) { return PutName(w, f.run_by); }},
    {"service", [](const Said& w, Filter& f) { return PutName(w, f.service); }},
    {"destination", PutDestination},
    {"practice", [](const Said& w, Filter& f) { return PutName(w, f.practice); }},
    {"state", [](const Said& w, Filter& f) { return PutCodes(w, f.states); }},
    {"why", [](const Said& w, Filter& f) { return PutCodes(w, f.waits); }},
    {"kind", [](const Said& w, Filter& f) { return PutCodes(w, f.kinds); }},
    {"older", [](const Said& w, Filter& f) { return PutAge(w, f.older_than); }},
    {"younger", [](const Said& w, Filter& f) { return PutAge(w, f.younger_than); }},
    {"due", [](const Said& w, Filter& f) { return PutAge(w, f.due_within); }},
    {"number", PutNumbers},
    {"twice", PutFlag},
    {"all", PutFlag},
}};

absl::Status PutWord(const Said& word, Filter& filter, std::set<std::string>& seen) {
  const auto* part = std::find_if(kParts.begin(), kParts.end(),
                                  [&](const Part& p) { return word.name == p.name; });
  if (part == kParts.end()) {
    const bool number =
        !word.text.empty() && word.text.find_first_not_of("0123456789") == std::string::npos;
    if (number) return word.Wrong("a request is written number=" + word.text);
    std::string names;
    for (const Part& p : kParts) names += (names.empty() ? "" : ", ") + std::string(p.name);
    return word.Wrong("there are " + names);
  }
  const bool due = word.name == "due";
  if (!due && word.text.find('<') == word.name.size()) return word.Wrong("only due takes <");
  if (!seen.insert(word.name).second) return word.Wrong(word.name + " was said already");
  return part->put(word, filter);
}

// What parts that are right each for itself can't mean together.
absl::Status Together(const Filter& f, const std::set<std::string>& seen) {
  const auto wrong = [](const char* rule) {
    return absl::InvalidArgumentError(std::string("filter: ") + rule);
  };
  if (seen.contains("all") && seen.size() > 1) return wrong("all stands alone");
  if (seen.contains("destination") && (seen.contains("operator") || seen.contains("service"))) {
    return wrong("destination= says operator and service already");
  }
  if (f.service && !f.run_by) return wrong("service= goes with operator= only");
  const bool waiting = f.states.empty() || std::find(f.states.begin(), f.states.end(),
                                                     StateCode::kWaiting) != f.states.end();
  if (!f.waits.empty() && !waiting) return wrong("why= is of requests in state=waiting only");
  if (f.younger_than > absl::ZeroDuration() && f.older_than >= f.younger_than) {
    return wrong("nothing is older than older= and younger than younger=");
  }
  return absl::OkStatus();
}

std::string Age(absl::Duration age) {
  const int64_t days = age / absl::Hours(24);
  const absl::Duration rest = age - days * absl::Hours(24);
  std::string text = days > 0 ? fmt::format("{}d", days) : "";
  if (rest > absl::ZeroDuration()) text += absl::FormatDuration(rest);
  return text;
}

template <class Code>
std::string Codes(const std::vector<Code>& codes) {
  std::string names;
  for (const Code code : codes) names += (names.empty() ? "" : ",") + std::string(NameOf(code));
  return names;
}

std::string Numbers(const Filter& filter) {
  if (filter.from == filter.to) return fmt::format("{}", filter.from.value);
  return (filter.from.value == 0 ? "" : std::to_string(filter.from.value)) + ".." +
         (filter.to.value == 0 ? "" : std::to_string(filter.to.value));
}

}  // namespace

absl::StatusOr<Filter> ParseFilter(const std::vector<std::string>& texts) {
  Filter filter;
  std::set<std::string> seen;
  for (const std::string& text : texts) {
    constexpr const char* kBlanks = " \t\r\n";
    for (size_t at = text.find_first_not_of(kBlanks); at != std::string::npos;) {
      const size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
      const absl::Status status = PutWord(Cut(text.substr(at, end - at)), filter, seen);
      if (!status.ok()) return status;
      at = text.find_first_not_of(kBlanks, end);
    }
  }
  const absl::Status status = Together(filter, seen);
  if (!status.ok()) return status;
  return filter;
}

std::string FilterText(const Filter& filter) {
  std::string text;
  const auto put = [&](const std::string& word) { text += (text.empty() ? "" : " ") + word; };
  if (filter.run_by) put("operator=" + filter.run_by->text);
  if (filter.service) put("service=" + filter.service->text);
  if (filter.practice) put("practice=" + filter.practice->text);
  if (!filter.states.empty()) put("state=" + Codes(filter.states));
  if (!filter.waits.empty()) put("why=" + Codes(filter.waits));
  if (!filter.kinds.empty()) put("kind=" + Codes(filter.kinds));
  if (filter.older_than > absl::ZeroDuration()) put("older=" + Age(filter.older_than));
  if (filter.younger_than > absl::ZeroDuration()) put("younger=" + Age(filter.younger_than));
  if (filter.due_within > absl::ZeroDuration()) put("due=" + Age(filter.due_within));
  if (filter.from.value != 0 || filter.to.value != 0) put("number=" + Numbers(filter));
  if (filter.maybe_twice) put("twice");
  return text.empty() ? "all" : text;
}

absl::StatusOr<Scope> ScopeOf(const Filter& filter, absl::Time now) {
  const auto wrong = [](const char* rule) {
    return absl::InvalidArgumentError(std::string("hold: ") + rule);
  };
  if (!filter.states.empty() || !filter.waits.empty()) {
    return wrong("it has no state= and no why=: it stops requests whatever their state");
  }
  if (filter.due_within > absl::ZeroDuration()) return wrong("it has no due=");
  if (filter.maybe_twice) return wrong("it has no twice");
  if (filter.kinds.size() > 1) return wrong("it has one kind=: place one hold for each");
  Scope scope;
  scope.run_by = filter.run_by;
  scope.service = filter.service;
  scope.practice = filter.practice;
  if (!filter.kinds.empty()) scope.kind = filter.kinds.front();
  if (filter.older_than > absl::ZeroDuration()) scope.deposited_until = now - filter.older_than;
  if (filter.younger_than > absl::ZeroDuration()) scope.deposited_from = now - filter.younger_than;
  if (filter.from.value == 0 && filter.to.value == 0) return scope;
  if (filter.from != filter.to) return wrong("it has one number=, not many");
  if (!(scope == Scope{})) return wrong("number= stands alone");
  scope.request = filter.from;
  return scope;
}

}  // namespace ecluse::ctl
