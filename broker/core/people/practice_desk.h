// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/core/books.h"
#include "broker/core/look/sight.h"
#include "broker/core/request/cases.h"
#include "proto/identity.h"
#include "proto/wire.h"

namespace ecluse {

// Hears practices. A practice sees and touches only what is its own: another's request is
// answered like one that does not exist.
class PracticeDesk {
 public:
  PracticeDesk(Books& books, Cases& cases, const Sight& sight)
      : books_(books), cases_(cases), sight_(sight) {}

  void SetDiskLow(bool low) { disk_low_ = low; }
  // Deposits refused for their content: all the trace that they leave.
  uint64_t unfit() const { return unfit_; }

  wire::ReplyBody Hear(const identity::Practice& who, const wire::Deposit& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Practice& who, const wire::StatusOf& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Practice& who, const wire::Withdraw& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Practice& who, const wire::Inbox& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Practice& who, const wire::Operators& call,
                       const Turn& turn);
  wire::ReplyBody Hear(const identity::Practice& who, const wire::Confirm& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Practice& who, const wire::Decide& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Practice& who, const wire::SentElsewhere& call,
                       const Turn& turn);

 private:
  std::variant<Destination, Error> RouteOf(const wire::Deposit::Item& item, const std::string& path,
                                           absl::Time now) const;
  Envelope EnvelopeOf(const identity::Practice& who, const wire::Deposit::Item& item,
                      Destination destination, const Turn& turn) const;
  std::variant<wire::Receipt, Error> Admit(const identity::Practice& who,
                                           const wire::Deposit::Item& item, const std::string& path,
                                           const Turn& turn);

  // One's own request; nullptr: it is unknown, or somebody else's.
  store::Request* FindOwn(const identity::Practice& who, RequestId receipt);
  std::variant<wire::RequestStatus, Error> DecideOne(const identity::Practice& who,
                                                     const wire::Decide& call, const Turn& turn);
  std::variant<wire::RequestStatus, Error> NoteElsewhere(const identity::Practice& who,
                                                         const wire::SentElsewhere& call,
                                                         const Turn& turn);

  Books& books_;
  Cases& cases_;
  const Sight& sight_;
  bool disk_low_ = false;
  uint64_t unfit_ = 0;
};

}  // namespace ecluse
