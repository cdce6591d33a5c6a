// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "broker/ctl/view.h"
#include "store/verify.h"

// What `eclusectl verify` found, as text and as JSON lines. Pure, like text.h and json.h.
namespace ecluse::ctl {

std::string Text(const store::Finding& finding);
std::string Text(const store::Checked& checked, const View& view);
std::string Json(const store::Finding& finding);
std::string Json(const store::Checked& checked);

}  // namespace ecluse::ctl
