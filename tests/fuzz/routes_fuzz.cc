// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "broker/runtime/routes_file.h"
#include "tests/fuzz/check.h"

// The routing tables: refused with file and rule, or tables that lead every card to an operator
// that they name, or nowhere.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace ecluse;
  const std::string text(fuzz::View(bytes, size));
  const auto routes = ParseRoutes(text, "routes.toml");
  if (!routes.ok()) {
    fuzz::Must(std::string(routes.status().message()).starts_with("routes.toml"),
               "a mistake is told with its file");
    return 0;
  }
  const auto operators = routes->Operators();
  for (const char* amc : {"0000000012", "12", ""}) {
    Card card;
    card.amc = amc;
    card.csr = "AB";
    card.domain = "audiology";
    const auto to = routes->Resolve(card, absl::FromUnixSeconds(1'707'357'600));
    fuzz::Must(!to || std::find(operators.begin(), operators.end(), *to) != operators.end(),
               "a card leads to an operator of the tables");
  }
  return 0;
}
