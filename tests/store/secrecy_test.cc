// SPDX-License-Identifier: Apache-2.0
// No patient may be read in the files of a store, whatever part of a request speaks of them.
#include <gtest/gtest.h>

#include "tests/store/samples.h"

namespace ecluse::store {
namespace {

using namespace sample;  // NOLINT: the test's own words

// All made up.
const std::vector<std::string> kPatients = {"MARTIN-ESSAI JEANNE", "299027512345678", "1999-02-29",
                                            "dossier-martin-essai"};

std::vector<std::string> FoundIn(const std::string& bytes) {
  std::vector<std::string> found;
  for (const auto& text : kPatients) {
    if (bytes.find(text) != std::string::npos) found.push_back(text);
  }
  return found;
}

class SecrecyTest : public testing::Test {
 protected:
  void SetUp() override {
    store_ = *OpenRocksStore(place_.options());
    std::string all;
    for (const auto& text : kPatients) all += text + "\n";
    std::string compressible;
    for (int i = 0; i < 2000; ++i) compressible += all;
    Commit(all, compressible);
  }

  void Commit(const std::string& all, const std::string& compressible) {
    std::vector<NewRequest> deposits{Deposit(*store_, 1, kPractice, all),
                                     Deposit(*store_, 2, kPractice, compressible)};
    for (size_t i = 0; i < 2; ++i) deposits[i].envelope.reference = kPatients[3] + char('0' + i);
    Batch batch = Deposits(deposits);
    for (const auto& deposit : deposits) {
      batch.transitions.push_back(Change(deposit, deposit.state, state::Settled{}, all));
      batch.answers.push_back(Answer(deposit, deposit.envelope.id.value, compressible));
    }
    GateState gate;
    gate.reason = all;
    batch.gates.push_back({kDestination, gate});
    batch.placed.push_back({{1}, {}, "claire", all, At(0)});
    ASSERT_TRUE(store_->Commit(batch).ok());
  }

  Place place_;
  std::unique_ptr<Store> store_;
};

TEST_F(SecrecyTest, NothingIsReadableInTheLog) {
  const std::string bytes = AllBytes(place_.store());
  EXPECT_NE(bytes.find(kPractice.text), std::string::npos) << "the look must reach the log";
  EXPECT_EQ(FoundIn(bytes), std::vector<std::string>());
}

TEST_F(SecrecyTest, NothingIsReadableInTheTables) {
  for (int i = 0; i < 2; ++i) {
    store_.reset();
    store_ = *OpenRocksStore(place_.options());
  }
  EXPECT_EQ(store_->InboxAfter(kPractice, 0, 9, 1 << 30).size(), 2U);
  EXPECT_EQ(FoundIn(AllBytes(place_.store())), std::vector<std::string>());
}

// The planted fault: were one of them written in a field that is not sealed, the look would see it.
TEST_F(SecrecyTest, LookSeesWhatIsNotSealed) {
  NewRequest careless = Deposit(*store_, 3);
  careless.envelope.format = kPatients[0];
  ASSERT_TRUE(store_->Commit(Deposits({careless})).ok());
  EXPECT_EQ(FoundIn(AllBytes(place_.store())), std::vector<std::string>{kPatients[0]});
}

}  // namespace
}  // namespace ecluse::store
