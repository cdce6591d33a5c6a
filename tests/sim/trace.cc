// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ecluse::sim {

void Trace::Keep(RequestId request, std::string text) {
  const double seconds = absl::ToDoubleSeconds(clock_.now() - start_);
  const std::string number = request.value == 0 ? "" : fmt::format("#{}", request.value);
  std::string line = fmt::format("{:12.3f}s {:>4}  {}", seconds, number, text);
  if (mode_ == Mode::kPrint) fmt::print("{}\n", line);
  lines_.push_back({request, std::move(line)});
}

std::vector<std::string> Trace::Last(RequestId request, size_t at_most) const {
  std::vector<std::string> last;
  for (auto line = lines_.rbegin(); line != lines_.rend() && last.size() < at_most; ++line) {
    if (line->request.value == 0 || line->request == request || request.value == 0) {
      last.push_back(line->text);
    }
  }
  std::reverse(last.begin(), last.end());
  return last;
}

}  // namespace ecluse::sim
