// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <utility>

// The identifiers of the field, one type each, so that none can be passed for another.
namespace ecluse {

// A name from the configuration: 1 to 32 characters of [a-z0-9-]. It goes into keys, logs and
// metrics, so it never carries anything about a patient. See IsName().
bool IsName(const std::string& text);

template <class Tag>
struct Name {
  std::string text;

  auto operator<=>(const Name&) const = default;
  template <typename H>
  friend H AbslHashValue(H h, const Name& n) {
    return H::combine(std::move(h), n.text);
  }
};

using PracticeId = Name<struct PracticeTag>;  // a shop, pharmacy, surgery
using OperatorId = Name<struct OperatorTag>;  // a third-party-payment operator; never a person
using ServiceId = Name<struct ServiceTag>;    // what an operator can close on its own

template <class Tag>
struct Number {
  uint64_t value = 0;

  auto operator<=>(const Number&) const = default;
  template <typename H>
  friend H AbslHashValue(H h, const Number& n) {
    return H::combine(std::move(h), n.value);
  }
};

// Given by the broker in the order of deposit, never reused. It is also the receipt's number.
using RequestId = Number<struct RequestTag>;
// Drawn at random by an adapter process when it starts; a lease belongs to one of these.
using WorkerId = Number<struct WorkerTag>;
using HoldId = Number<struct HoldTag>;
using JobId = Number<struct JobTag>;

// Which life of the store this is: 0 as it was made, and a greater one each time it was restored
// from a backup or found to be a copy. Request numbers begin anew above RequestsFrom(epoch), so
// that no number, and no key derived from it at an operator, is ever given twice.
using StoreEpoch = uint64_t;
// Minutes since 2024 fit for centuries below 2^53, where also JavaScript counts exactly.
inline constexpr unsigned kRequestsOfEpochBits = 28;
constexpr RequestId RequestsFrom(StoreEpoch epoch) { return {epoch << kRequestsOfEpochBits}; }
// So do the positions of inboxes: what a practice read of one life acknowledges nothing of the
// next.
constexpr uint64_t InboxFrom(StoreEpoch epoch) { return epoch << kRequestsOfEpochBits; }
// And holds and jobs, so that a verb that a person gave before never lifts the hold of the restored
// store, or acts on another job. Small enough to be typed.
inline constexpr unsigned kHoldsOfEpochBits = 20;
constexpr HoldId HoldsFrom(StoreEpoch epoch) { return {epoch << kHoldsOfEpochBits}; }
constexpr JobId JobsFrom(StoreEpoch epoch) { return {epoch << kHoldsOfEpochBits}; }

// (operator, service): has its own queue and gate.
struct Destination {
  OperatorId run_by;
  ServiceId service;

  auto operator<=>(const Destination&) const = default;
  template <typename H>
  friend H AbslHashValue(H h, const Destination& d) {
    return H::combine(std::move(h), d.run_by, d.service);
  }
};

// "viamedis/authorisation", as people write it.
std::string ToString(const Destination& destination);

}  // namespace ecluse
