// SPDX-License-Identifier: Apache-2.0
// Ends of the adapter, the broker and the answer's journey.
#include <fmt/format.h>

#include <algorithm>

#include "tests/conformance/promises.h"

namespace ecluse::conformance {
namespace {

constexpr char kSlow[] = "faults slow=100,slow-ms=1200";

bool HasBegun(Play& play, RequestId id) {
  const auto history = play.Show(id).history;
  return std::ranges::count(history, CauseCode::kBegun, &JournalEntry::cause) > 0;
}

// The operator's last word is in the inbox once; words on the way don't count.
void OneAnswer(Play& play, RequestId id) {
  const auto entries = play.Inbox(id);
  const auto answers =
      std::ranges::count(entries, wire::Event::kAnswered, &wire::InboxEntry::event);
  play.Must(answers == 1, fmt::format("{} has {} answers in the inbox", NameOf(id), answers));
}

}  // namespace

Finding GracefulStop(Play& play) {
  play.StartWarm();
  play.Tell(kSlow);
  const RequestId begun = play.CatchOneUnderWay();
  const RequestId waiting = play.Deposit();  // one at a time, so it waits for the first
  const int code = play.StopAdapter();
  play.Must(code == 0, fmt::format("it ended with {} instead of 0", code));
  const StateCode state = play.StateOf(begun);
  play.Must(state == StateCode::kSettled,
            fmt::format("what had begun was not reported: it is {}", NameOf(state)));
  play.Must(!HasBegun(play, waiting), "it began another request after SIGTERM");
  play.Tell("faults none");
  play.StartAdapter();
  play.UntilSettled({waiting});
  for (const RequestId id : {begun, waiting}) play.NoLie(id);
  return play.End("the one under way was finished and reported, the next one left alone, exit 0");
}

Finding CrashInTheMiddle(Play& play) {
  play.StartWarm();
  play.Tell(kSlow);
  const RequestId id = play.CatchOneUnderWay();
  play.KillAdapter();
  play.Tell("faults none");
  play.StartAdapter();
  const RequestId next = play.Deposit();
  play.UntilSettled({next});
  if (play.settings().probes) {
    play.UntilSettled({id});
  } else {
    play.UntilTryEnded(id);
  }
  for (const RequestId each : {id, next}) play.NoLie(each);
  return play.End("the operator has it once, and the next request went through");
}

Finding TwoAtOnce(Play& play) {
  constexpr int kRequests = 16;
  play.StartWarm();
  play.Tell("faults slow=100,slow-ms=250");
  play.StartAdapter(1);
  std::vector<RequestId> all;
  for (int i = 0; i < kRequests; ++i) all.push_back(play.Deposit(i % 2));
  play.UntilSettled(all);
  for (const RequestId id : all) play.NoLie(id);
  return play.End(fmt::format("two processes carried {} requests, each once", kRequests));
}

Finding LateAnswers(Play& play) {
  play.StartWarm();
  play.Tell("faults late=100,late-ms=2000");
  const RequestId pending = play.Deposit();
  play.UntilSettled({pending});
  const auto accepted = play.Accepted(pending);
  for (const wire::InboxEntry& entry : play.Inbox(pending)) {
    play.Must(entry.event == wire::Event::kNews || accepted.empty() ||
                  entry.at >= accepted.front().at + absl::Milliseconds(1900),
              "it answered for the operator before the operator had decided");
  }
  play.Tell(kSlow);
  const RequestId across = play.CatchOneUnderWay();
  play.RestartBroker();
  play.UntilSettled({across});
  play.Tell(fmt::format("faults slow=100,slow-ms={}",
                        absl::ToInt64Milliseconds(play.settings().silence) + 700));
  const RequestId late = play.Deposit();
  play.UntilSettled({late});
  // What is still to come of the late one comes before the answer to another.
  play.Tell("faults none");
  const RequestId after = play.Deposit();
  play.UntilSettled({after});
  for (const RequestId id : {pending, across, late, after}) {
    OneAnswer(play, id);
    play.NoLie(id);
  }
  return play.End(
      "decided later, reported across a broker's restart, told too late: one answer each");
}

}  // namespace ecluse::conformance
