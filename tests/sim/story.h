// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <map>
#include <string>
#include <vector>

#include "broker/core/policy.h"
#include "proto/identity.h"
#include "tests/sim/random.h"

namespace ecluse::sim {

// How often what goes wrong, each a probability. All zero: a quiet world.
struct Faults {
  double lose = 0;          // a message never arrives
  double repeat = 0;        // a message arrives twice
  double linger = 0;        // a message takes seconds, or a minute
  double commit_fails = 0;  // half of those persist
  double read_fails = 0;
  double die_before_words = 0;  // the broker, between commit and release
  double die_after_words = 0;
  double disk_low = 0;
  double worker_dies = 0;       // at any one step
  double worker_dozes = 0;      // slower than its lease or its try
  double worker_remembers = 0;  // a worker reborn takes up what its former life had in hand
  double operator_silent = 0;   // accepted, but the reply is lost
  double operator_never = 0;    // silent, and it never had it
  double operator_late = 0;     // arrives after everybody gave up
  double operator_hinders = 0;  // busy, unreachable, too early, technical, closed for this account
  double operator_rejects = 0;
  double operator_drops = 0;  // accepted, then refused for technical reasons: it has it no more
  double probe_cannot_tell = 0;
};

// Where the cards of an insurer lead.
using Tables = std::map<std::string, OperatorId>;

// The insurers of the story's cards, as cards write them.
inline const std::vector<std::string> kInsurers = {"0000000101", "0000000102", "0000000103"};

// What one seed is about, drawn before anything happens.
struct Story {
  std::vector<identity::Practice> practices;
  Policies policies;
  Faults faults;
  int workers = 1;                // for each operator
  int requests = 1;               // of each practice
  bool jumps = false;             // the house clock
  bool frames = false;            // words pass through the codec
  bool strict = false;            // in some lives the broker's edge knows more rules
  double spoils = 0;              // a deposit is first tried in a form that must be refused
  double cards = 0;               // a deposit goes where its card leads
  double follows = 0;             // a deposit names an earlier request
  double rests = 0;               // an operator has an account rest
  double incidents = 0;           // ops declare incidents and quarantines
  double restores = 0;            // the disk is lost, and a backup restored
  double jobs = 0;                // ops work in bulk
  double words = 0;               // an operator says a word on the way, or one after its answer
  bool tables_change = false;     // when the broker starts anew
  absl::Duration broker_lives;    // between two crashes out of the blue; infinite: none
  absl::Duration operator_opens;  // for so long, about; infinite: never closes
  absl::Duration logins_last;     // then the operator refuses the account's; infinite: never
  absl::Duration ops_acts;        // about so often
  absl::Duration faults_end;      // then everything must settle
};

Story Draw(Random& random);

}  // namespace ecluse::sim
