// SPDX-License-Identifier: Apache-2.0
#include "adapters/worker.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <random>
#include <utility>
#include <variant>

#include "adapters/collector.h"
#include "adapters/desk.h"
#include "adapters/pool.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

constexpr absl::Duration kRefusedPause = absl::Seconds(5);
constexpr absl::Duration kEmptyPause = absl::Milliseconds(100);
constexpr absl::Duration kLook = absl::Seconds(1);
// Beyond what a pull may wait at the broker.
constexpr absl::Duration kStrangeSilence = absl::Seconds(10);
// A broker that is away need not hear that we leave: what it leased lapses.
constexpr absl::Duration kFarewell = absl::Seconds(2);

absl::Time SteadyNow() {
  return absl::UnixEpoch() + absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

WorkerId DrawWorkerId() {
  std::random_device random;
  uint64_t id = 0;
  while (id == 0) id = (uint64_t{random()} << 32) | random();
  return {id};
}

// A call of one kind that is under way.
template <class Call>
struct Asked {
  Link::Ticket ticket = 0;
  Call call;
  absl::Time at;
};

}  // namespace

struct Worker::Parts {
  WorkerOptions options;
  std::unique_ptr<Link> link;
  Desk desk;
  Pool pool;
  Collector collector;
  std::atomic<bool> stop = false;
  bool stopping = false;
  absl::Time stop_by = absl::InfiniteFuture();
  absl::Time pull_not_before = absl::InfinitePast();
  std::optional<Asked<wire::Pull>> pull;
  std::optional<Asked<wire::Begin>> begin;
  std::optional<Asked<wire::Report>> report;
  std::optional<Asked<wire::Checked>> checked;
  std::optional<Link::Ticket> leave;
  bool fenced = false;  // the broker's last word came from a life of the store that is over
  StoreEpoch epoch = options.least_epoch;  // the greatest one heard
  absl::Time heard = absl::InfinitePast();
  bool told_silence = false;

  Parts(WorkerOptions o, std::unique_ptr<Link> l, DeskOptions d, Handler& handler)
      : options(std::move(o)),
        link(std::move(l)),
        desk(std::move(d)),
        pool(handler, options.threads, [this] { link->Wake(); }),
        collector(handler, {options.collect_every, [this] { link->Wake(); },
                            [this](const std::string& line) { Log(line); }}) {}

  void Log(const std::string& line) const {
    if (options.log) options.log(line);
  }
  void BeginToStop(absl::Time now);
  void TakeFinished();
  void SayWhatIsDue(absl::Time now);
  void SayPull(absl::Time now);
  void TellSilence(absl::Time now);
  void Hear(Link::Arrival arrival, absl::Time now);
  void HearPull(absl::StatusOr<wire::ReplyBody> reply, absl::Time now);
  void HearBegin(absl::StatusOr<wire::ReplyBody> reply, absl::Time now);
  void HearReport(absl::StatusOr<wire::ReplyBody> reply, absl::Time now);
  void HearChecked(const absl::StatusOr<wire::ReplyBody>& reply);
  void TellFenced(bool is);
  void LogRefusal(const char* call, const absl::StatusOr<wire::ReplyBody>& reply) const;
};

void Worker::Parts::BeginToStop(absl::Time now) {
  stopping = true;
  stop_by = now + options.stop_within;
  desk.Stop();
  collector.Stop();
  if (pull) link->Forget(pull->ticket);
  pull.reset();
  // The pull that waits is forgotten at the broker too, and what was leased and not begun goes
  // back, so that no request waits for a lease to lapse.
  leave = link->Start(desk.Leaving(), std::min(options.stop_within, kFarewell));
}

void Worker::Parts::TakeFinished() {
  for (Pool::Finished& finished : pool.TakeFinished()) {
    if (finished.threw) {
      Log("the handler threw on request " + std::to_string(finished.attempt.request.value) +
          (finished.what == wire::Task::What::kDryRun ? " in a dry run"
                                                      : ", which counts as doubt"));
    }
    if (finished.what == wire::Task::What::kDryRun) {
      desk.Done(finished.job, finished.attempt.request, std::move(finished.problems));
    } else {
      desk.Done(finished.attempt, finished.what, std::move(finished.outcome));
    }
  }
}

// One call of each kind at a time: what happens meanwhile goes into the next.
void Worker::Parts::SayWhatIsDue(absl::Time now) {
  for (HandlerCall& call : desk.NextCalls(now)) pool.Start(std::move(call));
  if (!report) {
    if (auto next = desk.NextReport(now)) {
      const auto ticket = link->Start(*next, absl::InfiniteDuration());
      report = {ticket, *std::move(next), now};
    }
  }
  if (!begin) {
    if (auto next = desk.NextBegin(now)) {
      const auto ticket = link->Start(*next, absl::InfiniteDuration());
      begin = {ticket, *std::move(next), now};
    }
  }
  if (!checked) {
    if (auto next = desk.NextChecked()) {
      const auto ticket = link->Start(*next, absl::InfiniteDuration());
      checked = {ticket, *std::move(next), now};
    }
  }
  SayPull(now);
  collector.Say(*link);
}

// A pull that waits at the broker is replaced once there is much more room than it asked for. If
// its answer crosses the new pull, the broker hears that the tasks did not arrive, and sends them
// again.
void Worker::Parts::SayPull(absl::Time now) {
  if (now < pull_not_before) return;
  auto next = desk.NextPull(now);
  if (!next) return;
  if (pull) {
    if (next->slots <= 2 * pull->call.slots) return;
    link->Forget(pull->ticket);
  }
  const auto ticket = link->Start(*next, absl::InfiniteDuration(), next->wait);
  pull = {ticket, *std::move(next), now};
}

// A key that the broker does not know gets nothing, not even an error: without a word in the log
// such an adapter looks well.
void Worker::Parts::TellSilence(absl::Time now) {
  if (told_silence || !pull) return;
  if (now - std::max(heard, pull->at) < options.pull_wait + kStrangeSilence) return;
  told_silence = true;
  Log("no answer from the broker: is it running, and does it know this key?");
}

void Worker::Parts::Hear(Link::Arrival arrival, absl::Time now) {
  heard = now;
  told_silence = false;
  if (pull && arrival.ticket == pull->ticket) return HearPull(std::move(arrival.reply), now);
  if (begin && arrival.ticket == begin->ticket) return HearBegin(std::move(arrival.reply), now);
  if (report && arrival.ticket == report->ticket) return HearReport(std::move(arrival.reply), now);
  if (checked && arrival.ticket == checked->ticket) return HearChecked(arrival.reply);
  if (leave == arrival.ticket) return leave.reset();
  collector.Hear(arrival);
}

void Worker::Parts::HearPull(absl::StatusOr<wire::ReplyBody> reply, absl::Time now) {
  const absl::Time asked = pull->at;
  pull.reset();
  auto* work = reply.ok() ? std::get_if<wire::Work>(&*reply) : nullptr;
  if (work == nullptr) {
    LogRefusal("pull", reply);
    pull_not_before = now + kRefusedPause;
    return;
  }
  if (work->tasks.empty() && now - asked < options.pull_wait / 2) {
    pull_not_before = now + kEmptyPause;
  }
  if (work->epoch > epoch && options.remember_epoch && !options.remember_epoch(work->epoch)) {
    pull_not_before = now + kRefusedPause;
    return;
  }
  epoch = std::max(epoch, work->epoch);
  const bool taken = desk.Take(*std::move(work), now);
  TellFenced(!taken);
  if (!taken) pull_not_before = now + kRefusedPause;
}

// Once, until work of today's epoch comes again.
void Worker::Parts::TellFenced(bool is) {
  if (is && !fenced) {
    Log("work of a life of the broker's store that is over was put down: is an old broker still "
        "running beside a restored one?");
  }
  fenced = is;
}

void Worker::Parts::HearBegin(absl::StatusOr<wire::ReplyBody> reply, absl::Time now) {
  const auto asked = *std::exchange(begin, std::nullopt);
  if (const auto* proceed = reply.ok() ? std::get_if<wire::Proceed>(&*reply) : nullptr) {
    for (const auto& item : proceed->items) {
      if (item.error == ErrorCode::kFenced) TellFenced(true);
    }
    desk.Take(*proceed, asked.at, now);
    return;
  }
  LogRefusal("begin", reply);
  pull_not_before = now + kRefusedPause;
  desk.Refused(asked.call);
}

void Worker::Parts::HearReport(absl::StatusOr<wire::ReplyBody> reply, absl::Time now) {
  const auto said = *std::exchange(report, std::nullopt);
  const auto* noted = reply.ok() ? std::get_if<wire::Noted>(&*reply) : nullptr;
  if (noted == nullptr || noted->results.size() != said.call.items.size()) {
    LogRefusal("report", reply);
    desk.Refused(said.call, now);
    return;
  }
  for (size_t i = 0; i < noted->results.size(); ++i) {
    const ErrorCode code = noted->results[i];
    // "Cannot tell" has nothing to change when it is the end of a probe.
    const bool idle = code == ErrorCode::kStale && !said.call.items[i].outcome;
    if (code == ErrorCode::kNone || idle) continue;
    Log("the report on request " + std::to_string(said.call.items[i].attempt.request.value) +
        " changed nothing: error " + std::to_string(static_cast<int>(code)));
  }
  desk.Take(said.call, *noted);
}

// Whatever the answer: nothing hangs on it, and a broker that wants to know asks again.
void Worker::Parts::HearChecked(const absl::StatusOr<wire::ReplyBody>& reply) {
  const auto said = *std::exchange(checked, std::nullopt);
  if (!reply.ok() || std::holds_alternative<Error>(*reply)) LogRefusal("dry run's results", reply);
  desk.Answered(said.call);
}

void Worker::Parts::LogRefusal(const char* call,
                               const absl::StatusOr<wire::ReplyBody>& reply) const {
  std::string why = "its reply does not fit";
  if (!reply.ok()) {
    why = std::string(reply.status().message());
  } else if (const auto* error = std::get_if<Error>(&*reply)) {
    why = std::string(ToStatus(*error).message());
  }
  Log(std::string("the broker did not take the ") + call + ": " + why);
}

Worker::Worker(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Worker::~Worker() = default;

absl::StatusOr<std::unique_ptr<Worker>> Worker::Open(WorkerOptions options, Handler& handler) {
  if (options.destinations.empty()) return absl::InvalidArgumentError("no destination to serve");
  const auto most = static_cast<uint32_t>(limits::kSlotsPerWorker);
  options.threads = std::clamp(options.threads, 1u, most);
  if (options.slots == 0) options.slots = 2 * options.threads;
  options.slots = std::clamp(options.slots, options.threads, most);
  auto link = Link::Open(options.link);
  if (!link.ok()) return link.status();
  DeskOptions desk{DrawWorkerId(),    options.destinations,     options.threads,    options.slots,
                   options.pull_wait, options.longest_delivery, options.least_epoch};
  return std::unique_ptr<Worker>(new Worker(
      std::make_unique<Parts>(std::move(options), *std::move(link), std::move(desk), handler)));
}

absl::Status Worker::Run() {
  Parts& p = *parts_;
  p.collector.Start();
  for (;;) {
    absl::Time now = SteadyNow();
    if (p.stop && !p.stopping) p.BeginToStop(now);
    p.TakeFinished();
    if (p.stopping && p.desk.Empty() && p.collector.Quiet() && !p.leave) return absl::OkStatus();
    if (now >= p.stop_by) {
      // What came by itself and was not noted comes again: the handler keeps it.
      if (p.desk.Empty()) return absl::OkStatus();
      return absl::DeadlineExceededError("stopped with outcomes that the broker has not noted");
    }
    p.SayWhatIsDue(now);
    p.TellSilence(now);
    if (p.options.turned) p.options.turned();
    auto arrival = p.link->Next(kLook);
    if (arrival) p.Hear(*std::move(arrival), SteadyNow());
  }
}

void Worker::Stop() {
  parts_->stop = true;
  parts_->link->Wake();
}

}  // namespace ecluse
