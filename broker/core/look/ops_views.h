// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/core/books.h"
#include "broker/core/look/sight.h"
#include "proto/wire.h"

namespace ecluse {

// What ops may look at; nothing here changes anything. The practice's reference is never shown:
// it may name a patient.
struct BrokerFacts {
  const Sight& sight;
  uint64_t workers = 0;
  uint64_t unfit = 0;  // deposits refused for their content
};

wire::ReplyBody View(Books& books, const wire::Status& call, const BrokerFacts& facts,
                     absl::Time now);
wire::ReplyBody View(Books& books, const wire::Shape& call, const BrokerFacts& facts,
                     absl::Time now);
wire::ReplyBody View(Books& books, const wire::List& call, const BrokerFacts& facts,
                     absl::Time now);
wire::ReplyBody View(Books& books, const wire::Show& call, const BrokerFacts& facts,
                     absl::Time now);
wire::ReplyBody View(Books& books, const wire::Holds& call, const BrokerFacts& facts,
                     absl::Time now);
wire::ReplyBody View(Books& books, const wire::Explain& call, const BrokerFacts& facts,
                     absl::Time now);
wire::ReplyBody View(Books& books, const wire::Doubts& call, const BrokerFacts& facts,
                     absl::Time now);

}  // namespace ecluse
