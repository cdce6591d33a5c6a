// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/progress.h"
#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"

namespace ecluse::ctl {
namespace {

constexpr absl::Duration kBetweenLooks = absl::Seconds(1);
constexpr int kStillLooks = 30;  // looks without a change before the reasons are told

void Draw(Session& session, const Progress& progress, bool changed) {
  if (session.json) {
    if (changed) session.world.out << ProgressJson(progress) << std::flush;
  } else if (session.world.terminal) {
    // Back to the line's start; clear what the last look left behind.
    session.world.out << "\r" << Bar(progress, session.view) << "\033[K" << std::flush;
  } else if (changed) {
    session.world.out << ProgressText(progress, session.view) << "\n" << std::flush;
  }
}

}  // namespace

void Follow(Session& session, const wire::Drain& drain) {
  const auto start = session.Request<wire::StatusReport>(wire::Status{});
  if (!start) return;
  if (!session.Request<wire::GateResult>(drain)) return;
  Progress last;
  for (int still = 0;; ++still) {
    const auto now = session.Request<wire::StatusReport>(wire::Status{});
    if (!now) return;
    session.view.now = session.world.now();
    const Progress progress = Measure(drain.destination, drain.first, *start, *now);
    const bool changed = !(progress == last);
    Draw(session, progress, changed);
    if (changed) still = 0;
    last = progress;
    if (progress.over) break;
    if (still > 0 && still % kStillLooks == 0) {
      const std::string why = WhyStill(drain.destination, *now, session.view);
      if (session.world.terminal && !why.empty()) session.world.err << "\n";
      session.world.err << why;
    }
    session.world.wait(kBetweenLooks);
  }
  if (session.world.terminal && !session.json) session.world.out << "\n";
  session.Tell(SummaryText(last, session.view));
}

}  // namespace ecluse::ctl
