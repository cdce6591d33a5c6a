// SPDX-License-Identifier: Apache-2.0
// The platform of Viamedis, on which Oxantis runs too.
#include "adapters/operators/quirks.h"

#include "proto/content/codec.h"

namespace ecluse {
namespace {

class ViamedisQuirks : public Quirks {
 public:
  // "Granted subject to documents" names none of them: these four are then to be deposited.
  std::optional<Outcome> After(const profile::Service&, const Envelope&,
                               std::optional<Outcome> outcome, absl::Time) override {
    auto* word = outcome ? std::get_if<outcome::Accepted>(&*outcome) : nullptr;
    if (word == nullptr || word->decision != Decision::kGrantedPendingDocuments ||
        word->format != content::kAnswer) {
      return outcome;
    }
    auto answer = content::DecodeAnswer(word->body);
    if (!answer.ok() || !answer->wanted.empty()) return outcome;
    using enum content::DocumentKind;
    answer->wanted = {kQuotation, kDeliveryNote, kPrescription, kInvoice};
    word->body = content::EncodeAnswer(*answer);
    return outcome;
  }
};

}  // namespace

std::unique_ptr<Quirks> MakeViamedisQuirks();  // called by the list that CMake writes

std::unique_ptr<Quirks> MakeViamedisQuirks() { return std::make_unique<ViamedisQuirks>(); }

}  // namespace ecluse
