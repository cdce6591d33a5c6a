// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>

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

// Written once when the request is accepted, never changed.
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
  // Where the destination was found by the routing tables; they are asked again before it goes.
  std::optional<Card> card = {};

  bool operator==(const Envelope&) const = default;
  BusinessKey Key() const {
    if (card) return {practice, {kByCard, destination.service}, reference};
    return {practice, destination, reference};
  }
};

}  // namespace ecluse
