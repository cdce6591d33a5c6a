// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/driver.h"

#include "proto/shape.h"

namespace ecluse {
namespace {

constexpr size_t kMostShown = 64;

std::string Printable(const std::string& word) {
  const bool is_text = IsText(word, word.size());
  std::string shown;
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    // Never in the middle of a character.
    if (shown.size() >= kMostShown && (byte & 0xC0) != 0x80) break;
    const bool plain = byte >= 0x20 && byte < 0x7F && c != '"';
    shown += plain || (is_text && byte >= 0x80) ? c : '?';
  }
  return shown;
}

}  // namespace

void Driver::TellUnknownWord(const Envelope& envelope, const std::string& word) {
  const std::string shown = Printable(word);
  {
    const std::lock_guard lock(mutex_);
    if (!log_ || told_.size() >= kWordsTold) return;
    if (!told_.insert(ToString(envelope.destination) + shown).second) return;
  }
  log_(ToString(envelope.destination) + ": the operator says \"" + shown +
       "\", which the profile does not know: request " + std::to_string(envelope.id.value) +
       " is in doubt");
}

std::string SubmissionKey(const Envelope& envelope) {
  return envelope.practice.text + "-" + std::to_string(envelope.id.value);
}

}  // namespace ecluse
