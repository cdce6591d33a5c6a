// SPDX-License-Identifier: Apache-2.0
// What an adapter says of a try: taken, surely not sent, or that it can't tell.
#include <fmt/format.h>

#include <algorithm>

#include "tests/conformance/lies.h"
#include "tests/conformance/promises.h"

namespace ecluse::conformance {
namespace {

// How the last try ended; nullopt: there was none, or it is under way.
std::optional<JournalEntry> LastEnd(Play& play, RequestId id) {
  const auto history = play.Show(id).history;
  const auto tries = TriesOf(history);
  if (tries.empty() || tries.back().end == nullptr) return std::nullopt;
  return *tries.back().end;
}

bool WasDoubt(Play& play, RequestId id) {
  const auto end = LastEnd(play, id);
  return end && end->to == StateCode::kInDoubt;
}

bool WasNotSent(Play& play, RequestId id) {
  const auto end = LastEnd(play, id);
  return end && end->outcome == OutcomeCode::kDeferred;
}

// Nothing was sent after the operator had it, doubled or not.
void NotAgain(Play& play, RequestId id) {
  const auto accepted = play.Accepted(id);
  const auto history = play.Show(id).history;
  const auto tries = TriesOf(history);
  if (!play.ok() || accepted.empty() || tries.empty()) return;
  play.Must(tries.back().begun->at <= accepted.front().at + absl::Milliseconds(100),
            NameOf(id) + " was sent again");
}

uint64_t Probes(Play& play, RequestId id) {
  const auto history = play.Show(id).history;
  return static_cast<uint64_t>(
      std::ranges::count(history, CauseCode::kProbed, &JournalEntry::cause));
}

// Deposits one while the stand does that with it, and waits until its first try is over.
RequestId SendUnder(Play& play, const std::string& trouble) {
  play.Tell(trouble);
  const RequestId id = play.Deposit();
  play.UntilTryEnded(id);
  return id;
}

}  // namespace

Finding AtMostOnce(Play& play) {
  constexpr int kRequests = 24;
  play.StartWarm();
  play.Tell(
      "faults error=15,drop-before=15,drop-after=15,slow=10,garbage=10,late=10,slow-ms=200,"
      "late-ms=300");
  std::vector<RequestId> all;
  for (int i = 0; i < kRequests; ++i) all.push_back(play.Deposit(i % 2));
  for (const RequestId id : all) {
    // Without a probe a doubt stays a doubt.
    play.Until(fmt::format("{} comes to an end", NameOf(id)), [&] {
      const StateCode state = play.StateOf(id);
      return state == StateCode::kSettled ||
             (!play.settings().probes && state == StateCode::kInDoubt);
    });
  }
  for (const RequestId id : all) play.NoLie(id);
  return play.End(fmt::format("{} requests, most under faults: {} acceptances, none twice",
                              kRequests + 2, play.Ledger().accepted.size()));
}

Finding DoubtIsDoubt(Play& play) {
  play.StartWarm();
  std::vector<RequestId> lost;
  for (const char* trouble : {"drop-after=100", "garbage=100", "trickle=100"}) {
    play.Tell(std::string("faults ") + trouble);
    lost.push_back(play.Deposit());
    play.UntilAccepted(lost.back());
    play.UntilTryEnded(lost.back());
    play.Must(WasDoubt(play, lost.back()),
              fmt::format("{}: the operator accepted it and its answer was lost ({}), but the "
                          "adapter reported something else than doubt",
                          NameOf(lost.back()), trouble));
  }
  play.Tell("faults none");
  if (play.settings().probes) play.UntilSettled(lost);
  for (const RequestId id : lost) {
    play.NoLie(id);
    NotAgain(play, id);
  }
  return play.End("an answer that was cut off, nonsense or endless was doubt, and sent once");
}

Finding ProbeIsTruthful(Play& play) {
  play.StartWarm();
  const RequestId had = SendUnder(play, "faults drop-after=100");
  play.UntilSettled({had});
  NotAgain(play, had);
  const RequestId never = SendUnder(play, "faults drop-before=100");
  play.Must(play.Accepted(never).empty(), "the stand accepted what it should have dropped");
  play.Tell("faults none");
  play.UntilSettled({never});
  play.Must(!play.Accepted(never).empty(), "what the operator never had was not sent again");
  const RequestId hidden = SendUnder(play, "faults drop-after=100");
  play.Tell("close refuse");
  // The second probe is asked when the first has been told.
  const uint64_t before = Probes(play, hidden);
  play.Until("the adapter is asked to probe", [&] {
    return Probes(play, hidden) >= before + 2 || play.StateOf(hidden) != StateCode::kInDoubt;
  });
  const StateCode state = play.StateOf(hidden);
  play.Must(state == StateCode::kInDoubt || state == StateCode::kSettled,
            "a probe that reached nobody made it " + NameOf(state));
  play.Tell("open");
  play.UntilSettled({hidden});
  for (const RequestId id : {had, never, hidden}) play.NoLie(id);
  return play.End("found what was there, missed what was not, said nothing of a closed operator");
}

Finding SurelyNotSentIsTrue(Play& play) {
  play.StartWarm();
  const RequestId refused = SendUnder(play, "close refuse");
  play.Must(WasNotSent(play, refused),
            "the connection was refused, but it did not say \"not sent\"");
  play.Tell("open");
  play.UntilSettled({refused});
  const RequestId busy = SendUnder(play, "close busy 1");
  play.Must(WasNotSent(play, busy), "the operator said 503, but it did not say \"not sent\"");
  play.Tell("open");
  play.UntilSettled({busy});
  std::vector<RequestId> unknown;
  for (const char* trouble : {"faults drop-before=100", "faults drop-after=100"}) {
    unknown.push_back(SendUnder(play, trouble));
    play.Must(!WasNotSent(play, unknown.back()),
              "it said \"not sent\" of what the operator had read, and then hung up");
  }
  play.Tell("faults none");
  if (play.settings().probes) play.UntilSettled(unknown);
  for (const RequestId id : {refused, busy, unknown.front(), unknown.back()}) play.NoLie(id);
  return play.End("a refused connection and 503 were \"not sent\", a hang-up was not");
}

Finding RetryAfterInFull(Play& play) {
  constexpr absl::Duration kPause = absl::Seconds(3);
  play.StartWarm();
  const RequestId id = SendUnder(play, "close busy 3");
  play.Must(WasNotSent(play, id), "the operator said 503, but it did not say \"not sent\"");
  play.Tell("open");
  play.UntilSettled({id});
  const auto history = play.Show(id).history;
  const auto begun = std::ranges::find(history, CauseCode::kBegun, &JournalEntry::cause);
  const auto accepted = play.Accepted(id);
  if (!play.ok() || begun == history.end() || accepted.empty()) return play.End("");
  const absl::Duration kept = accepted.front().at - begun->at;
  play.Must(kept >= kPause, fmt::format("the operator asked for {} and was left alone for {}",
                                        absl::FormatDuration(kPause), absl::FormatDuration(kept)));
  play.Must(play.Show(id).row.status.attempts == 2, "it knocked again during the pause");
  play.NoLie(id);
  return play.End(fmt::format("asked for {}, was left alone for {}", absl::FormatDuration(kPause),
                              absl::FormatDuration(kept)));
}

}  // namespace ecluse::conformance
