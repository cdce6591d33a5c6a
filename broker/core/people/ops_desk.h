// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/core/books.h"
#include "broker/core/request/payees.h"
#include "proto/identity.h"
#include "proto/wire.h"

namespace ecluse {

// Hears ops: what changes the course of things. Every act has a reason, which the journal or the
// register keeps, and may be repeated.
class OpsDesk {
 public:
  OpsDesk(Books& books, Payees& payees) : books_(books), payees_(payees) {}

  wire::ReplyBody Hear(const identity::Ops& who, const wire::Close& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::Reopen& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::Drain& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::PlaceHold& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::LiftHold& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::Resolve& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::ResolveAll& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::Retry& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::Announce& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Ops& who, const wire::ReadContent& call, const Turn& turn);
  // The copy is made by the shell once the turn is durable; nullopt: it will answer.
  std::optional<wire::ReplyBody> Hear(const Peer& peer, uint64_t correlation,
                                      const identity::Ops& who, const wire::Backup& call,
                                      const Turn& turn);

 private:
  wire::ReplyBody GateReply(const Destination& destination) const;

  Books& books_;
  Payees& payees_;
};

}  // namespace ecluse
