// SPDX-License-Identifier: Apache-2.0
#include "broker/core/gate/mix.h"

#include <algorithm>

#include "broker/core/lifecycle.h"

namespace ecluse {
namespace {

// Answers that the usual share stands on at the most, so that it follows the seasons.
constexpr uint64_t kMemory = 400;

}  // namespace

Word WordOf(const Outcome& outcome) {
  if (std::holds_alternative<outcome::Rejected>(outcome)) return Word::kBad;
  if (const auto* deferred = std::get_if<outcome::Deferred>(&outcome)) {
    return deferred->hindrance == Hindrance::kTechnical ? Word::kTechnical : Word::kNothing;
  }
  switch (DecisionOf(outcome)) {
    case Decision::kGranted:
    case Decision::kAcknowledged:
    case Decision::kGrantedPendingDocuments:
    case Decision::kGrantedOtherAmount:
    case Decision::kCancelled:
    case Decision::kBilled:
      return Word::kGood;
    case Decision::kRefused:
    case Decision::kNotAcknowledged:
    case Decision::kGrantedUnusable:
      return Word::kBad;
    case Decision::kTechnicalRefusal:
      return Word::kTechnical;
    case Decision::kOther:
    case Decision::kPending:
    case Decision::kExpired:
    case Decision::kPaid:
    case Decision::kPaidOtherAmount:
    case Decision::kPaymentRejected:
      return Word::kNothing;
  }
  return Word::kNothing;
}

uint32_t WatchedAnswers(const Policy& policy) { return 5 * std::max(1u, policy.mix_answers); }

void StartWatch(Mix& mix, const Policy& policy) {
  if (mix.seen >= policy.mix_answers && mix.seen < WatchedAnswers(policy)) {
    Learn(mix, mix.seen, mix.bad);
  }
  mix.seen = mix.bad = 0;
}

void Watch(Mix& mix, Word word) {
  ++mix.seen;
  if (word != Word::kGood) ++mix.bad;
}

void Fade(Mix& mix) {
  mix.seen /= 2;
  mix.bad /= 2;
}

void Learn(Mix& mix, uint32_t seen, uint32_t bad) {
  if (seen == 0) return;
  const uint64_t known = std::min<uint64_t>(mix.known, kMemory);
  const uint64_t all = known + seen;
  mix.usual = static_cast<uint32_t>((mix.usual * known + uint64_t{bad} * 1000 + all / 2) / all);
  mix.known = static_cast<uint32_t>(std::min(all, kMemory));
}

bool IsTooBad(const Mix& mix, const Policy& policy) {
  if (policy.mix_points == 0 || mix.seen == 0 || mix.seen < policy.mix_answers) return false;
  return uint64_t{mix.bad} * 1000 / mix.seen > mix.usual + uint64_t{policy.mix_points} * 10;
}

}  // namespace ecluse
