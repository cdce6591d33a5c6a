// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace ecluse::bench {

// How much is done; README.md says how to read what comes out.
struct Size {
  double accept_seconds = 10;
  uint64_t drained = 60'000;
  uint64_t waiting = 500'000;
  uint64_t few_waiting = 1000;
  double ceiling_seconds = 5;
};

// Each makes what it needs below `folder` and leaves nothing.
void Accept(const std::string& eclused, const std::string& folder, const Size& size);
// The same with `eclused_slow`, whose every sync takes two milliseconds longer.
void Slow(const std::string& eclused_slow, const std::string& folder, const Size& size);
void Drain(const std::string& eclused, const std::string& folder, const Size& size);
void Backlog(const std::string& eclused, const std::string& folder, const Size& size);
void Ceiling(const std::string& folder, const Size& size);

}  // namespace ecluse::bench
