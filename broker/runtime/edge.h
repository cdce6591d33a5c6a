// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/time/time.h>

#include "broker/core/request/routes.h"
#include "proto/content/check.h"
#include "proto/names.h"
#include "proto/wire.h"

namespace ecluse {

using ContentRules = absl::btree_map<Destination, content::Rules>;

// Reads contents as they come in, so that the core never has to: what is wrong with each goes into
// the deposit, and the core decides what follows. (A repeat keeps its receipt, whatever the rules
// say by now.)
class Edge {
 public:
  // `routes` must outlive the edge.
  Edge(ContentRules rules, const Routes& routes, absl::TimeZone paris)
      : rules_(std::move(rules)), routes_(routes), paris_(paris) {}

  // Fills in `found` of every item, and of bills that can be read `payee` and `day`: of typed ones
  // the account and the invoice's day, of B2 files the day on which the file was made.
  void Look(wire::Deposit& deposit, absl::Time now) const;

 private:
  const content::Rules& RulesOf(const wire::Deposit::Item& item, absl::Time now) const;

  const ContentRules rules_;
  const Routes& routes_;
  const absl::TimeZone paris_;
};

}  // namespace ecluse
