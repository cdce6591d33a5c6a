// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "adapters/protocols/http/exchange.h"
#include "proto/sections.h"

namespace ecluse::http {

// What a profile's [[driver]] section says of every site: connect_timeout, total_timeout,
// answer_bytes, expect_continue and expect_wait. What is not there stays as it is.
void TakeSite(Fields& in, Site& site);

// A setting that is true or false.
void TakeSwitch(Fields& in, const char* name, bool& value);

}  // namespace ecluse::http
