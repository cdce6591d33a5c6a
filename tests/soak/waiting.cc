// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/waiting.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <functional>
#include <new>

#include "tests/soak/adapter.h"
#include "tests/soak/looks.h"
#include "tests/soak/measure.h"
#include "tests/soak/people.h"
#include "tests/soak/rhythm.h"

namespace ecluse::soak {
namespace {

constexpr double kMiB = 1 << 20;
constexpr uint64_t kDepositsPerTurn = 256;
constexpr uint64_t kLastMeasured = 100'000;
constexpr uint64_t kDrained = 20'000;
constexpr uint64_t kLookedAt = 2'000;

// What a process that will be killed leaves to its parent.
struct Left {
  uint64_t receipts = 0;
  uint64_t ended = 0;
  uint64_t lost = 0;
  uint64_t doubled = 0;
  uint64_t wrong = 0;
  bool done = false;
};

// A process of its own, so that its memory is its own, and its end that of a killed one.
void InAnother(Left& left, const std::function<void()>& work) {
  left.done = false;
  const pid_t child = fork();
  if (child < 0) GiveUp("no process can be made");
  if (child == 0) {
    work();
    left.done = true;
    kill(getpid(), SIGKILL);
    pause();
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (!left.done || !WIFSIGNALED(status)) GiveUp("a broker ended before it was killed");
}

class Waiting {
 public:
  Waiting(const Options& options, uint64_t count, Left& left)
      : options_(Scaled(options, count)),
        left_(left),
        catalogue_(options_),
        rhythm_(options_.requests, options_.days),
        oracle_(catalogue_, options_.requests),
        operators_(catalogue_, oracle_, options_),
        host_(options_, catalogue_, fmt::format("waiting-{}", count)),
        cell_(fmt::format("waiting={}", count)) {
    for (uint32_t i = 0; i < kDestinations; ++i) {
      adapters_.emplace_back(i, catalogue_, options_, operators_, calendar_);
    }
  }

  const std::string& folder() const { return host_.folder(); }
  const std::string& cell() const { return cell_; }
  void Fill();
  // Of a closed gate whose hour has come while the broker was away; of open ones.
  void RestartAtTheHour();
  void RestartOpen();

 private:
  static Options Scaled(Options options, uint64_t count) {
    options.requests = count;
    options.errors = 0;
    return options;
  }
  bool Turn();  // was something handed out?
  void FirstDelivery(const std::string& cell);
  void LookAtRequests();
  void Leave();
  void TellMemory(const std::string& cell);

  const Options options_;
  Left& left_;
  Catalogue catalogue_;
  Rhythm rhythm_;
  Oracle oracle_;
  Operators operators_;
  Calendar calendar_;
  Host host_;
  std::vector<Adapter> adapters_;
  const std::string cell_;
  absl::Time now_;
};

void Waiting::TellMemory(const std::string& cell) {
  const auto own = static_cast<double>(oracle_.bytes());
  Row(cell + " resident, without the oracle", (static_cast<double>(ResidentBytes()) - own) / kMiB,
      "MiB");
}

void Waiting::Fill() {
  now_ = rhythm_.begins();
  host_.Start(now_);
  Practices practices(catalogue_, rhythm_, oracle_, options_);
  OpsStaff ops(catalogue_, oracle_);
  ops.CloseAll(host_, rhythm_.reopens());
  std::vector<double> turns;
  double last_began = 0;
  uint64_t last_from = 0;
  while (practices.deposited() < options_.requests) {
    const uint64_t left = options_.requests - practices.deposited();
    if (last_began == 0 && left <= std::max(kLastMeasured, options_.requests / 100)) {
      last_began = Seconds();
      last_from = practices.deposited();
      host_.TakeCost();
    }
    now_ = std::max(now_ + absl::Milliseconds(1), std::min(rhythm_.At(practices.deposited()),
                                                           rhythm_.reopens() - absl::Hours(1)));
    practices.Deposit(host_, kDepositsPerTurn);
    const double start = Seconds();
    for (const Outbound& word : host_.Turn(now_)) {
      if (word.peer == "p") practices.Hear(word.reply);
    }
    if (last_began > 0) turns.push_back((Seconds() - start) * 1e3);
  }
  const auto measured = static_cast<double>(options_.requests - last_from);
  const double took = Seconds() - last_began;
  const Host::Cost cost = host_.TakeCost();
  Row(cell_ + " deposits, the last of them", measured / took, "requests/s");
  Row(cell_ + " deposits, turn of 256, p50", Quantile(turns, 0.5), "ms");
  Row(cell_ + " deposits, turn of 256, p99", Quantile(turns, 0.99), "ms");
  const double core = cost.tick + cost.handle + cost.finish;
  Row(cell_ + " deposits, core and reads", core / measured * 1e6, "us/request");
  Row(cell_ + " deposits, commit", cost.commit / measured * 1e6, "us/request");
  TellMemory(cell_ + " filled,");
  MeasureLooks(host_, catalogue_, cell_ + " filled,", {options_.requests}, now_);
  Leave();
}

// What the parent must know of all processes together.
void Waiting::Leave() {
  left_.receipts = std::max(left_.receipts, oracle_.receipts());
  left_.ended = std::max(left_.ended, oracle_.ended());
}

bool Waiting::Turn() {
  now_ += absl::Milliseconds(100);
  while (calendar_.Next() <= now_) {
    const Event event = calendar_.Take();
    adapters_[event.who].Report(event.request);
  }
  for (Adapter& adapter : adapters_) adapter.Speak(host_);
  bool work = false;
  for (const Outbound& word : host_.Turn(now_)) {
    if (word.peer.front() != 'a') continue;
    const auto* given = std::get_if<wire::Work>(&word.reply.body);
    work |= given && !given->tasks.empty();
    adapters_[std::stoul(word.peer.substr(1))].Hear(word.reply, oracle_, now_);
  }
  return work;
}

// From the first step of a start to the first request in an adapter's hands. Only the time until
// the adapters have connected is missing.
void Waiting::FirstDelivery(const std::string& cell) {
  const double start = Seconds();
  const double used = CpuSeconds();
  const Host::Started started = host_.Start(now_);
  const double used_to_start = CpuSeconds();
  const double begun = Seconds();
  for (int turns = 0; !Turn(); ++turns) {
    if (turns == 100) GiveUp("nothing is handed out");
  }
  const double given = Seconds();
  Row(cell + " open", started.open * 1e3, "ms");
  Row(cell + " recover", started.recover * 1e3, "ms");
  Row(cell + " broker", started.begin * 1e3, "ms");
  Row(cell + " first hand-out", (given - begun) * 1e3, "ms");
  Row(cell + " start to first delivery", (given - start) * 1e3, "ms");
  Row(cell + " open, recover and broker, processor", (used_to_start - used) * 1e3, "ms");
  Row(cell + " first hand-out, processor", (CpuSeconds() - used_to_start) * 1e3, "ms");
  TellMemory(cell);
}

// All that was receipted is there, with its content, in a number of them.
void Waiting::LookAtRequests() {
  const double start = Seconds();
  RequestId after;
  uint64_t found = 0;
  uint64_t withdrawn = 0;
  for (;;) {
    const auto page = host_.store().Scan(after, 1000);
    if (page.empty()) break;
    found += page.size();
    for (const store::Request& request : page) {
      withdrawn += CodeOf(request.state) == StateCode::kWithdrawn ? 1 : 0;
    }
    after = page.back().envelope.id;
  }
  Row(cell_ + " all read back", static_cast<double>(found) / (Seconds() - start), "requests/s");
  left_.lost += left_.receipts - std::min(left_.receipts, found);
  left_.wrong += withdrawn == left_.ended && found == options_.requests ? 0 : 1;
  const uint64_t stride = std::max<uint64_t>(1, options_.requests / kLookedAt);
  for (uint64_t n = 0; n < options_.requests; n += stride) {
    const auto content = host_.store().Content(Catalogue::NumberOf(n));
    if (!content.ok() || *content != catalogue_.ContentOf(n)) ++left_.lost;
  }
}

void Waiting::RestartAtTheHour() {
  now_ = rhythm_.reopens() + absl::Minutes(1);
  oracle_.AllReceipted();
  FirstDelivery(cell_ + " restart at the hour,");
  MeasureLooks(host_, catalogue_, cell_ + " restarted,", {options_.requests}, now_);
  LookAtRequests();
  OpsStaff(catalogue_, oracle_).ReopenAll(host_, true);
  host_.Turn(now_);
}

void Waiting::RestartOpen() {
  now_ = rhythm_.reopens() + absl::Hours(1);
  oracle_.AllReceipted();
  FirstDelivery(cell_ + " restart, open, cold files,");
  host_.TakeCost();
  const double start = Seconds();
  const uint64_t wanted = std::clamp<uint64_t>(options_.requests / 2, 1, kDrained);
  uint64_t begun = 0;
  while (begun < wanted) {
    Turn();
    begun = 0;
    for (const Adapter& adapter : adapters_) begun += adapter.begun();
  }
  const Host::Cost cost = host_.TakeCost();
  const auto count = static_cast<double>(begun);
  Row(cell_ + " drain", count / (Seconds() - start), "requests/s");
  Row(cell_ + " drain, core and reads", (cost.tick + cost.handle + cost.finish) / count * 1e6,
      "us/request");
  Row(cell_ + " drain, commit", cost.commit / count * 1e6, "us/request");
  TellMemory(cell_ + " drained some,");
  left_.doubled += oracle_.doubled();
  left_.wrong += oracle_.wrongs();
}

void Tell(const Options& options, uint64_t count, Oracle::Sum& sum) {
  void* shared =
      mmap(nullptr, sizeof(Left), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) GiveUp("no memory to share");
  Left& left = *new (shared) Left();
  Waiting waiting(options, count, left);
  InAnother(left, [&] { waiting.Fill(); });
  const auto disk = [&](const std::string& when) {
    Row(waiting.cell() + " on disk, " + when,
        static_cast<double>(BytesBelow(waiting.folder())) / static_cast<double>(count),
        "bytes/request");
  };
  disk("killed");
  InAnother(left, [&] { waiting.RestartAtTheHour(); });
  disk("restarted");
  Forget(waiting.folder());
  InAnother(left, [&] { waiting.RestartOpen(); });
  sum.requests += left.receipts;
  sum.withdrawn += left.ended;
  sum.lost += left.lost;
  sum.doubled += left.doubled;
  sum.wrong += left.wrong + (left.receipts == count ? 0 : 1);
  munmap(shared, sizeof(Left));
  std::filesystem::remove_all(waiting.folder());
}

}  // namespace

Oracle::Sum RunWaiting(const Options& options) {
  Oracle::Sum sum;
  for (const uint64_t count : {options.beside, options.waiting}) {
    if (count > 0) Tell(options, count, sum);
  }
  return sum;
}

}  // namespace ecluse::soak
