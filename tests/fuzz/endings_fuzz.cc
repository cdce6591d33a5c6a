// SPDX-License-Identifier: Apache-2.0
// How an exchange over HTTP ended, as the exchange driver judges it: whatever came back, a request
// is only settled by a word of the profile, and what may be with the operator is never said to be
// unsent unless the operator's own word says so.
#include <absl/time/time.h>

#include <variant>

#include "adapters/protocols/exchange/endings.h"
#include "proto/content/codec.h"
#include "tests/fuzz/check.h"

namespace {

using namespace ecluse;
using http::Exchange;

const exchange::Terms kTerms{{},
                             {{"accordee", profile::Meaning::kGranted},
                              {"en attente", profile::Meaning::kPending},
                              {"indisponible", profile::Meaning::kUnavailable}}};

Exchange Ended(fuzz::Choices& choices) {
  constexpr int kStatuses[] = {200, 202, 401, 403, 404, 413, 429, 500, 503};
  Exchange ended;
  ended.broke = static_cast<Exchange::Break>(choices.Byte() % 7);
  ended.body_written = choices.Byte() % 4 != 0;
  ended.status = kStatuses[choices.Byte() % std::size(kStatuses)];
  ended.format = choices.Byte() % 2 == 0 ? exchange::kMediaType : "text/html";
  ended.body = choices.rest();
  if (ended.broke != Exchange::Break::kNone) ended.status = 0;
  if (ended.broke == Exchange::Break::kNoConnection || ended.broke == Exchange::Break::kUntrusted ||
      ended.broke == Exchange::Break::kOwnTrouble) {
    ended.body_written = false;
  }
  return ended;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  fuzz::Choices choices(bytes, size);
  exchange::Asked asked;
  asked.key = "shop-7";
  asked.subject = static_cast<exchange::Subject>(choices.Byte() % 4 + 1);
  const Exchange ended = Ended(choices);
  for (const bool probe : {false, true}) {
    asked.probe = probe;
    const auto outcome = exchange::OutcomeOf(ended, asked, kTerms, absl::UnixEpoch());
    if (!outcome) continue;
    if (const auto* answered = std::get_if<outcome::Answered>(&*outcome)) {
      const auto answer = content::DecodeAnswer(answered->body);
      fuzz::Must(answer.ok(), "an answer can be read by the practice");
      fuzz::Must(kTerms.words.contains(profile::Fold(answer->status)),
                 "only a word of the profile settles a request");
    }
    const bool half = ended.body_written && ended.broke != Exchange::Break::kNone;
    fuzz::Must(probe || !half || !std::holds_alternative<outcome::Deferred>(*outcome),
               "what was broken off after its body is never said to be unsent");
  }
  return 0;
}
