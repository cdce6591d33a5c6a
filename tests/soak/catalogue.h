// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "broker/core/policy.h"
#include "proto/identity.h"
#include "proto/wire.h"
#include "tests/soak/chance.h"
#include "tests/soak/options.h"

namespace ecluse::soak {

inline constexpr uint32_t kOperators = 4;
inline constexpr uint32_t kDestinations = 2 * kOperators;  // authorisation and billing at each

// The n-th request, from its number alone, so that none need be kept: who deposits it, where it
// goes, what is in it. Contents come from a pool of some thousand; references are all different.
// The first practice is a chain and has one request in twenty.
class Catalogue {
 public:
  explicit Catalogue(const Options& options);

  const std::vector<identity::Practice>& practices() const { return practices_; }
  const std::vector<Destination>& destinations() const { return destinations_; }
  Policies PoliciesOf(const Options& options) const;

  uint32_t PracticeOf(uint64_t n) const;
  uint32_t DestinationOf(uint64_t n) const;
  // A bill that is deposited right after its authorisation, which is the one before it.
  bool Follows(uint64_t n) const;
  bool IsFollowed(uint64_t n) const { return n + 1 < requests_ && Follows(n + 1); }
  const std::string& ContentOf(uint64_t n) const;
  wire::Deposit::Item ItemOf(uint64_t n) const;

  // Requests are numbered in the order of their deposit, in a store's first life from 1.
  static RequestId NumberOf(uint64_t n) { return {n + 1}; }
  static uint64_t PlaceOf(RequestId number) { return number.value - 1; }

 private:
  enum What : uint64_t { kPractice = 1, kOperator, kService, kFollows, kContent };

  uint32_t OwnPractice(uint64_t n) const;
  const std::vector<std::string>& PoolOf(uint64_t n) const;

  Chance chance_;
  uint64_t requests_;
  std::vector<identity::Practice> practices_;
  std::vector<Destination> destinations_;
  std::vector<std::string> authorisations_;
  std::vector<std::string> invoices_;
  std::vector<std::string> bills_;  // B2
};

}  // namespace ecluse::soak
