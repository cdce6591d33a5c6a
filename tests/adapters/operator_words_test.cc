// SPDX-License-Identifier: Apache-2.0
// Whatever the simulated operator decides, it says in words that its own profile understands.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>

#include "proto/profile/status.h"
#include "tests/support/operator/desk.h"

namespace ecluse::simulated {
namespace {

class OperatorWordsTest : public ::testing::TestWithParam<const char*> {
 protected:
  OperatorWordsTest() {
    std::string name = (std::filesystem::temp_directory_path() / "ecluse-words-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
    auto profile =
        profile::ReadProfile(std::string(ECLUSE_OPERATORS) + "/" + GetParam() + "/profile.toml");
    EXPECT_TRUE(profile.ok()) << profile.status();
    profile_ = *std::move(profile);
    DeskOptions options;
    options.ledger = directory_ + "/ledger";
    options.shares = {15, 15, 15, 15, 15, 5, 5};
    for (const profile::Service& service : profile_.services) {
      options.services.push_back(OptionsFrom(service));
      options.services.back().bills_need_grant = true;
    }
    desk_ = *Desk::Open(std::move(options));
  }
  ~OperatorWordsTest() override { std::filesystem::remove_all(directory_); }

  // The answers come by mail there, as records and not as words.
  static bool Speaks(const profile::Service& service, Kind kind) {
    const auto& kinds = service.rules.kinds;
    return service.protocol != profile::Protocol::kMail &&
           (kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end());
  }
  void Submit(Kind kind, const std::string& key, const std::string& about) {
    for (const profile::Service& service : profile_.services) {
      if (!Speaks(service, kind)) continue;
      const Submission s{
          key + service.name.text, 1, "shop", service.name.text, kind, key, about, {1000}};
      const Verdict verdict = desk_->Receive(s);
      if (verdict.said == Verdict::Said::kTechnical) continue;  // said by a code, not by a word
      ++said_;
      EXPECT_TRUE(profile::OutcomeOf(service.words, verdict.answer, {}))
          << service.name.text << ": " << verdict.answer.status;
    }
  }

  std::string directory_;
  profile::Profile profile_;
  std::unique_ptr<Desk> desk_;
  int said_ = 0;
};

TEST_P(OperatorWordsTest, AreUnderstood) {
  std::string first;
  for (const profile::Service& service : profile_.services) {
    if (first.empty() && Speaks(service, Kind::kAuthorisation)) first = service.name.text;
  }
  for (int i = 0; i < 50; ++i) {
    const std::string n = std::to_string(i);
    const std::string about = "shop-1" + n + first;
    Submit(Kind::kAuthorisation, "shop-1" + n, "");
    Submit(Kind::kDocument, "shop-2" + n, about);
    Submit(i % 2 == 0 ? Kind::kCancellation : Kind::kBill, "shop-3" + n, about);
    Submit(Kind::kBill, "shop-4" + n, "");
  }
  EXPECT_GE(said_, 100);
}

INSTANTIATE_TEST_SUITE_P(Operators, OperatorWordsTest,
                         ::testing::Values("almerys", "carte-blanche", "generation", "oxantis",
                                           "viamedis"),
                         [](const auto& of) {
                           std::string name = of.param;
                           name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
                           return name;
                         });

}  // namespace
}  // namespace ecluse::simulated
