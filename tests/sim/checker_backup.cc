// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/checker.h"

namespace ecluse::sim {

void Checker::BackedUp(const FakeStore& store) {
  const absl::StatusOr<store::Recovered> recovered = store.Recover();
  if (!recovered.ok()) return Fail("a backup can be made", {}, "the store can't be read");
  memory_ = Memory{pages_,     receipts_, {},       recovered->last_request, permits_, logins_,
                   incidents_, early_,    reroutes_};
  for (const store::InboxMark& mark : recovered->marks) memory_->marks[mark.practice] = mark;
}

// What was said after the backup was said by a broker that nobody remembers. What operators have,
// and what practices and operators said, stays true.
void Checker::Restored(StoreEpoch epoch) {
  const auto gone = [&](RequestId id) { return id > memory_->last_request; };
  std::erase_if(pages_, [&](const auto& page) { return gone(page.first); });
  std::erase_if(receipts_, [&](const auto& receipt) { return gone(receipt.second); });
  for (auto& [id, page] : pages_) GoBack(page);
  for (const auto& who : story_.practices) {
    const PracticeId& practice = who.id;
    Box& box = boxes_[practice];
    // What was acknowledged is not shown again; all else is, as if it were new.
    const uint64_t acknowledged = memory_->marks[practice].acknowledged;
    const uint64_t from = InboxFrom(epoch);
    for (const auto& [position, entry] : box.entries) {
      if (position > acknowledged) break;
      Page& page = PageOf(entry.request);
      if (entry.event == wire::Event::kAsked) continue;
      if (entry.event == wire::Event::kNews) {
        page.news.insert(entry.decision);
        page.news_read.insert(entry.decision);
        continue;
      }
      page.position = position;
      page.answer = entry.decision;
      page.read = true;
    }
    box = Box{from, {}, from};
  }
  permits_ = memory_->permits;
  logins_ = memory_->logins;
  incidents_ = memory_->incidents;
  early_ = memory_->early;
  std::erase_if(early_, [&](RequestId id) { return !pages_.contains(id); });
  being_sent_.clear();
  perhaps_granted_.merge(pulling_);
  pulling_.clear();
  restored_hold_.reset();
  waits_for_a_person_ = true;
}

void Checker::GoBack(Page& page) {
  const auto found = memory_->pages.find(page.id);
  const Page known = found == memory_->pages.end() ? Page{} : found->second;
  for (const auto& [number, one] : page.tries) {
    const auto before = known.tries.find(number);
    const bool known_of = before != known.tries.end() && before->second.proceeded;
    page.unclear |= one.proceeded && !one.cleared && !known_of;
  }
  page.tries = known.tries;
  page.end = known.end;
  page.noted = known.noted;
  page.told = known.told;
  page.parked = known.parked;
  page.not_before = known.not_before;
  page.news.clear();
  page.news_read.clear();
  page.position.reset();
  page.answer.reset();
  page.read = false;
}

}  // namespace ecluse::sim
