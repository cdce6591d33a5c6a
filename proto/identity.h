// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "proto/names.h"

// Who a CURVE key belongs to. A known key has exactly one identity.
namespace ecluse::identity {

struct Practice {
  PracticeId id;
  std::vector<std::string> finess;  // the numbers it may deposit for, 9 characters each
  bool operator==(const Practice&) const = default;
};
struct Adapter {
  OperatorId run_by;
  std::vector<ServiceId> services;
  bool operator==(const Adapter&) const = default;
};
struct Ops {
  std::string name;
  bool may_act = false;  // else it may only read
  bool operator==(const Ops&) const = default;
};

}  // namespace ecluse::identity

namespace ecluse {
using Identity = std::variant<identity::Practice, identity::Adapter, identity::Ops>;
}  // namespace ecluse
