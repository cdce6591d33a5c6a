// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/story.h"

#include <string>

namespace ecluse::sim {
namespace {

using absl::Minutes;
using absl::Seconds;

Policy DrawPolicy(Random& random) {
  Policy policy;
  policy.lease = random.Between(Seconds(5), Seconds(30));
  policy.silence = random.Between(Seconds(20), Seconds(120));
  policy.idempotent = random.Chance(0.25);
  policy.can_probe = random.Chance(0.7);
  policy.settle = random.Between(Seconds(10), Seconds(60));
  policy.probe_every = random.Between(Seconds(20), Minutes(3));
  policy.probes = static_cast<uint32_t>(random.Between(2, 8));
  const bool comes_by_itself = random.Chance(0.3);
  policy.ask_every =
      comes_by_itself ? absl::ZeroDuration() : random.Between(Seconds(20), Minutes(3));
  policy.strikes = static_cast<uint32_t>(random.Between(1, 6));
  policy.retry_first = random.Between(Seconds(2), Seconds(20));
  policy.retry_most = random.Between(Seconds(30), Minutes(4));
  policy.in_flight = static_cast<uint32_t>(random.Between(1, 6));
  policy.in_flight_least = static_cast<uint32_t>(random.Between(1, policy.in_flight));
  if (random.Chance(0.3)) {
    policy.rate_most = static_cast<uint32_t>(random.Between(100, 5000));
    policy.rate_least = static_cast<uint32_t>(random.Between(50, policy.rate_most));
  }
  policy.dead_cohorts = static_cast<uint32_t>(random.Between(1, 4));
  policy.fresh_share = static_cast<uint32_t>(random.Between(0, 100));
  policy.mix_points = random.Chance(0.3) ? static_cast<uint32_t>(random.Between(20, 60)) : 0;
  policy.mix_answers = static_cast<uint32_t>(random.Between(2, 8));
  policy.probes_at_once = static_cast<uint32_t>(random.Between(1, 4));
  policy.login_every = random.Between(absl::ZeroDuration(), Seconds(20));
  if (random.Chance(0.3)) policy.confirm_after = random.Between(Minutes(2), Minutes(20));
  if (random.Chance(0.3)) policy.bill_after_grant = random.Between(Seconds(10), Minutes(3));
  return policy;
}

// A fault is absent from half of the stories, so that each is also seen without the others.
double Some(Random& random, double most) {
  return random.Chance(0.5) ? 0 : random.Fraction() * most;
}

Faults DrawFaults(Random& random) {
  Faults faults;
  faults.lose = Some(random, 0.15);
  faults.repeat = Some(random, 0.10);
  faults.linger = Some(random, 0.08);
  faults.commit_fails = Some(random, 0.02);
  faults.read_fails = Some(random, 0.01);
  faults.die_before_words = Some(random, 0.02);
  faults.die_after_words = Some(random, 0.01);
  faults.disk_low = Some(random, 0.1);
  faults.worker_dies = Some(random, 0.04);
  faults.worker_dozes = Some(random, 0.30);
  faults.worker_remembers = Some(random, 1.0);
  faults.operator_silent = Some(random, 0.25);
  faults.operator_never = Some(random, 0.15);
  faults.operator_late = Some(random, 0.15);
  faults.operator_hinders = Some(random, 0.4);
  faults.operator_rejects = Some(random, 0.15);
  faults.operator_drops = Some(random, 0.3);
  faults.probe_cannot_tell = Some(random, 0.5);
  return faults;
}

absl::Duration Often(Random& random, absl::Duration least, absl::Duration most) {
  return random.Chance(0.3) ? absl::InfiniteDuration() : random.Between(least, most);
}

}  // namespace

Story Draw(Random& random) {
  Story story;
  const int64_t practices = random.Between(1, 4);
  for (int64_t i = 1; i <= practices; ++i) {
    const std::string number = std::to_string(i);
    story.practices.push_back({PracticeId{"practice-" + number}, {"99000000" + number}});
  }
  const int64_t destinations = random.Between(1, 4);
  const bool more_operators = random.Chance(0.5);  // … than services, or the other way round
  const int64_t domains = random.Between(0, 2);
  const char* const services[] = {"authorisation", "billing"};
  for (int64_t i = 0; i < destinations; ++i) {
    const int64_t one = more_operators ? i % 2 : i / 2;
    const int64_t other = more_operators ? i / 2 : i % 2;
    const OperatorId run_by{"operator-" + std::to_string(1 + one)};
    Policy policy = DrawPolicy(random);
    // One portal for all, one for each operator, or none in common.
    if (domains == 1) policy.failure_domain = "the-portal";
    if (domains == 2) policy.failure_domain = run_by.text;
    story.policies[{run_by, ServiceId{services[other]}}] = policy;
  }
  story.faults = DrawFaults(random);
  story.workers = static_cast<int>(random.Between(1, 3));
  story.requests = static_cast<int>(random.Between(2, 12));
  story.jumps = random.Chance(0.4);
  story.frames = random.Chance(0.3);
  story.strict = random.Chance(0.3);
  story.spoils = Some(random, 0.5);
  story.cards = Some(random, 0.8);
  story.follows = Some(random, 0.5);
  story.rests = Some(random, 0.6);
  story.words = Some(random, 1.0);
  story.incidents = Some(random, 1.0);
  story.jobs = Some(random, 1.0);
  story.restores = random.Chance(0.25) ? 1 : 0;
  story.tables_change = random.Chance(0.6);
  story.broker_lives = Often(random, Minutes(2), Minutes(15));
  story.operator_opens = Often(random, Minutes(2), Minutes(20));
  story.logins_last = Often(random, Minutes(2), Minutes(20));
  story.ops_acts = Often(random, Seconds(5), Minutes(3));
  story.faults_end = random.Between(Minutes(10), Minutes(40));
  return story;
}

}  // namespace ecluse::sim
