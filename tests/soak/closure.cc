// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/closure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "tests/soak/adapter.h"
#include "tests/soak/looks.h"
#include "tests/soak/measure.h"
#include "tests/soak/memory.h"
#include "tests/soak/people.h"
#include "tests/soak/rhythm.h"

namespace ecluse::soak {
namespace {

// Words travel for so long; what happens meanwhile comes in one turn.
constexpr absl::Duration kTravel = absl::Milliseconds(500);
constexpr uint64_t kDepositsPerTurn = 300;
// Longer than anything that is waited for: a new password, ops, a retry.
constexpr absl::Duration kPatience = absl::Hours(3);

class Closure {
 public:
  explicit Closure(const Options& options)
      : options_(options),
        catalogue_(options),
        rhythm_(options.requests, options.days),
        oracle_(catalogue_, options.requests),
        operators_(catalogue_, oracle_, options),
        host_(options, catalogue_, "closure"),
        practices_(catalogue_, rhythm_, oracle_, options),
        ops_(catalogue_, oracle_),
        now_(rhythm_.begins()) {
    for (uint32_t i = 0; i < kDestinations; ++i) {
      adapters_.emplace_back(i, catalogue_, options, operators_, calendar_);
    }
  }

  Oracle::Sum Run();

 private:
  void Begin();
  bool IsOver();
  bool HasWords() const;
  absl::Time NextTurn();
  uint64_t DepositsBy(absl::Time now) const;
  void Turn(absl::Time now);
  void Happen(const Event& event);
  absl::Duration VisitPause(const Event& event) const;
  void Sample();
  void RestartIfDue();
  void TellClosure();
  void TellDrain();
  void TellCost(const std::string& cell, uint64_t requests, double seconds);
  void ReadStore();

  bool closed() const { return now_ < rhythm_.reopens(); }
  uint64_t waiting() const { return practices_.deposited() - oracle_.ended(); }
  uint64_t begun() const;

  const Options& options_;
  Catalogue catalogue_;
  Rhythm rhythm_;
  Oracle oracle_;
  Operators operators_;
  Calendar calendar_;
  Host host_;
  Practices practices_;
  OpsStaff ops_;
  std::vector<Adapter> adapters_;
  Memory memory_;
  absl::Time now_;
  absl::Time progress_at_;
  uint64_t progress_ = 0;
  uint32_t restarted_ = 0;
  bool told_closure_ = false;
  double phase_began_ = Seconds();
};

uint64_t Closure::begun() const {
  uint64_t begun = 0;
  for (const Adapter& adapter : adapters_) begun += adapter.begun();
  return begun;
}

void Closure::Begin() {
  host_.Start(now_);
  for (uint32_t i = 0; i < kDestinations; i += 2) adapters_[i].TellAccounts(host_, now_);
  ops_.CloseAll(host_, rhythm_.reopens() - absl::Hours(6));
  calendar_.Add({rhythm_.reopens() - absl::Hours(18), Event::What::kSlip, 0, 0, 0});
  calendar_.Add({rhythm_.reopens() + absl::Hours(1), Event::What::kSweep, 0, 0, 0});
  calendar_.Add({now_, Event::What::kSample, 0, 0, 0});
  for (uint32_t i = 0; i < options_.practices; ++i) {
    const absl::Duration hour = absl::Hours(8) * i / options_.practices;
    calendar_.Add({now_ + absl::Hours(7) + hour, Event::What::kVisit, i, 0, 0});
  }
  if (options_.bug == Bug::kSendsTwice) adapters_.front().SendTwice();
}

bool Closure::IsOver() {
  if (oracle_.ended() == options_.requests) return true;
  // A planted bug was noticed: what follows from it is nobody's affair.
  if (options_.caught && oracle_.wrongs() > 0) return true;
  const uint64_t progress = oracle_.ended() + begun() + practices_.deposited();
  if (progress != progress_ || closed()) {
    progress_ = progress;
    progress_at_ = now_;
  }
  return now_ - progress_at_ > kPatience;
}

bool Closure::HasWords() const {
  return host_.heard() > 0 || practices_.HasWords() || ops_.HasWords() ||
         std::any_of(adapters_.begin(), adapters_.end(),
                     [](const Adapter& adapter) { return adapter.HasWords(); });
}

// Deposits are heard together with those of the minutes before them, so that one sync is enough.
absl::Time Closure::NextTurn() {
  const absl::Time soon = now_ + kTravel;
  if (HasWords()) return soon;
  absl::Time next = std::min(calendar_.Next(), host_.NextWakeup());
  const uint64_t deposited = practices_.deposited();
  if (deposited < rhythm_.first_after()) {
    next = std::min(
        next, rhythm_.At(std::min(deposited + kDepositsPerTurn - 1, rhythm_.first_after() - 1)));
  } else if (deposited < options_.requests) {
    next = std::min(next, rhythm_.At(deposited));
  }
  return std::max(soon, next);
}

uint64_t Closure::DepositsBy(absl::Time now) const {
  uint64_t count = 0;
  const uint64_t deposited = practices_.deposited();
  while (count < kDepositsPerTurn && deposited + count < options_.requests &&
         rhythm_.At(deposited + count) <= now) {
    ++count;
  }
  // All but a few are waited for, so that turns are worth their sync.
  const bool few = deposited + count < rhythm_.first_after() && count < kDepositsPerTurn;
  return few ? 0 : count;
}

void Closure::Turn(absl::Time now) {
  now_ = now;
  while (calendar_.Next() <= now_) Happen(calendar_.Take());
  practices_.Deposit(host_, DepositsBy(now_));
  practices_.Speak(host_);
  ops_.Speak(host_);
  for (Adapter& adapter : adapters_) adapter.Speak(host_);
  for (const Outbound& word : host_.Turn(now_)) {
    switch (word.peer.front()) {
      case 'p':
        practices_.Hear(word.reply);
        break;
      case 'o':
        ops_.Hear(word.reply);
        break;
      default:
        adapters_[std::stoul(word.peer.substr(1))].Hear(word.reply, oracle_, now_);
    }
  }
}

void Closure::Happen(const Event& event) {
  const auto again = [&](absl::Duration pause) {
    calendar_.Add({event.at + pause, event.what, event.who, event.request, 0});
  };
  switch (event.what) {
    case Event::What::kReport:
      return adapters_[event.who].Report(event.request);
    case Event::What::kRenewal:
      return adapters_[event.who].Renew(static_cast<uint32_t>(event.request));
    case Event::What::kVisit:
      practices_.Visit(host_, event.who);
      return again(VisitPause(event));
    case Event::What::kSweep:
      ops_.Sweep(host_);
      return again(absl::Hours(1));
    case Event::What::kSlip:
      return ops_.PutOff(host_, rhythm_.reopens());
    case Event::What::kSample:
      Sample();
      return again(closed() ? absl::Hours(1) : absl::Minutes(2));
  }
}

// Every morning; every half hour once answers come.
absl::Duration Closure::VisitPause(const Event& event) const {
  const absl::Duration half_hour = absl::Minutes(30);
  if (!closed()) return half_hour;
  const absl::Duration first = half_hour * event.who / options_.practices;
  return std::min(absl::Hours(24), rhythm_.reopens() + first - event.at);
}

void Closure::Sample() {
  // The first day fills caches and windows.
  const bool first_day = now_ < rhythm_.begins() + absl::Hours(24) && options_.days > 1;
  if (!first_day) memory_.Sample(waiting());
  const absl::Duration since = now_ - rhythm_.begins();
  const bool silent = closed() ? since % absl::Hours(6) >= absl::Hours(1)
                               : since % absl::Minutes(30) >= absl::Minutes(2);
  if (silent) return;
  fmt::print(stderr, "{:>8} virtual, {} deposited, {} begun, {} ended, {} MiB resident\n",
             absl::FormatDuration(absl::Trunc(since, absl::Minutes(1))), practices_.deposited(),
             begun(), oracle_.ended(), ResidentBytes() >> 20);
}

void Closure::RestartIfDue() {
  if (restarted_ == options_.restarts) return;
  const uint64_t half = std::max<uint32_t>(1, (options_.restarts + 1) / 2);
  const bool late = restarted_ >= half;
  const uint64_t done = late ? oracle_.ended() : practices_.deposited();
  const uint64_t place = late ? restarted_ - half + 1 : restarted_ + 1;
  if (done * (half + 1) < options_.requests * place) return;
  ++restarted_;
  host_.Stop();
  host_.Start(now_);
  for (Adapter& adapter : adapters_) adapter.LoseCalls();
}

void Closure::TellCost(const std::string& cell, uint64_t requests, double seconds) {
  const Host::Cost cost = host_.TakeCost();
  const auto each = [&](const char* part, double of) {
    Row(fmt::format("{}, {}", cell, part), of / static_cast<double>(requests) * 1e6, "us/request");
  };
  Row(cell + ", requests", static_cast<double>(requests) / seconds, "requests/s");
  Row(cell + ", turns", static_cast<double>(cost.turns), "turns");
  each("tick", cost.tick);
  each("handle", cost.handle);
  each("finish", cost.finish);
  each("commit", cost.commit);
  each("next wakeup", cost.wakeup);
}

void Closure::TellClosure() {
  told_closure_ = true;
  const uint64_t deposited = practices_.deposited();
  TellCost("closure", deposited, Seconds() - phase_began_);
  memory_.Tell("closure", true);
  memory_.Clear();
  Row("closure, on disk",
      static_cast<double>(BytesBelow(host_.folder())) / static_cast<double>(deposited),
      "bytes/request");
  phase_began_ = Seconds();
}

void Closure::TellDrain() {
  TellCost("drain", std::max<uint64_t>(1, oracle_.ended()), Seconds() - phase_began_);
  memory_.Tell("drain", true);
  Row("drain, took", absl::ToDoubleHours(now_ - rhythm_.reopens()), "virtual hours");
  const auto count = [](const char* what, uint64_t n) {
    Row(fmt::format("drain, {}", what), static_cast<double>(n), "requests");
  };
  count("tries", operators_.tries);
  count("refused", operators_.refused);
  count("refused for technical reasons", operators_.technical);
  count("hindered", operators_.hindered);
  count("silent", operators_.silent);
  count("answered late", operators_.late);
  count("logins refused", operators_.logins);
  count("outages", operators_.outages);
  count("probes", operators_.probes);
  count("found absent", operators_.absent);
  count("retried by ops", ops_.retried());
  count("resolved by ops", ops_.resolved());
  count("gates reopened by ops", ops_.reopened());
  Row("oracle", static_cast<double>(oracle_.bytes()) / (1 << 20), "MiB");
}

void Closure::ReadStore() {
  const double start = Seconds();
  RequestId after;
  for (;;) {
    const auto page = host_.store().Scan(after, 1000);
    if (page.empty()) break;
    for (const store::Request& request : page) {
      oracle_.Stored(request.envelope.id, CodeOf(request.state));
    }
    after = page.back().envelope.id;
  }
  Row("all read back", static_cast<double>(after.value) / (Seconds() - start), "requests/s");
}

Oracle::Sum Closure::Run() {
  Begin();
  while (!IsOver()) {
    const absl::Time next = NextTurn();
    if (!told_closure_ && next >= rhythm_.reopens()) TellClosure();
    Turn(next);
    RestartIfDue();
  }
  TellDrain();
  ReadStore();
  Row("on disk at the end",
      static_cast<double>(BytesBelow(host_.folder())) / static_cast<double>(options_.requests),
      "bytes/request");
  host_.Stop();
  return oracle_.Judge();
}

}  // namespace

Oracle::Sum RunClosure(const Options& options) { return Closure(options).Run(); }

}  // namespace ecluse::soak
