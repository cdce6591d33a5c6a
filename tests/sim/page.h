// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "proto/names.h"
#include "proto/outcome.h"
#include "proto/state.h"
#include "proto/wire.h"

namespace ecluse::sim {

// Under what a worker's question "may I begin?" was first put, as far as ops was told.
enum class Permit { kNone, kAllowance, kCanary, kOpen };

// One try, as the checker saw it from outside.
struct Try {
  std::set<WorkerId> granted;  // whom the broker gave the task
  Permit permit = Permit::kNone;
  const char* why_not = "";  // the sentence that was in the way when it was asked last
  uint64_t permit_order = 0;
  std::optional<WorkerId> proceeded;  // whom it told to proceed
  absl::Time silent_at;
  bool over = false;     // a report or an answer reached the broker
  bool cleared = false;  // the truth reached the broker: surely not at the operator
};

// All that the checker knows of one request. It never comes from the broker's state: only from
// words that were said, and from the operator's ledger.
struct Page {
  RequestId id;
  PracticeId practice;
  Destination destination;
  std::optional<wire::Deposit::Item> item;  // once the practice holds the receipt
  std::optional<Card> card;
  std::map<uint32_t, Try> tries;
  uint32_t accepted = 0;  // by the operator
  bool refused = false;   // by the operator
  bool answer_handed = false;
  bool refusal_handed = false;
  bool withdraw_handed = false;
  bool elsewhere_handed = false;  // its practice said so
  bool confirm_handed = false;
  bool decide_handed = false;
  bool sent_handed = false;       // a person said that the operator has it
  bool refused_handed = false;    // the operator's word reached the broker: no grant
  std::set<std::string> numbers;  // the operator's own, or its practice's, that reached the broker
  std::set<std::string> decided;  // grants that its practice named
  std::optional<StateCode> end;   // the end that somebody was told
  std::optional<uint64_t> position;  // in the inbox
  std::optional<Decision> answer;    // what stands there
  bool read = false;

  // What the operator said, as far as it reached the broker: decisions, and each with its body.
  std::set<Decision> said;
  std::set<std::pair<Decision, std::string>> bodies;
  std::set<Decision> noted;  // of these, what the broker noted as new
  std::set<Decision> told;   // by the last status
  std::set<Decision> news;   // in the inbox, beside the end
  std::set<Decision> news_read;

  // It may have been sent after the backup that the store was restored from.
  bool unclear = false;
  bool moved = false;           // ops sent it another way
  std::set<uint32_t> hindered;  // tries that a hindrance of the request's own ended
  bool parked = false;          // refused for technical reasons; a person looks
  absl::Time not_before = absl::InfinitePast();  // the operator said: too early. House time
  // Orders of what reached the broker last.
  uint64_t retried = 0;
  uint64_t taken = 0;  // word that the operator has it
};

}  // namespace ecluse::sim
