// SPDX-License-Identifier: Apache-2.0
#include "adapters/operators/remarks.h"

#include "proto/texts.h"

namespace ecluse {

void Remarks::Note(const Envelope& envelope, const std::optional<Outcome>& outcome) {
  if (!log_ || !outcome) return;
  const auto* deferred = std::get_if<outcome::Deferred>(&*outcome);
  if (deferred == nullptr) return NoteHindrance(envelope.destination, std::nullopt);
  if (deferred->hindrance == Hindrance::kCredentials) {
    log_(ToString(envelope.destination) + ": the account of " + envelope.practice.text +
         " has no login that the operator accepts; it needs a person");
  } else if (deferred->whole_destination) {
    NoteHindrance(envelope.destination, deferred->hindrance);
  }
}

void Remarks::NoteNumber(const Envelope& envelope) {
  if (!log_) return;
  log_(ToString(envelope.destination) + ": request " + std::to_string(envelope.id.value) +
       " has another authorisation number in it than its authorisation was granted under: not "
       "sent; the practice withdraws it and deposits it anew, without a number or with the right "
       "one");
}

void Remarks::NoteHindrance(const Destination& destination, std::optional<Hindrance> hindrance) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = hindered_.find(destination);
    const bool same = known == hindered_.end() ? !hindrance : hindrance == known->second;
    if (same) return;
    if (hindrance) {
      hindered_[destination] = *hindrance;
    } else {
      hindered_.erase(known);
    }
  }
  log_(ToString(destination) +
       (hindrance ? ": surely not sent: " + std::string(Text(*hindrance, Language::kEnglish))
                  : ": is reached again"));
}

}  // namespace ecluse
