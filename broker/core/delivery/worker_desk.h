// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>

#include <vector>

#include "broker/core/account/account_desk.h"
#include "broker/core/books.h"
#include "broker/core/delivery/questions.h"
#include "broker/core/hold/fence.h"
#include "broker/core/job/job_desk.h"
#include "broker/core/request/clearance.h"
#include "proto/identity.h"
#include "proto/wire.h"

namespace ecluse {

// Hears adapters: hands out work, lets it begin, notes what came of it.
class WorkerDesk {
 public:
  WorkerDesk(Books& books, AccountDesk& accounts, Clearance& clearance, Payees& payees,
             JobDesk& jobs)
      : books_(books),
        accounts_(accounts),
        clearance_(clearance),
        payees_(payees),
        jobs_(jobs),
        fence_(books) {}

  void SetDiskLow(bool low) { disk_low_ = low; }

  // A pull waits here for work until its time is over; the reply comes by HandOut.
  std::optional<wire::ReplyBody> Hear(const Peer& peer, uint64_t correlation,
                                      const identity::Adapter& who, const wire::Pull& call,
                                      const Turn& turn);
  wire::ReplyBody Hear(const identity::Adapter& who, const wire::Begin& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Adapter& who, const wire::Report& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Adapter& who, const wire::Answer& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Adapter& who, const wire::Accounts& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Adapter& who, const wire::Checked& call, const Turn& turn);
  wire::ReplyBody Hear(const identity::Adapter& who, const wire::Leave& call, const Turn& turn);

  // Answers the pulls for which there is work, and those that waited long enough.
  // REQUIRES: nothing else happened yet in this turn, so that all it reads is committed.
  void HandOut(const Turn& turn);
  // A pull is waiting; the next turn may have work for it.
  bool HasWaiting() const { return !waiting_.empty(); }
  // When a waiting pull is to be answered: its time is over, or a probe is due for it.
  absl::Time NextWork(absl::Time now) const;
  size_t Workers() const { return waiting_.size(); }
  // Has a worker asked for its work lately?
  bool IsServed(const Destination& destination, absl::Time now) const;

 private:
  struct Waiting {
    Peer peer;
    uint64_t correlation = 0;
    wire::Pull pull;
    absl::Time until;
  };
  struct Basket;

  bool MayProbe(const Destination& destination, absl::Time now) const;
  bool MayUseAccount(const store::Request& request, absl::Time now) const;
  void Resend(const Waiting& waiting, Basket& basket, const Turn& turn);
  void PutOff(store::Request& request, const Turn& turn);
  void AddProbes(const Destination& destination, Basket& basket, const Turn& turn);
  bool Probe(store::Request& request, Basket& basket, const Turn& turn);
  void AddChecks(const Destination& destination, Basket& basket, const Turn& turn);
  void AddDeliveries(const Destination& destination, Basket& basket, const Turn& turn);
  ErrorCode BeginOne(const identity::Adapter& who, WorkerId worker, const wire::Attempt& attempt,
                     const Turn& turn, wire::Proceed::Item& item);
  ErrorCode NoteTry(store::Request& request, WorkerId worker, const wire::Report::Item& item,
                    bool of_other_life, const Turn& turn);
  ErrorCode NoteProbe(store::Request& request, WorkerId worker, const wire::Report::Item& item,
                      const Turn& turn);

  Books& books_;
  AccountDesk& accounts_;
  Clearance& clearance_;
  Payees& payees_;
  JobDesk& jobs_;
  Fence fence_;
  Questions questions_;
  bool disk_low_ = false;
  absl::btree_map<WorkerId, Waiting> waiting_;
  WorkerId last_served_;
  absl::btree_map<Destination, absl::Time> served_until_;
};

// Does this adapter key serve the destination?
bool Serves(const identity::Adapter& who, const Destination& destination);

}  // namespace ecluse
