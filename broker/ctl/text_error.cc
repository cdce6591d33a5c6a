// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "broker/ctl/text.h"
#include "proto/texts.h"

namespace ecluse::ctl {

std::string Text(const Error& error, const View& view) {
  const auto language = view.french ? Language::kFrench : Language::kEnglish;
  return fmt::format("eclusectl: {} ({}): {}{}\n", static_cast<int>(error.code), NameOf(error.code),
                     ecluse::Text(error.code, language),
                     error.field.empty() ? "" : " [" + error.field + "]");
}

}  // namespace ecluse::ctl
