// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "proto/wire.h"

// What came with the reopening: part of what samples.h promises.
namespace ecluse::samples {

std::vector<std::pair<const char*, wire::CallBody>> ReopeningCalls();
std::vector<std::pair<const char*, wire::ReplyBody>> ReopeningReplies();

}  // namespace ecluse::samples
