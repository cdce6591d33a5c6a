// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/routes_file.h"

#include <gtest/gtest.h>

namespace ecluse {
namespace {

std::string Refusal(const std::string& text) {
  const auto routes = ParseRoutes(text, "r.toml");
  return routes.ok() ? "" : std::string(routes.status().message());
}

constexpr char kRow[] = "[[route]]\noperator = \"almerys\"\n";

TEST(RoutesFileTest, ARowSendsWhereItSays) {
  const auto routes =
      ParseRoutes(std::string(kRow) + "amc = \"12\"\nuntil = \"2025-06-30\"\n", "r");
  ASSERT_TRUE(routes.ok()) << routes.status();
  const Card card{"0012", "", "", "optics", absl::CivilDay(2025, 6, 1)};
  // The last second of the day in Paris, and the next.
  const absl::Time end = absl::FromCivil(absl::CivilSecond(2025, 6, 30, 23, 59, 59), Paris());
  EXPECT_EQ(routes->Resolve(card, end), OperatorId{"almerys"});
  EXPECT_EQ(routes->Resolve(card, end + absl::Seconds(1)), std::nullopt);
}

TEST(RoutesFileTest, MistakesAreNamedWithTheirLine) {
  EXPECT_EQ(Refusal(std::string(kRow) + "amk = \"1\"\n"),
            "r.toml:3: [[route]] there is no setting `amk`; is `amc` meant?");
  EXPECT_NE(Refusal(std::string(kRow) + "from = \"2025-02-30\"\n").find("r.toml:3"),
            std::string::npos);
  EXPECT_NE(Refusal("[[route]]\noperator = \"card\"\n").find("operator's name"), std::string::npos);
  EXPECT_NE(Refusal("[[rout]]\n").find("only [[route]]"), std::string::npos);
  EXPECT_NE(
      Refusal(std::string(kRow) + "[[route]]\noperator = \"oxantis\"\n").find("lines 1 and 3"),
      std::string::npos);
}

}  // namespace
}  // namespace ecluse
