// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/handler.h"
#include "adapters/link.h"

namespace ecluse {

struct CollectorOptions {
  absl::Duration every;  // pause between two collections
  // Called from the collector's thread whenever there is something to say.
  std::function<void()> wake;
  // Called from the worker's thread.
  std::function<void(const std::string&)> log;
};

// Brings what came by itself from the handler to the broker, and the epochs of its accounts. The
// handler is asked on a thread of its own; one collection begins when all of the last one has been
// answered by the broker. What was not noted is left to the handler, which gives it again.
class Collector {
 public:
  Collector(Handler& handler, CollectorOptions options);
  // Waits for the handler's call that runs.
  ~Collector();
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  void Start();
  // No more collections, and nothing more is said.
  void Stop();
  // Nothing is under way, and the handler was told of all that was noted.
  bool Quiet();

  // Of the worker's thread: says what is to be said, up to a bound, and hears the answers.
  void Say(Link& link);
  // False: the arrival was not for the collector.
  bool Hear(const Link::Arrival& arrival);

 private:
  using Accounts = std::vector<wire::Accounts::Item>;
  using News = Handler::News;

  void Work();
  void TellAccounts();
  std::vector<News> Collected();
  bool UntilAllAnswered();
  bool Pause();
  void SayNews(Link& link);
  void SayAccounts(Link& link);
  void HearNews(News news, const Link::Arrival& arrival);
  void HearAccounts(const Link::Arrival& arrival);
  void Settle(News news, std::optional<ErrorCode> told);
  void Log(const std::string& line) const;

  Handler& handler_;
  const CollectorOptions options_;

  std::mutex mutex_;  // guards all down to the next line
  std::condition_variable changed_;
  bool stopping_ = false;
  bool ending_ = false;
  bool threw_ = false;
  bool telling_ = false;  // the handler is hearing of one that was noted
  std::deque<News> to_say_;
  std::deque<std::pair<News, ErrorCode>> to_tell_;
  size_t open_ = 0;                       // of this collection: not yet answered
  std::optional<Accounts> accounts_now_;  // as the handler told them, until they are looked at
  // A broker that restarted has forgotten which credential is the newest. It is told after the next
  // collection where the connection is a new one, and now and then in any case.
  static constexpr uint32_t kTellAgainEvery = 20;
  uint32_t times_told_ = 0;
  bool tell_again_ = false;

  // Of the worker's thread alone.
  std::map<Link::Ticket, News> under_way_;
  size_t bytes_under_way_ = 0;
  Accounts accounts_saying_;
  size_t accounts_said_ = 0;  // of accounts_saying_: noted by the broker
  std::optional<Link::Ticket> accounts_ticket_;
  Accounts accounts_noted_;
  uint64_t connections_ = 0;  // when accounts were last looked at

  std::thread thread_;
};

}  // namespace ecluse
