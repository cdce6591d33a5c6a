// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <variant>

#include "broker/ctl/json.h"
#include "broker/ctl/text.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/frames.h"

// Whatever the broker says, eclusectl prints it: as text that ends with its line, and as lines of
// JSON that programs can read.
namespace {

using namespace ecluse;

template <class T>
concept HasJson = requires(const T& body) {
  ctl::Json(body);
};
template <class T>
concept HasText = requires(const T& body, const ctl::View& view) {
  ctl::Text(body, view);
};

void CheckLines(const std::string& lines) {
  fuzz::Must(lines.empty() || lines.back() == '\n', "JSON ends with its line");
  for (size_t at = 0; at < lines.size();) {
    const size_t end = lines.find('\n', at);
    const auto object = nlohmann::json::parse(lines.substr(at, end - at), nullptr, false);
    fuzz::Must(object.is_object(), "each line is an object of JSON");
    fuzz::Must(object.contains("type"), "each object tells its type");
    at = end + 1;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const auto decoded = DecodeReply(fuzz::ToFrames(bytes, size));
  const auto* reply = std::get_if<wire::Reply>(&decoded);
  if (reply == nullptr) return 0;
  const ctl::View view{size % 2 == 0, absl::UTCTimeZone(), absl::FromUnixSeconds(1'707'357'600)};
  std::visit(
      [&](const auto& body) {
        using Body = std::decay_t<decltype(body)>;
        if constexpr (HasJson<Body>) CheckLines(ctl::Json(body));
        if constexpr (HasText<Body>) {
          const std::string text = ctl::Text(body, view);
          fuzz::Must(text.empty() || text.back() == '\n', "a text ends with its line");
        }
        if constexpr (std::is_same_v<Body, wire::JobsResult>) {
          for (const auto& row : body.rows) {
            (void)ctl::JobText(row, view);
            (void)ctl::JobLine(row.job, view);
          }
        }
      },
      reply->body);
  return 0;
}
