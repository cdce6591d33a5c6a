// SPDX-License-Identifier: Apache-2.0
#include "adapters/client.h"

#include <gtest/gtest.h>

#include <map>

#include "proto/limits.h"
#include "tests/adapters/fake_broker.h"

namespace ecluse {
namespace {

constexpr absl::Duration kLong = absl::Seconds(30);

wire::Deposit::Item ItemOf(int number) {
  return {{{"op"}, {"billing"}},      "123456789", "ref-" + std::to_string(number), Kind::kBill,
          "application/octet-stream", "content"};
}

// Gives receipts in order, as the broker does: what is said again gets its first one, since a link
// whose patience is short may say a call twice. Counts the calls that brought something new.
class Receipts {
 public:
  std::optional<wire::ReplyBody> operator()(const wire::CallBody& call) {
    const auto* deposit = std::get_if<wire::Deposit>(&call);
    if (deposit == nullptr) return Error{ErrorCode::kForbidden, ""};
    const size_t before = given_.size();
    wire::DepositResult result;
    for (const wire::Deposit::Item& item : deposit->items) {
      const auto [it, first] = given_.try_emplace(item.reference, given_.size() + 1);
      result.results.push_back(wire::Receipt{{it->second}, absl::UnixEpoch(), !first});
    }
    if (given_.size() > before) ++calls;
    return result;
  }
  int calls = 0;

 private:
  std::map<std::string, uint64_t> given_;
};

TEST(ClientTest, ADepositWaitsForItsReceipt) {
  Receipts receipts;
  FakeBroker broker(std::ref(receipts));
  auto client = Client::Connect(broker.Options());
  const auto receipt = (*client)->Deposit(ItemOf(1), kLong);
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  EXPECT_EQ(receipt->number.value, 1u);
}

TEST(ClientTest, ARefusedDepositTellsTheCode) {
  FakeBroker broker([](const wire::CallBody&) {
    return wire::DepositResult{{Error{ErrorCode::kConflict, "items[0].reference"}}};
  });
  auto client = Client::Connect(broker.Options());
  EXPECT_EQ(CodeOf((*client)->Deposit(ItemOf(1), kLong).status()), ErrorCode::kConflict);
}

TEST(ClientTest, ARefusedContentTellsEveryRuleThatItBreaks) {
  const std::vector<Problem> problems = {{"lines[2].lpp", "lpp.shape", Severity::kError, "LPP"},
                                         {"", "sum.total", Severity::kError, "norm"},
                                         {"amc", "amc.luhn", Severity::kWarning, "norm"}};
  FakeBroker broker([&](const wire::CallBody&) {
    return wire::DepositResult{{Error{ErrorCode::kInvalid, "items[0].content", problems}}};
  });
  auto client = Client::Connect(broker.Options());
  const auto status = (*client)->Deposit(ItemOf(1), kLong).status();
  EXPECT_EQ(CodeOf(status), ErrorCode::kInvalid);
  EXPECT_EQ(status.message(),
            "the broker refuses, error 209 at items[0].content; lpp.shape at lines[2].lpp; "
            "sum.total");
}

TEST(ClientTest, ADepositByCardTravelsWhole) {
  wire::Deposit::Item heard;
  const Destination chosen{{"almerys"}, {"billing"}};
  FakeBroker broker([&](const wire::CallBody& call) {
    heard = std::get<wire::Deposit>(call).items[0];
    return wire::DepositResult{{wire::Receipt{{1}, absl::UnixEpoch(), false, chosen}}};
  });
  auto client = Client::Connect(broker.Options());
  wire::Deposit::Item item = ItemOf(1);
  item.destination.run_by = kByCard;
  item.follows = {7};
  item.card = Card{"0075300123", "MT", "", "optics", absl::CivilDay(2024, 2, 1)};
  const auto receipt = (*client)->Deposit(item, kLong);
  broker.Stop();
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  EXPECT_EQ(receipt->destination, chosen);
  EXPECT_EQ(heard, item);
}

TEST(ClientTest, WhatThePracticeSaysIsHeardWithItsResults) {
  FakeBroker broker([](const wire::CallBody& call) -> std::optional<wire::ReplyBody> {
    wire::RequestStatus status;
    status.destination = {{"op"}, {"billing"}};
    if (const auto* said = std::get_if<wire::SentElsewhere>(&call)) {
      status.number = said->receipt;
      status.state = StateCode::kElsewhere;
      return wire::SaidResult{{status}};
    }
    const auto* confirm = std::get_if<wire::Confirm>(&call);
    if (confirm == nullptr) return Error{ErrorCode::kForbidden, ""};
    status.number = confirm->receipts[0];
    return wire::SaidResult{{status, Error{ErrorCode::kUnknownRequest, "receipts[1]"}}};
  });
  auto client = Client::Connect(broker.Options());
  const auto confirmed = (*client)->Confirm({{3}, {4}}, kLong);
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  ASSERT_EQ(confirmed->results.size(), 2u);
  EXPECT_EQ(std::get<Error>(confirmed->results[1]).code, ErrorCode::kUnknownRequest);
  const auto elsewhere = (*client)->SentElsewhere({{5}, "par téléphone", ""}, kLong);
  ASSERT_TRUE(elsewhere.ok()) << elsewhere.status();
  EXPECT_EQ(elsewhere->state, StateCode::kElsewhere);
}

TEST(ClientTest, ADecisionThatNobodyAskedForIsARefusal) {
  FakeBroker broker([](const wire::CallBody& call) -> std::optional<wire::ReplyBody> {
    const auto* decide = std::get_if<wire::Decide>(&call);
    if (decide == nullptr || decide->grant != "PEC-7") return Error{ErrorCode::kForbidden, ""};
    return wire::SaidResult{{Error{ErrorCode::kNotAsked, "receipt"}}};
  });
  auto client = Client::Connect(broker.Options());
  EXPECT_EQ(CodeOf((*client)->Decide({5}, "PEC-7", kLong).status()), ErrorCode::kNotAsked);
}

TEST(ClientTest, ManyDepositsGoInAsFewCallsAsTheLimitsAllow) {
  Receipts receipts;
  FakeBroker broker(std::ref(receipts));
  auto client = Client::Connect(broker.Options());
  std::vector<wire::Deposit::Item> items;
  for (int i = 0; i < static_cast<int>(limits::kDepositsPerCall) + 1; ++i) {
    items.push_back(ItemOf(i));
  }
  const auto result = (*client)->Deposit(std::move(items), kLong);
  broker.Stop();
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->results.size(), limits::kDepositsPerCall + 1);
  EXPECT_EQ(receipts.calls, 2);
}

TEST(ClientTest, AContentThatNoCallCanCarryIsRefusedBeforeAnythingIsSaid) {
  Receipts receipts;
  FakeBroker broker(std::ref(receipts));
  auto client = Client::Connect(broker.Options());
  std::vector<wire::Deposit::Item> items = {ItemOf(1), ItemOf(2)};
  items[1].content.assign(limits::kContentBytes + 1, 'x');
  const auto result = (*client)->Deposit(std::move(items), kLong);
  broker.Stop();
  EXPECT_EQ(CodeOf(result.status()), ErrorCode::kContentTooLarge);
  EXPECT_EQ(receipts.calls, 0);
}

TEST(ClientTest, PostedDepositsAreCollected) {
  Receipts receipts;
  FakeBroker broker(std::ref(receipts));
  auto client = Client::Connect(broker.Options());
  for (int i = 0; i < 16; ++i) (*client)->Post({{ItemOf(i)}}, kLong);
  for (int i = 0; i < 16; ++i) {
    const auto posted = (*client)->Collect(kLong);
    ASSERT_TRUE(posted && posted->result.ok());
    EXPECT_EQ(posted->result->results.size(), 1u);
  }
}

TEST(ClientTest, WaitingForTheInboxEndsWithTheFirstAnswer) {
  int asked = 0;
  FakeBroker broker([&](const wire::CallBody&) {
    wire::InboxResult result;
    if (++asked >= 2) {
      wire::InboxEntry entry;
      entry.position = 1;
      entry.request = {7};
      entry.destination = {{"op"}, {"billing"}};
      entry.reference = "ref-1";
      entry.at = absl::UnixEpoch();
      entry.format = "text/plain";
      entry.body = "granted";
      result.entries.push_back(entry);
    }
    return result;
  });
  auto client = Client::Connect(broker.Options());
  const auto inbox = (*client)->WaitInbox(10, kLong);
  ASSERT_TRUE(inbox.ok()) << inbox.status();
  EXPECT_EQ(inbox->entries.at(0).body, "granted");
}

}  // namespace
}  // namespace ecluse
