// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "adapters/client.h"
#include "tests/peers/house.h"
#include "tests/peers/mangler.h"
#include "tests/peers/receipts.h"
#include "tests/peers/seeds.h"

namespace ecluse::peers {
namespace {

// An honest practice behind a line that spoils bytes.
class BadLine : public ::testing::Test {
 protected:
  static constexpr int kDeposits = 150;
  static constexpr int kWindow = 10;
  // A bad line takes as long as so many bent conversations: it is played once for as many seeds.
  static constexpr unsigned kConversations = 30;

  static void SetUpTestSuite() {
    SeedsSaid(1);  // what makes no sense is refused before anything is started
    house = new House(ECLUSE_ECLUSED, ::testing::TempDir() + "ecluse-line", 2);
    house->Start();
  }
  static void TearDownTestSuite() { delete house; }

  static wire::Deposit Deposit(unsigned seed, int number) {
    wire::Deposit::Item item;
    item.destination = {{House::kOperator}, {House::kService}};
    item.finess = House::Finess(0);
    item.reference = fmt::format("line-{}-{}", seed, number);
    item.format = "application/xml";
    item.content = fmt::format("<demande>{}</demande>", std::string(200, 'd'));
    wire::Deposit deposit;
    deposit.items.push_back(std::move(item));
    return deposit;
  }

  // Through the line that options lead to; one entry per receipt heard.
  void DepositAll(LinkOptions options, unsigned seed, Receipts& receipts) {
    options.patience = absl::Milliseconds(100);
    options.patience_most = absl::Milliseconds(400);
    auto client = Client::Connect(options);
    ASSERT_TRUE(client.ok()) << client.status();
    std::map<Client::Ticket, int> under_way;
    for (int next = 0; next < kDeposits || !under_way.empty();) {
      while (next < kDeposits && under_way.size() < kWindow) {
        under_way[(*client)->Post(Deposit(seed, next), absl::Seconds(60))] = next;
        ++next;
      }
      auto posted = (*client)->Collect(absl::Seconds(60));
      ASSERT_TRUE(posted) << "nothing is heard for a minute";
      ASSERT_TRUE(posted->result.ok()) << posted->result.status();
      const int number = under_way[posted->ticket];
      under_way.erase(posted->ticket);
      const auto* receipt = std::get_if<wire::Receipt>(&posted->result->results.at(0));
      ASSERT_NE(receipt, nullptr);
      receipts.Heard(Deposit(seed, number).items[0].reference, receipt->number.value);
    }
  }

  static inline House* house = nullptr;
};

TEST_F(BadLine, EachDepositGetsItsReceiptAndNoneTwo) {
  const Seeds seeds = SeedsSaid(3 * kConversations);
  const unsigned lines = 1 + (seeds.many - 1) / kConversations;
  uint64_t deposits = 0;
  for (unsigned n = 0; n < lines; ++n) {
    const unsigned seed = seeds.first + n;
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const Mangler line(house->endpoint(), seed, 8000);
    LinkOptions options = house->Practice(0);
    options.endpoint = line.endpoint();
    Receipts receipts;
    ASSERT_NO_FATAL_FAILURE(DepositAll(options, seed, receipts));
    EXPECT_GT(line.harms(), 3u);
    EXPECT_GT(line.connections(), 1u);
    // Once more over a good line: the same receipts.
    ASSERT_NO_FATAL_FAILURE(DepositAll(house->Practice(0), seed, receipts));
    EXPECT_EQ(receipts.lost(kDeposits), 0u);
    EXPECT_EQ(receipts.doubled(), 0u);
    deposits += kDeposits;
    auto client = Client::Connect(house->Practice(0));
    const auto operators = (*client)->Operators(absl::Seconds(60));
    ASSERT_TRUE(operators.ok()) << operators.status();
    EXPECT_EQ(operators->destinations.at(0).waiting, deposits);
    ASSERT_TRUE(house->Alive());
  }
}

TEST(Receipts, LostAndDoubledOnesAreNoticed) {
  Receipts receipts;
  receipts.Heard("a", 1);
  receipts.Heard("a", 1);  // a repeat
  receipts.Heard("b", 2);
  EXPECT_EQ(receipts.lost(2), 0u);
  EXPECT_EQ(receipts.doubled(), 0u);
  EXPECT_EQ(receipts.lost(3), 1u);
  receipts.Heard("b", 3);  // accepted twice
  EXPECT_EQ(receipts.doubled(), 1u);
  receipts.Heard("c", 1);  // two deposits, one receipt
  EXPECT_EQ(receipts.doubled(), 2u);
}

TEST(Answers, SecondAnswerIsNoticedAndSecondReadingIsNone) {
  Answers answers;
  answers.Heard(7, 1);
  answers.Heard(7, 1);
  EXPECT_EQ(answers.doubled(), 0u);
  answers.Heard(7, 2);
  EXPECT_EQ(answers.doubled(), 1u);
  EXPECT_EQ(answers.size(), 1u);
}

}  // namespace
}  // namespace ecluse::peers
