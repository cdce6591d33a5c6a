// SPDX-License-Identifier: Apache-2.0
#include "broker/core/look/forecast.h"

#include <algorithm>
#include <utility>

#include "broker/core/look/turns.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

// Dates looked at in one call, and of one lane: reads take the time of the broker's only loop.
constexpr size_t kRanksPerCall = 10'000;
constexpr size_t kRanksPerLane = 1'000;
constexpr size_t kRanksPerRead = 250;

absl::Duration After(uint64_t requests, const Rate& rate) {
  return absl::Milliseconds(1'000'000.0 * static_cast<double>(requests) /
                            static_cast<double>(rate.milli));
}

// One look at one destination.
class Outlook {
 public:
  Outlook(const Books& books, const Destination& destination, absl::Time now)
      : books_(books),
        destination_(destination),
        now_(now),
        queue_(books.QueueOf(destination)),
        turns_(queue_, books.PolicyOf(destination).fresh_share,
               [&](const PracticeId& p) { return Stopped(p); }),
        rate_(RateOf(books, destination, now)),
        opens_(OpensIn(books, destination, now)) {}

  bool Stopped(const PracticeId& practice) const {
    return books_.holds().Stops(destination_, practice);
  }
  std::optional<absl::Duration> Goes(uint64_t before) const {
    if (!opens_ || rate_.milli == 0) return std::nullopt;
    return *opens_ + After(before + 1, rate_);
  }
  std::optional<absl::Duration> EmptyIn(const PracticeId& practice) const {
    if (Stopped(practice)) return std::nullopt;
    std::optional<uint64_t> last;
    for (const Share share : {Share::kFresh, Share::kBacklog}) {
      const uint64_t count = queue_.CountOf(practice, share);
      if (count > 0) last = std::max(last.value_or(0), turns_.Before(share, count, count - 1));
    }
    return last ? Goes(*last) : std::nullopt;
  }
  std::optional<absl::Duration> AllEmptyIn() const {
    const bool some_stay = turns_.size() < queue_.size();
    return queue_.size() == 0 || some_stay ? std::nullopt : Goes(queue_.size() - 1);
  }
  const Rate& rate() const { return rate_; }

  // Those that would go after their date; where nobody can tell when, those whose date is over.
  // `left`: dates that may still be looked at.
  void CountLate(const PracticeId& practice, size_t& left, wire::ForecastResult::Row& row) const {
    for (const Share share : {Share::kFresh, Share::kBacklog}) {
      const uint64_t count = queue_.CountOf(practice, share);
      const size_t most = std::min({left, kRanksPerLane, static_cast<size_t>(count)});
      if (most < count) row.looked_at_all = false;
      std::optional<Rank> after;
      for (uint64_t ahead = 0; ahead < most;) {
        const auto page = books_.reads().Ready(destination_, practice, share, after,
                                               std::min<size_t>(kRanksPerRead, most - ahead));
        if (page.empty()) break;
        after = page.back();
        left -= page.size();
        for (const Rank& rank : page) {
          const bool stopped = Stopped(practice);
          const auto goes = stopped ? std::nullopt : Goes(turns_.Before(share, count, ahead));
          if (now_ + goes.value_or(absl::ZeroDuration()) > rank.due) ++row.late;
          ++ahead;
        }
      }
    }
  }

 private:
  const Books& books_;
  const Destination& destination_;
  const absl::Time now_;
  const Queue& queue_;
  const Turns turns_;
  const Rate rate_;
  const std::optional<absl::Duration> opens_;
};

}  // namespace

Rate RateOf(const Books& books, const Destination& destination, absl::Time now) {
  const uint64_t measured = books.GateOf(destination).RateMilli(now);
  if (measured > 0) return {measured, true};
  const Policy& policy = books.PolicyOf(destination);
  return {policy.rate_least > 0 ? policy.rate_least : policy.rate_most, false};
}

std::optional<absl::Duration> AnnouncedIn(const Books& books, const Destination& destination,
                                          absl::Time now) {
  const GateState& gate = books.GateOf(destination).state();
  if (gate.code != GateCode::kClosed || gate.announced == absl::InfiniteFuture()) {
    return std::nullopt;
  }
  return std::max(gate.announced + books.house().offset - now, absl::ZeroDuration());
}

std::optional<absl::Duration> OpensIn(const Books& books, const Destination& destination,
                                      absl::Time now) {
  if (books.holds().Stops(destination)) return std::nullopt;
  const GateState& gate = books.GateOf(destination).state();
  if (gate.code == GateCode::kClosed) return AnnouncedIn(books, destination, now);
  if (gate.asks) return std::nullopt;
  return std::max(gate.paused_until - now, absl::ZeroDuration());
}

std::optional<absl::Duration> GoesIn(const Books& books, const Destination& destination,
                                     uint64_t before, absl::Time now) {
  const Rate rate = RateOf(books, destination, now);
  const std::optional<absl::Duration> opens = OpensIn(books, destination, now);
  if (!opens || rate.milli == 0) return std::nullopt;
  return *opens + After(before + 1, rate);
}

std::optional<absl::Duration> EmptyIn(const Books& books, const Destination& destination,
                                      const PracticeId& practice, absl::Time now) {
  if (books.holds().Stops(destination, practice)) return std::nullopt;
  const Queue& queue = books.QueueOf(destination);
  std::optional<uint64_t> last;
  for (const Share share : {Share::kFresh, Share::kBacklog}) {
    const uint64_t count = queue.CountOf(practice, share);
    if (count > 0) last = std::max(last.value_or(0), queue.Before(practice, count - 1));
  }
  return last ? GoesIn(books, destination, *last, now) : std::nullopt;
}

wire::ReplyBody View(Books& books, const wire::Forecast& call, absl::Time now) {
  if (!books.Exists(call.destination)) return Error{ErrorCode::kUnknownDestination, "destination"};
  const Outlook outlook(books, call.destination, now);
  const Queue& queue = std::as_const(books).QueueOf(call.destination);
  wire::ForecastResult result;
  result.destination = call.destination;
  result.waiting = queue.size();
  result.rate_milli = outlook.rate().milli;
  result.measured = outlook.rate().measured;
  result.opens_in = AnnouncedIn(books, call.destination, now);
  result.empty_in = outlook.AllEmptyIn();
  const std::vector<PracticeId> practices = queue.Practices();
  auto practice = std::upper_bound(practices.begin(), practices.end(), call.after);
  size_t left = kRanksPerCall;
  for (; practice != practices.end(); ++practice) {
    if (result.rows.size() == limits::kForecastPerCall || left == 0) break;
    wire::ForecastResult::Row row;
    row.practice = *practice;
    row.waiting = queue.CountOf(*practice);
    row.empty_in = outlook.EmptyIn(*practice);
    outlook.CountLate(*practice, left, row);
    result.rows.push_back(std::move(row));
  }
  result.more = practice != practices.end();
  return result;
}

}  // namespace ecluse
