// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/time/time.h>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "adapters/checks.h"
#include "proto/wire.h"

namespace ecluse {

struct DeskOptions {
  WorkerId worker;
  std::vector<Destination> destinations;
  uint32_t threads = 4;  // calls of the handler at a time
  uint32_t slots = 8;    // tasks in hand at a time, those that wait for a thread included
  absl::Duration pull_wait = absl::Seconds(20);
  // The longest that one Deliver takes. A try that could no longer end within the broker's
  // `silence` is not begun.
  absl::Duration longest_delivery;
  // The greatest epoch that an earlier life of this adapter heard.
  StoreEpoch least_epoch = 0;
};

// What the worker holds, and what it says next, given what happened. Pure: no socket, no thread,
// and the time is an argument; it may come from any clock that never goes back.
//
// INVARIANT: a delivery is handed to the handler at most once per attempt, only after Proceed, and
// only while what the broker called `silence` leaves it the time. INVARIANT: what the handler was
// given is reported until the broker noted it. INVARIANT: nothing is begun that came from a smaller
// epoch than the greatest one heard: such work is of a broker that was restored over.
class Desk {
 public:
  explicit Desk(DeskOptions options) : options_(std::move(options)), epoch_(options_.least_epoch) {}

  // What came in. Repeats and late comers change nothing. False: nothing was taken, because it is
  // work of a smaller epoch.
  bool Take(wire::Work work, absl::Time now);
  // `asked`: when the Begin that this answers was first said. Silence is counted from there,
  // because the broker may have counted from there.
  void Take(const wire::Proceed& proceed, absl::Time asked, absl::Time now);
  // nullopt: the handler can't tell, or failed.
  void Done(wire::Attempt attempt, wire::Task::What what, std::optional<Outcome> outcome);
  void Done(JobId job, RequestId request, std::vector<Problem> problems) {
    checks_.Done(job, request, std::move(problems));
  }
  void Take(const wire::Report& report, const wire::Noted& noted);
  void Answered(const wire::Checked& checked) { checks_.Answered(checked); }
  // The broker refused the call as a whole. What it carried will be said again after a while.
  void Refused(const wire::Begin& begin);
  void Refused(const wire::Report& report, absl::Time now);

  // No more pulls. What has begun is finished and reported, the rest is put down: the broker hears
  // so by Leave.
  void Stop();
  wire::Leave Leaving() const { return {options_.worker}; }
  // Nothing is in hand.
  bool Empty() const { return InHand() == 0; }

  // What to say. Each asks once: what is given out is under way until its answer is taken.
  std::optional<wire::Begin> NextBegin(absl::Time now);
  std::optional<wire::Report> NextReport(absl::Time now);
  std::optional<wire::Checked> NextChecked() { return checks_.Next(options_.worker); }
  // What to pull, or nullopt when there is no room. May be asked again while a pull is under way,
  // to see how much more there would be room for.
  std::optional<wire::Pull> NextPull(absl::Time now);
  // To be asked before NextBegin, so that probes get their share of the threads. Dry runs come
  // last, and take no more than half of them.
  std::vector<HandlerCall> NextCalls(absl::Time now);

 private:
  enum class Phase : uint8_t {
    kInHand,     // delivery: not begun; probe: not asked yet
    kAsking,     // Begin is under way
    kProceeded,  // may be delivered; waits for a thread
    kRunning,    // the handler has it
    kToReport,
    kReporting,
  };
  struct Item {
    Phase phase = Phase::kInHand;
    Envelope envelope;
    std::string content;
    std::string grant;
    StoreEpoch epoch = 0;  // as heard with it
    absl::Time until;      // kInHand: the lease; kProceeded: the latest moment to start
    absl::Time not_before = absl::InfinitePast();  // kToReport
    std::optional<Outcome> outcome;
  };
  using Key = std::tuple<RequestId, uint32_t, wire::Task::What>;

  Item* Find(wire::Attempt attempt, wire::Task::What what);
  bool WasDelivered(wire::Attempt attempt) const;
  void RememberDelivered(wire::Attempt attempt);
  void PutDownLapsed(absl::Time now);
  void HearEpoch(StoreEpoch epoch);
  size_t InHand() const { return items_.size() + checks_.size(); }
  uint32_t InPhase(Phase phase) const;
  uint32_t Busy() const;
  void AddChecks(std::vector<HandlerCall>& calls);
  std::optional<wire::Report> ReportOf(wire::Task::What what, absl::Time now);

  const DeskOptions options_;
  bool stopping_ = false;
  bool careful_ = false;  // a report was refused: one item at a time
  StoreEpoch epoch_ = 0;  // the greatest one heard
  std::map<Key, Item> items_;
  Checks checks_;
  // The last attempt of each request that was delivered; the oldest are forgotten. The broker
  // refuses to begin an attempt twice, so this is a second lock on the same door.
  absl::flat_hash_map<RequestId, uint32_t> delivered_;
  std::deque<RequestId> delivered_order_;
};

}  // namespace ecluse
