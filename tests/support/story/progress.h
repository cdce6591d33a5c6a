// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace ecluse::story {

// What a person sees meanwhile: a bar that moves on a terminal, else a plain line now and then.
class Progress {
 public:
  explicit Progress(bool terminal) : terminal_(terminal) {}

  // One line of the story.
  void Say(const std::string& line);
  // A new bar, from nothing.
  void Begin();
  // `detail` is shown behind the bar.
  void Show(uint64_t done, uint64_t total, const std::string& detail);
  // The bar is complete, or given up: what is said next stands below it.
  void End();

 private:
  const bool terminal_;
  bool bar_ = false;
  uint64_t shown_ = 0;  // tenths, for plain lines
};

}  // namespace ecluse::story
