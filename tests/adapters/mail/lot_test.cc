// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/lot.h"

#include <gtest/gtest.h>

#include "proto/b2/check.h"
#include "tests/adapters/mail/mail_fixture.h"

namespace ecluse::mail {
namespace {

const Numbers kNumbers{"000009", 9, absl::CivilDay(2026, 11, 23)};

BuildRules Rules() {
  BuildRules rules;
  rules.acts = {{"optics", "OPT"}};
  return rules;
}

absl::StatusOr<Bill> Built(const content::Invoice& invoice) {
  const auto bytes = BuildB2(invoice, Rules(), kNumbers);
  return bytes.ok() ? ReadBill(*bytes) : bytes.status();
}

TEST(LotTest, ABuiltInvoiceIsOneFileWithOneLot) {
  const auto bill = Built(AnInvoice("77"));
  ASSERT_TRUE(bill.ok()) << bill.status();
  EXPECT_EQ(bill->sender, "00000750000010");
  EXPECT_EQ(bill->file_id, "000009");
  EXPECT_EQ(bill->file_day, "261123");
  const Bill::Invoice expected{"000000077", {9, "261123"}, 10'000};
  EXPECT_EQ(bill->invoices, (std::vector<Bill::Invoice>{expected}));
  for (const auto& problem : b2::Check(bill->bytes)) ADD_FAILURE() << b2::ToString(problem);
}

TEST(LotTest, ActsBecomeLinesOfTheirOwnKind) {
  content::Invoice invoice = AnInvoice("77");
  invoice.lines[0].system = content::CodeSystem::kCcam;
  invoice.lines[0].code = "BFGA004-1-0";
  const auto bill = Built(invoice);
  ASSERT_TRUE(bill.ok()) << bill.status();
  EXPECT_EQ(bill->invoices.at(0).asked, 10'000);
}

TEST(LotTest, AnOverseasOrCorsicanShopIsWrittenAsB2Writes) {
  content::Invoice invoice = AnInvoice("77");
  invoice.practitioner.finess = "2A0002689";
  const auto bill = Built(invoice);
  ASSERT_TRUE(bill.ok()) << bill.status();
  EXPECT_EQ(bill->sender, "00000200102689");
}

TEST(LotTest, WhatDoesNotFitIsRefusedAndNeverCut) {
  content::Invoice invoice = AnInvoice("1234567890");
  EXPECT_TRUE(absl::IsInvalidArgument(Built(invoice).status()));
  invoice = AnInvoice("77");
  invoice.lines[0].price = {-1};
  EXPECT_TRUE(absl::IsInvalidArgument(Built(invoice).status()));
}

TEST(LotTest, ANativeFileIsReadAsItStands) {
  const std::string file = ANativeBillOfLots("000042", {11, 12});
  const auto bill = ReadBill(file);
  ASSERT_TRUE(bill.ok());
  EXPECT_EQ(bill->bytes, file);
  EXPECT_EQ(bill->lots.size(), 2u);
  EXPECT_EQ(bill->invoices.at(1), (Bill::Invoice{"000000012", {2, "261120"}, 12'000}));
}

TEST(LotTest, WhatIsNoFileIsRefused) {
  const std::string file = ANativeBill("000042", {11});
  EXPECT_FALSE(ReadBill("").ok());
  EXPECT_FALSE(ReadBill(file.substr(0, file.size() - 1)).ok());
  EXPECT_FALSE(ReadBill(file.substr(128)).ok());
  EXPECT_FALSE(ReadBill(file + file).ok());
}

}  // namespace
}  // namespace ecluse::mail
