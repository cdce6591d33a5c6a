// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proto/outcome.h"
#include "proto/wire.h"
#include "tests/soak/catalogue.h"
#include "tests/soak/oracle.h"

namespace ecluse::soak {

// All operators at once. What one does with a try follows from the request's number, the try and
// the seed. Of a thousand first tries, with --errors 50: 15 refused (5 of them never taken), 5
// refused for technical reasons, 10 hindered, 10 whose reply is lost, 10 answered only when asked.
// Besides, rarely, a login is refused until it is renewed, or nothing goes at all for a while.
class Operators {
 public:
  Operators(const Catalogue& catalogue, Oracle& oracle, const Options& options);

  struct Try {
    std::optional<Outcome> outcome;  // nullopt: nothing was heard
    absl::Duration takes;
    bool told = true;  // false: nor does the broker hear anything of it
  };
  Try Deliver(uint64_t n, uint32_t attempt, const std::string& content);
  std::optional<Outcome> Probe(uint64_t n);

  // The newest credential of an account: (operator, practice).
  uint64_t EpochOf(uint32_t run_by, uint32_t practice) const {
    return epochs_[run_by * practices_ + practice];
  }
  void Renew(uint32_t run_by, uint32_t practice) { ++epochs_[run_by * practices_ + practice]; }

  // What happened, for the table.
  uint64_t tries = 0, refused = 0, technical = 0, hindered = 0, silent = 0, late = 0, logins = 0,
           outages = 0, probes = 0, absent = 0;

 private:
  enum What : uint64_t { kDecision = 16, kFate, kWay, kTakes };
  enum class Fate : uint8_t { kWell, kTechnical, kHindered, kSilent, kLogin, kOutage };

  bool Rejects(uint64_t n) const;
  bool AnswersLate(uint64_t n) const;
  Fate FateOf(uint64_t n, uint32_t attempt) const;
  Outcome Hindrance(uint64_t n, uint32_t attempt) const;
  Try Silence(uint64_t n, uint32_t attempt, const std::string& content);
  Outcome Tell(uint64_t n);

  const Catalogue& catalogue_;
  Oracle& oracle_;
  Chance chance_;
  uint32_t errors_;
  uint32_t practices_;
  std::vector<uint32_t> epochs_;
};

}  // namespace ecluse::soak
