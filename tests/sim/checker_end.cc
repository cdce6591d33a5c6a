// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "tests/sim/checker.h"
#include "tests/sim/describe.h"

namespace ecluse::sim {

RequestId Checker::Unfinished() const {
  for (const auto& [key, id] : receipts_) {
    if (!pages_.at(id).end) return id;
  }
  return {};
}

RequestId Checker::Unread() const {
  for (const auto& [key, id] : receipts_) {
    const Page& page = pages_.at(id);
    for (const Decision decision : page.noted) {
      if (!page.news_read.contains(decision) && page.answer != decision) return id;
    }
  }
  return {};
}

void Checker::EverythingHasItsEnd() {
  for (const auto& [key, id] : receipts_) {
    const Page& page = pages_.at(id);
    if (!page.end) {
      Fail("a receipt is a promise", id, "it has no end");
      continue;
    }
    const bool settled = *page.end == StateCode::kSettled;
    const bool rejected = *page.end == StateCode::kRejected;
    Expect(!settled || page.accepted > 0, "what is settled was accepted by the operator", id, "");
    Expect(settled || page.accepted == 0, "what the operator accepted is settled", id,
           fmt::format("it is {}", NameOf(*page.end)));
    Expect(!rejected || page.refused, "what is rejected was refused by the operator", id, "");
    const bool returned = *page.end == StateCode::kReturned;
    Expect(page.read == (settled || rejected || returned), "every answer reaches its practice", id,
           page.read ? "read, but it has none" : "never read");
  }
}

bool Checker::CountsAgree(const wire::StatusReport& report) {
  std::map<std::pair<Destination, StateCode>, uint64_t> mine;
  for (const auto& [key, id] : receipts_) {
    const Page& page = pages_.at(id);
    if (page.end) ++mine[{page.destination, *page.end}];
  }
  std::map<std::pair<Destination, StateCode>, uint64_t> told;
  for (const auto& count : report.counts) {
    if (count.requests > 0) told[{count.destination, count.state}] = count.requests;
  }
  std::string difference;
  for (const auto& [what, count] : told) {
    const auto found = mine.find(what);
    const uint64_t known = found == mine.end() ? 0 : found->second;
    if (known != count) {
      difference += fmt::format("{} {}: told {}, known {}; ", ToString(what.first),
                                NameOf(what.second), count, known);
    }
  }
  if (told.size() != mine.size() && difference.empty()) difference = "some are not told";
  for (const auto& destination : report.destinations) {
    if (destination.waiting + destination.in_flight > 0) difference += "something still waits; ";
  }
  Expect(difference.empty(), "the counts that ops is told are true", {}, difference);
  return difference.empty();
}

void Checker::StoreAgrees(const FakeStore& store) {
  const std::string audit = store.Audit();
  Expect(audit.empty(), "the store's counts agree with its requests", {}, audit);
  const auto requests = store.Scan({}, pages_.size() + 1);
  Expect(requests.size() == receipts_.size(), "the store holds what has a receipt, and no more", {},
         fmt::format("{} requests, {} receipts", requests.size(), receipts_.size()));
  for (const store::Request& request : requests) {
    const auto known = pages_.find(request.envelope.id);
    if (known == pages_.end() || !known->second.end) continue;
    Expect(CodeOf(request.state) == *known->second.end, "the store's states are what was told",
           request.envelope.id, NameOf(CodeOf(request.state)));
  }
}

}  // namespace ecluse::sim
