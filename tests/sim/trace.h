// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "proto/names.h"
#include "tests/sim/clock.h"

namespace ecluse::sim {

// What happened, for people. Off, it costs nothing: a story that ends well is never told; one
// that does not is run again with the trace on, for the same seed tells the same story.
class Trace {
 public:
  enum class Mode { kOff, kKeep, kPrint };

  Trace(const Clock& clock, Mode mode) : clock_(clock), mode_(mode) {}

  bool on() const { return mode_ != Mode::kOff; }

  // `text` makes the line and is called only when it is wanted. Request 0: it concerns all.
  template <class Text>
  void Tell(RequestId request, const Text& text) {
    if (on()) Keep(request, text());
  }

  // The last lines that concern this request, oldest first.
  std::vector<std::string> Last(RequestId request, size_t at_most) const;

 private:
  struct Line {
    RequestId request;
    std::string text;
  };
  void Keep(RequestId request, std::string text);

  const Clock& clock_;
  Mode mode_;
  absl::Time start_ = clock_.now();
  std::vector<Line> lines_;
};

}  // namespace ecluse::sim
