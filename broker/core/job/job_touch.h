// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/core/books.h"
#include "broker/core/request/clearance.h"
#include "broker/core/request/payees.h"
#include "proto/job.h"

namespace ecluse {

// What each kind of job means, and what it does to one request.
class JobTouch {
 public:
  JobTouch(Books& books, Payees& payees, Clearance& clearance)
      : books_(books), payees_(payees), clearance_(clearance) {}

  enum class Fit {
    kNo,      // not its affair
    kCan,     // it fits
    kCannot,  // it fits the filter, but this must not be done to it as it stands
  };
  Fit Judge(const Turn& turn, const Job& job, const store::Request& request);

  // Does it. False: it means nothing in the request's state, and nothing changed.
  // REQUIRES: Judge() said kCan in this turn.
  bool Touch(const Turn& turn, const Job& job, store::Request& request);

 private:
  Fit JudgeUnsent(const Turn& turn, const Job& job, const store::Request& request);
  bool MayReroute(const Job& job, const store::Request& request) const;
  bool MayExport(const Turn& turn, const Job& job, const store::Request& request);
  bool IsFrozen(const store::Request& request) const;

  Books& books_;
  Payees& payees_;
  Clearance& clearance_;
};

// Who does what a job does, and in which words, for the journal.
Author AuthorOf(const Job& job);
// At most `bytes` of the text, cut between two characters.
std::string Clipped(std::string text, size_t bytes);

}  // namespace ecluse
