// SPDX-License-Identifier: Apache-2.0
#include "broker/core/delivery/canary.h"

#include <tuple>

namespace ecluse {
namespace {

// Each is looked up in the store.
constexpr size_t kHeads = 32;

uint8_t RiskOf(Kind kind) {
  switch (kind) {
    case Kind::kAuthorisation:
    case Kind::kQuotation:
      return 0;
    case Kind::kDocument:
      return 1;
    case Kind::kCancellation:
      return 2;
    case Kind::kBill:
      return 3;
  }
  return 3;
}

auto CostOf(const store::Request& request) {
  const Tries& tries = TriesOf(request.state);
  return std::tuple(RiskOf(request.envelope.kind), tries.attempt > 0, tries.leads,
                    request.envelope.content_bytes);
}

}  // namespace

std::optional<Queue::Next> ChooseCanary(Books& books, const Destination& destination,
                                        const std::function<bool(const PracticeId&)>& stopped) {
  std::optional<Queue::Next> chosen;
  std::optional<decltype(CostOf(std::declval<store::Request>()))> least;
  for (Queue::Next& head : books.QueueOf(destination).Heads(stopped, kHeads)) {
    const store::Request* request = books.Find(head.id);
    if (!request || (least && *least <= CostOf(*request))) continue;
    least = CostOf(*request);
    chosen = std::move(head);
  }
  return chosen;
}

}  // namespace ecluse
