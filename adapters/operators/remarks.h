// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "proto/envelope.h"
#include "proto/outcome.h"

namespace ecluse {

// Tells ops what hinders the sending, on edges only: when a destination's hindrance changes, when
// it is gone, and each refused login. Names destinations and practices, never a request's content.
class Remarks {
 public:
  using Log = std::function<void(const std::string&)>;
  void LogTo(Log log) { log_ = std::move(log); }

  void Note(const Envelope& envelope, const std::optional<Outcome>& outcome);
  // The number in the content is not the grant's: it was not sent.
  void NoteNumber(const Envelope& envelope);

 private:
  void NoteHindrance(const Destination& destination, std::optional<Hindrance> hindrance);

  Log log_;
  std::mutex mutex_;
  std::map<Destination, Hindrance> hindered_;
};

}  // namespace ecluse
