// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "proto/state.h"
#include "proto/wire.h"
#include "tests/soak/catalogue.h"

namespace ecluse::soak {

// How a request ended: as the operator said it, or without the operator.
enum class End : uint8_t { kNone, kGranted, kRefused, kRejected, kReturned, kWithdrawn };

// Keeps the books of who was told what, in two bytes a request, all of them taken at the start so
// that they do not grow. It hears what practices and operators hear, and never asks the broker what
// should be.
class Oracle {
 public:
  explicit Oracle(const Catalogue& catalogue, uint64_t requests);

  // What practices hear.
  void Receipted(uint64_t n, const wire::Receipt& receipt, bool repeat);
  // Another process saw to the deposits.
  void AllReceipted();
  void WithdrawnNow(uint64_t n);
  void Read(uint32_t practice, const wire::InboxEntry& entry);

  // What operators do. Their ledger has the request: taking it twice is the one thing that must
  // never be.
  void Takes(uint64_t n, const std::string& content);
  bool Has(uint64_t n) const { return (books_[n] & kHas) != 0; }
  void SaysPending(uint64_t n) { books_[n] |= kPending; }
  bool SaidPending(uint64_t n) const { return (books_[n] & kPending) != 0; }
  // An end that the operator tells. It never tells another one.
  void Says(uint64_t n, End end);
  // It is sent though the practice took it back.
  void Touches(uint64_t n);

  // Anything that must not be, told by whoever saw it.
  void Wrong(const std::string& what, uint64_t n);

  // What the store has at the end.
  void Stored(RequestId number, StateCode state);

  bool WasReceipted(uint64_t n) const { return (books_[n] & kReceipt) != 0; }
  uint64_t receipts() const { return receipts_; }
  uint64_t ended() const { return ended_; }
  uint64_t doubled() const { return doubled_; }
  uint64_t wrongs() const { return wrong_; }

  struct Sum {
    uint64_t requests = 0, settled = 0, rejected = 0, returned = 0, withdrawn = 0;
    uint64_t lost = 0;      // receipted, and no end came of it or the operator has it not
    uint64_t doubled = 0;   // taken by an operator twice
    uint64_t in_doubt = 0;  // in the store, at the end
    uint64_t wrong = 0;     // anything else that must not be
    // Of no request nothing was found out.
    bool good() const { return requests > 0 && lost + doubled + in_doubt + wrong == 0; }
  };
  // REQUIRES: Stored() was told of everything in the store.
  Sum Judge();

  uint64_t bytes() const { return books_.capacity() * sizeof(uint16_t); }

 private:
  enum Bit : uint16_t {
    kReceipt = 1,
    kHas = 2,      // in the operator's ledger
    kPending = 4,  // the operator said a word on the way
    kNews = 8,     // the practice read it
    kStored = 16,  // seen in the store at the end
  };
  static constexpr unsigned kSaid = 5;  // three bits: what the operator said
  static constexpr unsigned kRead = 8;  // three bits: what the practice read, or did
  End At(uint64_t n, unsigned shift) const { return static_cast<End>((books_[n] >> shift) & 7u); }
  void Set(uint64_t n, unsigned shift, End end);
  void Finished(uint64_t n, End end);
  void JudgeOne(uint64_t n, Sum& sum);

  const Catalogue& catalogue_;
  std::vector<uint16_t> books_;
  uint64_t receipts_ = 0;
  uint64_t ended_ = 0;
  uint64_t doubled_ = 0;
  uint64_t in_doubt_ = 0;
  uint64_t wrong_ = 0;
};

}  // namespace ecluse::soak
