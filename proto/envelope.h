// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "proto/card.h"
#include "proto/names.h"

namespace ecluse {

// What a content is, in the field's words. The broker never reads the content itself.
enum class Kind : uint8_t {
  kAuthorisation = 1,  // demande de prise en charge
  kBill = 2,           // facture, DRE
  kDocument = 3,       // pièce justificative
  kCancellation = 4,   // annulation
  kQuotation = 5,      // devis, cotation
};

// The two partitions of what a destination can take: what came while it was open never waits behind
// all that piled up while it was not, and the other way round.
enum class Share : uint8_t {
  kFresh = 0,    // deposited while its gate was open
  kBacklog = 1,  // deposited while it was not
};

// Where a request stands among those of its practice, destination and share: the lowest goes first.
// Authorisations before bills, then by the date they are due, then by age. Never changes.
struct Rank {
  Share share = Share::kFresh;
  uint8_t order = 0;  // 0: all but bills; 1: bills
  absl::Time due = absl::InfiniteFuture();
  RequestId id;
  bool operator==(const Rank&) const = default;
  friend bool operator<(const Rank& a, const Rank& b) {
    return std::tie(a.share, a.order, a.due, a.id) < std::tie(b.share, b.order, b.due, b.id);
  }
};

// (practice, operator, service, the practice's own reference): depositing it twice accepts once,
// for ever.
struct BusinessKey {
  PracticeId practice;
  Destination destination;
  std::string reference;

  auto operator<=>(const BusinessKey&) const = default;
  template <typename H>
  friend H AbslHashValue(H h, const BusinessKey& k) {
    return H::combine(std::move(h), k.practice, k.destination, k.reference);
  }
};

// Written once when the request is accepted; never changed, but for its destination, by a person's
// re-route.
struct Envelope {
  RequestId id;
  PracticeId practice;
  std::string finess;  // which of the practice's FINESS numbers deposits: 9 characters
  Destination destination;
  std::string reference;  // the practice's own; it may name a patient, so it is sealed at rest
  Kind kind = Kind::kAuthorisation;
  std::string format;  // media type of the content: typed or the software's own certified message
  uint64_t content_bytes = 0;
  std::string digest;  // keyed hash of kind, format and content: tells a repeat from a conflict
  absl::Time deposited_at;
  // The request of the same practice that this one belongs to: the authorisation that a bill, a
  // document or a cancellation speaks of, the rejected bill that this one replaces. 0: none.
  RequestId follows = {};
  // The first request of its case (dossier); 0: it follows nothing. A case is strictly in order.
  RequestId case_of = {};
  // By when it should be at the operator, by the rules of its destination. Nothing happens then,
  // but everybody sees it. InfiniteFuture: no date is known.
  absl::Time due = absl::InfiniteFuture();
  Share share = Share::kFresh;
  // Keyed hash of the bank account to be paid, of a bill that names it; empty: none.
  std::string payee = {};
  // Where it was deposited to, when ops sent it another way since.
  std::optional<Destination> deposited_to = {};
  // Where the destination was found by the routing tables; they are asked again before it goes.
  std::optional<Card> card = {};

  bool operator==(const Envelope&) const = default;
  BusinessKey Key() const {
    if (card) return {practice, {kByCard, destination.service}, reference};
    return {practice, deposited_to.value_or(destination), reference};
  }
  Rank RankOf() const { return {share, kind == Kind::kBill ? uint8_t{1} : uint8_t{0}, due, id}; }
};

}  // namespace ecluse
