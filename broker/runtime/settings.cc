// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/settings.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <type_traits>

namespace ecluse {
namespace {

constexpr int64_t kHour = 3600;
constexpr int64_t kDay = 24 * kHour;

struct SizeUnit {
  const char* name;
  int64_t bytes;
};
constexpr std::array<SizeUnit, 4> kSizeUnits = {{{"TiB", int64_t{1} << 40},
                                                 {"GiB", int64_t{1} << 30},
                                                 {"MiB", int64_t{1} << 20},
                                                 {"KiB", int64_t{1} << 10}}};

const std::array<Known<Config>, 11> kBroker = {{
    {"endpoint", &Config::endpoint, 0, 0,
     "where peers connect; beyond loopback only behind a firewall; port *: any free one"},
    {"endpoint_file", &Config::endpoint_file, 0, 0,
     "optional: the endpoint and the public key are written here when the broker is ready"},
    {"key_file", &Config::key_file, 0, 0, "the broker's own CURVE pair, mode 600"},
    {"peers_file", &Config::peers_file, 0, 0,
     "whose key is whose; begin with a copy of peers.example.toml"},
    {"routes_file", &Config::routes_file, 0, 0,
     "optional: which operator a card's requests go to; without it practices name the operator"},
    {"store_directory", &Config::store_directory, 0, 0,
     "everything that must survive; on a disk that keeps what it synced"},
    {"master_key_file", &Config::master_key_file, 0, 0,
     "wraps all data keys; outside the store, with a copy in a safe"},
    {"backup_directory", &Config::backup_directory, 0, 0,
     "optional: live copies of the store are made here, one folder each; best on another disk"},
    {"disk_reserve", &Config::disk_reserve, 64 << 20, int64_t{1} << 44,
     "below this much free space intake stops, so that what was accepted can still be settled"},
    {"start_offset_most", &Config::start_offset_most, 0, kDay,
     "after an announced hour this broker waits up to so long, at random: many must not meet"},
    {"log_level", &Config::log_level, 0, 0, "how much is logged: debug, info, warning or error"},
}};

const std::array<Known<Policy>, 27> kDestination = {{
    {"lease", &Policy::lease, 1, kHour, "how long a worker may hold a request before it begins"},
    {"silence", &Policy::silence, 1, kDay,
     "how long a try may be silent before it is in doubt; above the adapter's total timeout"},
    {"idempotent", &Policy::idempotent, 0, 0,
     "the operator promises that sending twice does no harm; silence then leads to a new try"},
    {"can_probe", &Policy::can_probe, 0, 0,
     "the adapter can ask what became of a try; without it a person settles every doubt"},
    {"settle", &Policy::settle, 0, kDay,
     "how long a request may still be on its way: no probe before"},
    {"probe_every", &Policy::probe_every, 1, kDay, "pause between two probes of one request"},
    {"probes", &Policy::probes, 1, 10'000, "probes that cannot tell before a person decides"},
    {"ask_every", &Policy::ask_every, 0, kDay,
     "pause before the answer of an accepted request is asked for; 0: it comes by itself"},
    {"ask_most", &Policy::ask_most, 1, 7 * kDay,
     "while the operator has nothing new to say that pause doubles, up to this"},
    {"strikes", &Policy::strikes, 1, 10'000,
     "failures of the request itself before a person looks at it"},
    {"retry_first", &Policy::retry_first, 1, kDay, "pause before the second try; it doubles"},
    {"retry_most", &Policy::retry_most, 1, 7 * kDay, "the longest pause between two tries"},
    {"in_flight", &Policy::in_flight, 1, 10'000,
     "requests at the operator at once, over all workers; what the operator agreed to"},
    {"in_flight_least", &Policy::in_flight_least, 1, 10'000,
     "where the ramp after a closure begins, and below which it never falls"},
    {"rate_most", &Policy::rate_most, 0, 4'000'000,
     "requests begun a second at the most; 0: no bound; the ramp leads up to it", true},
    {"rate_least", &Policy::rate_least, 0, 4'000'000,
     "requests begun a second where the ramp begins; 0: its share of rate_most", true},
    {"dead_cohorts", &Policy::dead_cohorts, 1, 100,
     "cohorts that fail in a row before a ramp closes the gate again"},
    {"fresh_share", &Policy::fresh_share, 0, 100,
     "of a hundred requests, how many were deposited while the gate was open, if both wait"},
    {"mix_points", &Policy::mix_points, 0, 100,
     "refusals above their usual share, in points of a hundred, that ask a person; 0: never"},
    {"mix_answers", &Policy::mix_answers, 1, 10'000,
     "answers since the opening before their mix is judged"},
    {"failure_domain", &Policy::failure_domain, 0, 0,
     "optional: destinations with the same one fall together; by default the profile's"},
    {"probes_at_once", &Policy::probes_at_once, 1, 10'000,
     "questions about earlier tries under way at once"},
    {"login_every", &Policy::login_every, 0, kHour,
     "pause between two accounts that try a new login, after an incident or a change"},
    {"confirm_after", &Policy::confirm_after, 0, 366 * kDay,
     "practices confirm requests that are older before they go; 0: never"},
    {"bill_after_grant", &Policy::bill_after_grant, 0, 31 * kDay,
     "a bill waits so long after its grant; by default the profile's"},
    {"due_working_days", &Policy::due_working_days, 0, 366,
     "working days in France by when a request should be at the operator; 0: no such date"},
    {"due_days", &Policy::due_days, 0, 3660,
     "days by when a request should be at the operator; 0: no such date"},
}};

std::optional<int64_t> ToBytes(const std::string& text) {
  int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || number < 0) return std::nullopt;
  const std::string unit(rest, end);
  if (unit == "B") return number;
  for (const SizeUnit& each : kSizeUnits) {
    if (unit == each.name && number <= INT64_MAX / each.bytes) return number * each.bytes;
  }
  return std::nullopt;
}

std::string FromBytes(int64_t bytes) {
  for (const SizeUnit& each : kSizeUnits) {
    if (bytes >= each.bytes && bytes % each.bytes == 0) {
      return fmt::format("{}{}", bytes / each.bytes, each.name);
    }
  }
  return fmt::format("{}B", bytes);
}

// One way to read, check and show for each type a setting can have.
struct Context {
  Fields& fields;
  const std::string name;
  const Setting& setting;
  const int64_t least;
  const int64_t most;
  const bool is_rate;
};

std::string ShowRate(int64_t thousandths) {
  std::string text = fmt::format("{}.{:03}", thousandths / 1000, thousandths % 1000);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

template <class T>
std::string Show(const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    return value.empty() ? "" : "\"" + value + "\"";
  } else if constexpr (std::is_same_v<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_same_v<T, absl::Duration>) {
    return "\"" + std::string(absl::FormatDuration(value)) + "\"";
  } else if constexpr (std::is_same_v<T, uint64_t>) {
    return "\"" + FromBytes(static_cast<int64_t>(value)) + "\"";
  } else {
    return fmt::format("{}", value);
  }
}

template <class T>
std::string Range(int64_t least, int64_t most) {
  if constexpr (std::is_same_v<T, std::string>) {
    return "any";
  } else if constexpr (std::is_same_v<T, bool>) {
    return "true or false";
  } else if constexpr (std::is_same_v<T, absl::Duration>) {
    return Show(absl::Seconds(least)) + " to " + Show(absl::Seconds(most));
  } else {
    return Show(static_cast<T>(least)) + " to " + Show(static_cast<T>(most));
  }
}

void Take(const Context& c, std::string& into) {
  if (const auto* text = std::get_if<std::string>(&c.setting.value)) {
    into = *text;
  } else {
    c.fields.Wrong(c.name, "must be a text in quotes");
  }
}

void Take(const Context& c, bool& into) {
  if (const auto* flag = std::get_if<bool>(&c.setting.value)) {
    into = *flag;
  } else {
    c.fields.Wrong(c.name, "must be true or false");
  }
}

// The number in the file, in thousandths; nullopt: it is none, or too fine.
std::optional<int64_t> ToThousandths(const Setting& setting) {
  constexpr int64_t kMost = 1'000'000'000;
  if (const auto* whole = std::get_if<int64_t>(&setting.value)) {
    if (*whole < 0 || *whole > kMost) return std::nullopt;
    return *whole * 1000;
  }
  const auto* fraction = std::get_if<double>(&setting.value);
  if (fraction == nullptr || !(*fraction >= 0) || *fraction > kMost) return std::nullopt;
  const int64_t thousandths = std::llround(*fraction * 1000);
  const double off = *fraction * 1000 - static_cast<double>(thousandths);
  return std::abs(off) < 1e-6 ? std::optional(thousandths) : std::nullopt;
}

void TakeRate(const Context& c, uint32_t& into) {
  const std::optional<int64_t> rate = ToThousandths(c.setting);
  if (!rate || *rate < c.least || *rate > c.most) {
    c.fields.Wrong(c.name, "must be a number from " + ShowRate(c.least) + " to " +
                               ShowRate(c.most) + " with at most three decimals");
  } else {
    into = static_cast<uint32_t>(*rate);
  }
}

void Take(const Context& c, uint32_t& into) {
  if (c.is_rate) return TakeRate(c, into);
  const auto* number = std::get_if<int64_t>(&c.setting.value);
  if (number == nullptr || *number < c.least || *number > c.most) {
    c.fields.Wrong(c.name, "must be a number from " + Range<uint32_t>(c.least, c.most));
  } else {
    into = static_cast<uint32_t>(*number);
  }
}

void Take(const Context& c, uint64_t& into) {
  const auto* text = std::get_if<std::string>(&c.setting.value);
  const std::optional<int64_t> bytes = text == nullptr ? std::nullopt : ToBytes(*text);
  if (!bytes.has_value() || *bytes < c.least || *bytes > c.most) {
    c.fields.Wrong(c.name, "must be a size from " + Range<uint64_t>(c.least, c.most));
  } else {
    into = static_cast<uint64_t>(*bytes);
  }
}

void Take(const Context& c, absl::Duration& into) {
  const auto* text = std::get_if<std::string>(&c.setting.value);
  absl::Duration duration;
  if (text == nullptr || !absl::ParseDuration(*text, &duration) ||
      duration < absl::Seconds(c.least) || duration > absl::Seconds(c.most)) {
    c.fields.Wrong(c.name, "must be a duration from " + Range<absl::Duration>(c.least, c.most));
  } else {
    into = duration;
  }
}

template <class T>
const char* UnitOf() {
  if (std::is_same_v<T, std::string>) return "text";
  if (std::is_same_v<T, bool>) return "flag";
  if (std::is_same_v<T, absl::Duration>) return "duration";
  if (std::is_same_v<T, uint64_t>) return "size";
  return "number";
}

}  // namespace

std::span<const Known<Config>> BrokerSettings() { return kBroker; }
std::span<const Known<Policy>> DestinationSettings() { return kDestination; }

template <class Owner>
void TakeSetting(Fields& fields, const Known<Owner>& known, Owner& owner) {
  const Setting* setting = fields.Find(known.name);
  const auto take = [&](auto member) {
    if (setting != nullptr) {
      Take(Context{fields, known.name, *setting, known.least, known.most, known.is_rate},
           owner.*member);
    }
    if constexpr (std::is_same_v<decltype(owner.*member), std::string&>) {
      const bool optional = std::string(known.reason).starts_with("optional");
      if ((owner.*member).empty() && !optional) fields.Text(known.name);
    }
  };
  std::visit(take, known.member);
}

template <class Owner>
SettingText Describe(const std::string& section, const Known<Owner>& known) {
  const Owner fallback;
  const auto describe = [&](auto member) {
    using T = std::remove_cvref_t<decltype(fallback.*member)>;
    if constexpr (std::is_same_v<T, uint32_t>) {
      if (known.is_rate) {
        return SettingText{section,
                           known.name,
                           "a second",
                           ShowRate(fallback.*member),
                           ShowRate(known.least) + " to " + ShowRate(known.most),
                           known.reason};
      }
    }
    return SettingText{section,
                       known.name,
                       UnitOf<T>(),
                       Show(fallback.*member),
                       Range<T>(known.least, known.most),
                       known.reason};
  };
  return std::visit(describe, known.member);
}

template void TakeSetting(Fields&, const Known<Config>&, Config&);
template void TakeSetting(Fields&, const Known<Policy>&, Policy&);
template SettingText Describe(const std::string&, const Known<Config>&);
template SettingText Describe(const std::string&, const Known<Policy>&);

}  // namespace ecluse
