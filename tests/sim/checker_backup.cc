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
void Checker::Restored() {
  const auto gone = [&](RequestId id) { return id > memory_->last_request; };
  std::erase_if(pages_, [&](const auto& page) { return gone(page.first); });
  std::erase_if(receipts_, [&](const auto& receipt) { return gone(receipt.second); });
  for (auto& [practice, box] : boxes_) GoBack(practice, box);
  for (auto& [id, page] : pages_) GoBack(page);
  for (auto& [practice, box] : boxes_) {
    for (const auto& [position, entry] : box.entries) {
      Page& page = PageOf(entry.request);
      const bool read = position <= box.read;
      if (entry.event == wire::Event::kAsked) continue;
      if (entry.event == wire::Event::kNews) {
        page.news.insert(entry.decision);
        if (read) page.news_read.insert(entry.decision);
        continue;
      }
      page.position = position;
      page.answer = entry.decision;
      page.read = read;
    }
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

void Checker::GoBack(const PracticeId& practice, Box& box) {
  const uint64_t last = memory_->marks[practice].last;
  std::erase_if(box.entries, [&](const auto& entry) { return entry.first > last; });
  box.acknowledged = std::min(box.acknowledged, last);
  box.read = std::min(box.read, last);
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
