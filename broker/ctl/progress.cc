// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/progress.h"

#include <fmt/format.h>

#include <algorithm>

#include "broker/ctl/table.h"
#include "broker/ctl/when.h"

namespace ecluse::ctl {
namespace {

const wire::DestinationStatus* Find(const Destination& destination,
                                    const wire::StatusReport& report) {
  for (const auto& d : report.destinations) {
    if (d.destination == destination) return &d;
  }
  return nullptr;
}

int64_t Count(const Destination& destination, StateCode state, const wire::StatusReport& report) {
  int64_t requests = 0;
  for (const auto& c : report.counts) {
    if (c.destination == destination && c.state == state) {
      requests += static_cast<int64_t>(c.requests);
    }
  }
  return requests;
}

}  // namespace

Progress Measure(const Destination& destination, uint64_t asked, const wire::StatusReport& start,
                 const wire::StatusReport& now) {
  Progress p;
  p.destination = destination;
  const auto* then = Find(destination, start);
  const auto* today = Find(destination, now);
  if (then == nullptr || today == nullptr) {
    p.over = true;
    return p;
  }
  p.in_flight = today->in_flight;
  p.waiting = today->waiting;
  // What is allowed and not there can't go.
  p.asked = std::min<uint64_t>(asked, then->waiting);
  p.left = std::min<uint64_t>({p.asked, today->gate.allowance, today->waiting});
  const auto more = [&](StateCode state) {
    return Count(destination, state, now) - Count(destination, state, start);
  };
  p.in_doubt = more(StateCode::kInDoubt);
  p.deferred = more(StateCode::kDeferred);
  const bool reopened = today->gate.code != GateCode::kClosed;
  p.over = reopened || (p.left == 0 && p.in_flight == 0);
  return p;
}

std::string Bar(const Progress& progress, const View& view) {
  constexpr uint64_t kWidth = 30;
  const uint64_t filled =
      progress.asked == 0 ? kWidth : kWidth * progress.Passed() / progress.asked;
  std::string bar;
  for (uint64_t i = 0; i < kWidth; ++i) bar += i < filled ? "█" : "░";
  return bar + " " + ProgressText(progress, view);
}

std::string ProgressText(const Progress& progress, const View& view) {
  std::string text =
      fmt::format(fmt::runtime(view("{}/{} gone, in flight {}", "{}/{} parties, en vol {}")),
                  Grouped(progress.Passed(), view.french), Grouped(progress.asked, view.french),
                  progress.in_flight);
  if (progress.in_doubt > 0) {
    text += fmt::format(fmt::runtime(view(", in doubt +{}", ", en doute +{}")), progress.in_doubt);
  }
  if (progress.deferred > 0) {
    text += fmt::format(fmt::runtime(view(", deferred +{}", ", différées +{}")), progress.deferred);
  }
  return text;
}

std::string ProgressJson(const Progress& progress) {
  return fmt::format(
      "{{\"type\":\"progress\",\"destination\":\"{}\",\"asked\":{},\"passed\":{},"
      "\"in_flight\":{},\"waiting\":{},\"in_doubt\":{},\"deferred\":{},\"over\":{}}}\n",
      ToString(progress.destination), progress.asked, progress.Passed(), progress.in_flight,
      progress.waiting, progress.in_doubt, progress.deferred, progress.over);
}

std::string SummaryText(const Progress& progress, const View& view) {
  return fmt::format(fmt::runtime(view("{}: {} of {} gone; {} still wait.\n",
                                       "{} : {} parties sur {} ; {} attendent encore.\n")),
                     ToString(progress.destination), Grouped(progress.Passed(), view.french),
                     Grouped(progress.asked, view.french), Grouped(progress.waiting, view.french));
}

std::string WhyStill(const Destination& destination, const wire::StatusReport& now,
                     const View& view) {
  std::string why;
  if (now.workers == 0) {
    why += view("  no worker is heard: is the adapter running?\n",
                "  aucun ouvrier entendu : l'adaptateur tourne-t-il ?\n");
  }
  if (now.disk_low) why += view("  the broker's disk is low\n", "  disque presque plein\n");
  const auto* found = Find(destination, now);
  if (found == nullptr) return why;
  if (found->gate.paused_until > view.now) {
    why += fmt::format(
        fmt::runtime(view("  the gate is paused for {}\n", "  la vanne est en pause pour {}\n")),
        Span(found->gate.paused_until - view.now, view));
  }
  if (found->held) {
    why += view("  a hold stops this destination: eclusectl holds\n",
                "  une retenue arrête cette destination : eclusectl holds\n");
  }
  return why;
}

}  // namespace ecluse::ctl
