// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/status.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

// What a target says about its decoder. A broken promise ends the process, so that libFuzzer keeps
// the input.
namespace ecluse::fuzz {

inline std::string_view View(const uint8_t* bytes, size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

inline void Must(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "a promise is broken: %s\n", promise);
  std::abort();
}

// A word that stands in values alone: the inputs of the corpora bear it in names, passwords and
// numbers, the dictionaries offer it, and no field, rule or text of ours contains it. Where an
// error says it, the error has told a value.
inline constexpr std::string_view kMarker = "ZQ7X";

inline void MustNotTell(std::string_view said) {
  Must(said.find(kMarker) == std::string_view::npos, "an error never tells a value");
}

inline void MustNotTell(const absl::Status& status) {
  MustNotTell(std::string_view(status.message().data(), status.message().size()));
}

// What a decoder read says the same when it is written and read again.
template <class Value, class Encode, class Decode>
void MustReturn(const Value& value, Encode encode, Decode decode) {
  const auto again = decode(encode(value));
  Must(again.ok(), "what was written can be read");
  Must(*again == value, "what was read says the same when written and read again");
}

// Small choices in front of an input; zeros where it has ended.
class Choices {
 public:
  Choices(const uint8_t* bytes, size_t size) : rest_(View(bytes, size)) {}

  uint8_t Byte() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  uint64_t Number(size_t bytes) {
    uint64_t number = 0;
    while (bytes-- > 0) number = number << 8 | Byte();
    return number;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace ecluse::fuzz

// Where libFuzzer, and the player of the corpora (play.cc), hand an input over.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size);
