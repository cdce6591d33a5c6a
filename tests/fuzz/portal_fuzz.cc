// SPDX-License-Identifier: Apache-2.0
// What an operator's portal answers is read, or left unread: it never ends the adapter, and never
// settles a request with a word that the profile does not have.
#include <absl/time/time.h>

#include <variant>

#include "adapters/protocols/portal/endings.h"
#include "proto/content/codec.h"
#include "tests/fuzz/check.h"

namespace {

using namespace ecluse;

const portal::Terms kTerms{{},
                           {{"accordee", profile::Meaning::kGranted},
                            {"en attente", profile::Meaning::kPending},
                            {"indisponible", profile::Meaning::kUnavailable}}};

void Check(const std::optional<Outcome>& outcome) {
  const auto* answered = outcome ? std::get_if<outcome::Answered>(&*outcome) : nullptr;
  if (answered == nullptr) return;
  const auto answer = content::DecodeAnswer(answered->body);
  fuzz::Must(answer.ok(), "an answer can be read by the practice");
  fuzz::Must(profile::Fold(answer->status) == "accordee",
             "only a word of the profile settles a request");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  constexpr int kStatuses[] = {200, 200, 202, 401, 403, 404, 409, 422, 503};
  fuzz::Choices choices(bytes, size);
  http::Exchange exchange;
  exchange.body_written = true;
  exchange.status = kStatuses[choices.Byte() % std::size(kStatuses)];
  exchange.body = choices.rest();
  for (const bool probe : {false, true}) {
    const portal::Asked asked{Kind::kAuthorisation, probe, "shop-7"};
    Check(portal::OutcomeOf(exchange, asked, kTerms, absl::UnixEpoch()));
  }
  return 0;
}
