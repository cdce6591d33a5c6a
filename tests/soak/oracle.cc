// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/oracle.h"

#include <fmt/format.h>

#include <cstdio>

namespace ecluse::soak {
namespace {

// Told in words; the others are only counted.
constexpr uint64_t kTold = 20;

bool Ends(wire::Event event) {
  return event == wire::Event::kAnswered || event == wire::Event::kRejected ||
         event == wire::Event::kReturned;
}

End EndOf(const wire::InboxEntry& entry) {
  if (entry.event == wire::Event::kReturned) return End::kReturned;
  if (entry.event == wire::Event::kRejected) return End::kRejected;
  return entry.decision == Decision::kGranted ? End::kGranted : End::kRefused;
}

// The states in which a request that ended so may be.
bool Fits(End end, StateCode state) {
  switch (end) {
    case End::kGranted:
    case End::kRefused:
      return state == StateCode::kSettled;
    case End::kRejected:
      return state == StateCode::kRejected;
    case End::kReturned:
      return state == StateCode::kReturned;
    case End::kWithdrawn:
      return state == StateCode::kWithdrawn;
    case End::kNone:
      break;
  }
  return !IsTerminal(state);
}

}  // namespace

Oracle::Oracle(const Catalogue& catalogue, uint64_t requests)
    : catalogue_(catalogue), books_(requests, 0) {}

void Oracle::Set(uint64_t n, unsigned shift, End end) {
  const unsigned cleared = books_[n] & ~(7u << shift);
  books_[n] = static_cast<uint16_t>(cleared | static_cast<unsigned>(end) << shift);
}

void Oracle::Wrong(const std::string& what, uint64_t n) {
  ++wrong_;
  if (wrong_ <= kTold) fmt::print(stderr, "NOT TRUE: {} (request {})\n", what, n + 1);
}

void Oracle::Receipted(uint64_t n, const wire::Receipt& receipt, bool repeat) {
  if (receipt.number != Catalogue::NumberOf(n)) {
    Wrong(repeat ? "a repeat gets the first receipt" : "requests are numbered in order", n);
  }
  if (receipt.repeated != repeat) Wrong("a repeat is called so, and nothing else is", n);
  if (WasReceipted(n)) return;
  books_[n] |= kReceipt;
  ++receipts_;
}

void Oracle::AllReceipted() {
  for (uint16_t& book : books_) book |= kReceipt;
  receipts_ = books_.size();
}

void Oracle::Finished(uint64_t n, End end) {
  if (At(n, kRead) != End::kNone) return Wrong("a request ends once", n);
  Set(n, kRead, end);
  ++ended_;
}

void Oracle::WithdrawnNow(uint64_t n) {
  if (Has(n)) Wrong("only what is unsent is withdrawn", n);
  Finished(n, End::kWithdrawn);
}

void Oracle::Read(uint32_t practice, const wire::InboxEntry& entry) {
  const uint64_t n = Catalogue::PlaceOf(entry.request);
  if (n >= books_.size()) return Wrong("an inbox speaks of what was deposited", n);
  if (catalogue_.PracticeOf(n) != practice) Wrong("an answer goes to its practice", n);
  if (Ends(entry.event)) {
    Finished(n, EndOf(entry));
  } else if (entry.event == wire::Event::kNews) {
    if ((books_[n] & kNews) != 0) Wrong("a word on the way is told once", n);
    if (!SaidPending(n)) Wrong("a word on the way was said", n);
    books_[n] |= kNews;
  } else {
    Wrong("practices are not asked anything in this story", n);
  }
}

void Oracle::Touches(uint64_t n) {
  if (At(n, kRead) == End::kWithdrawn) Wrong("what is withdrawn is never sent", n);
  if (!WasReceipted(n)) Wrong("what is sent has its receipt", n);
}

void Oracle::Takes(uint64_t n, const std::string& content) {
  if (content != catalogue_.ContentOf(n)) Wrong("the content arrives as it was deposited", n);
  if (Has(n)) ++doubled_;
  books_[n] |= kHas;
}

void Oracle::Says(uint64_t n, End end) {
  if (At(n, kSaid) != End::kNone && At(n, kSaid) != end) Wrong("an operator says one end", n);
  Set(n, kSaid, end);
}

void Oracle::Stored(RequestId number, StateCode state) {
  const uint64_t n = Catalogue::PlaceOf(number);
  if (n >= books_.size()) return Wrong("the store has what was deposited", n);
  books_[n] |= kStored;
  if (state == StateCode::kInDoubt) ++in_doubt_;
  if (!Fits(At(n, kRead), state)) Wrong("the store agrees with what the practice read", n);
}

void Oracle::JudgeOne(uint64_t n, Sum& sum) {
  const uint16_t book = books_[n];
  if ((book & kReceipt) == 0) return Wrong("every deposit gets its receipt", n);
  ++sum.requests;
  const End said = At(n, kSaid);
  const End read = At(n, kRead);
  const bool has = (book & kHas) != 0;
  if (read == End::kNone || (book & kStored) == 0) {
    ++sum.lost;
    if (sum.lost <= kTold) fmt::print(stderr, "LOST: request {}, book {:#x}\n", n + 1, book);
    return;
  }
  if (read == End::kGranted || read == End::kRefused) {
    ++sum.settled;
    if (!has) ++sum.lost;
    if (said != read) Wrong("the practice reads what the operator said", n);
  } else if (has) {
    Wrong("what ended as unsent is at no operator", n);
  }
  if (read == End::kRejected) {
    ++sum.rejected;
    if (said != read) Wrong("the practice reads what the operator said", n);
  }
  if (read == End::kReturned) ++sum.returned;
  if (read == End::kWithdrawn) ++sum.withdrawn;
  if ((book & kPending) != 0 && (book & kNews) == 0) Wrong("a word on the way is told", n);
}

Oracle::Sum Oracle::Judge() {
  Sum sum;
  for (uint64_t n = 0; n < books_.size(); ++n) JudgeOne(n, sum);
  sum.doubled = doubled_;
  sum.in_doubt = in_doubt_;
  sum.wrong = wrong_;
  return sum;
}

}  // namespace ecluse::soak
