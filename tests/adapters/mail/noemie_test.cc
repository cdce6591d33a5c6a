// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/mail/noemie.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "adapters/protocols/mail/arl.h"
#include "adapters/protocols/mail/entities.h"
#include "tests/support/mail/noemie_writer.h"

namespace ecluse::mail {
namespace {

const std::string kHead = fmt::format("{:<128}", "000TP");
const std::string kEnd = fmt::format("{:<128}", "999TP");

std::string Sample() {
  return WriteNoemie("12345678901234", "00000750000010", "261201", "TRANSFER",
                     {{"11", {7, "261120"}, 12'000, 'P', 11'000, "", ""},
                      {"12", {7, "261120"}, 500, 'R', 0, "0042", "NOT@KNOWN"}});
}

TEST(NoemieTest, InvoicesCarryTheirSharesAndReasons) {
  const auto file = ReadNoemie(Sample());
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->receiver, "00000750000010");
  ASSERT_EQ(file->invoices.size(), 2u);
  const PaidInvoice& first = file->invoices[0];
  EXPECT_EQ(first.number, "000000011");
  EXPECT_EQ(first.lot, (Lot{7, "261120"}));
  EXPECT_EQ(first.asked_of, (Share{ShareState::kPaid, 12'000, 11'000}));
  EXPECT_EQ(first.transfer, "TRANSFER");
  EXPECT_EQ(first.paid_on, absl::CivilDay(2026, 12, 1));
  const PaidInvoice& second = file->invoices[1];
  EXPECT_EQ(second.asked_of->state, ShareState::kRejected);
  ASSERT_EQ(second.reasons.size(), 1u);
  EXPECT_EQ(second.reasons[0], (content::Reason{"0042", "NOT@KNOWN"}));
}

TEST(NoemieTest, AnUnknownEntityIsSkippedToItsEnd) {
  const auto file = ReadNoemie(Sample());
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->unknown, 1u);
}

// The widths of the published entities, with their "@".
TEST(NoemieTest, EntitiesHaveTheirPublishedWidths) {
  const std::map<std::string_view, size_t> published = {
      {"010", 14}, {"020", 21},  {"040", 21},  {"070", 12},  {"071", 86}, {"080", 15}, {"081", 22},
      {"100", 15}, {"102", 40},  {"103", 152}, {"110", 88},  {"120", 57}, {"150", 8},  {"160", 23},
      {"198", 24}, {"199", 49},  {"210", 118}, {"220", 118}, {"250", 47}, {"261", 19}, {"262", 134},
      {"290", 98}, {"294", 153}, {"295", 135}, {"990", 43}};
  std::map<std::string_view, size_t> ours;
  for (const EntityLayout& layout : kNoemieEntities) ours[layout.code] = layout.length;
  EXPECT_EQ(ours, published);
}

TEST(NoemieTest, FieldsStayInsideTheirEntity) {
  for (const EntityLayout& layout : kNoemieEntities) {
    size_t next = 6;
    for (const EntityField& field : layout.fields) {
      EXPECT_GE(field.position, next) << layout.code << " " << field.name;
      next = field.position + field.length;
    }
    EXPECT_LE(next, layout.length) << layout.code;
  }
}

TEST(NoemieTest, AnEntityOfAnotherWidthSpoilsTheFile) {
  EXPECT_FALSE(ReadNoemie(kHead + "15005AS @" + kEnd).ok());
  EXPECT_TRUE(ReadNoemie(kHead + "15005AS@" + kEnd).ok());
}

TEST(NoemieTest, EveryTornFileIsRefused) {
  const std::string whole = Sample();
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(ReadNoemie(whole.substr(0, size)).ok()) << size;
  }
}

TEST(NoemieTest, AShareInPiecesIsOpenUntilAllAreDone) {
  const std::string invoice = "10204000000011000000007261120D261120A10@";
  const std::string paid = "1990500001000P00001000P0099999005               @";
  const std::string deferred = "1990500000500D00000000P0099999005               @";
  const auto file = ReadNoemie(kHead + invoice + paid + deferred + kEnd);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->invoices[0].asked_of, (Share{ShareState::kDeferred, 1'500, 1'000}));
}

TEST(NoemieTest, ASignOfNTakesBack) {
  const auto file = ReadNoemie(kHead + "10204000000011000000007261120D261120A10@" +
                               "1990500001000P00001000N0099999005               @" + kEnd);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->invoices[0].asked_of->paid, -1'000);
}

// A return that says "paid" and an amount that can't be read must not be told as "paid nothing".
TEST(NoemieTest, AnAmountThatCantBeReadSpoilsTheFile) {
  const std::string invoice = "10204000000011000000007261120D261120A10@";
  const auto read = [&](const std::string& share) {
    return ReadNoemie(kHead + invoice + share + kEnd);
  };
  EXPECT_FALSE(read("1990500001000P0000I000P0099999005               @").ok());
  EXPECT_FALSE(read("19905000O1000P00001000P0099999005               @").ok());
  EXPECT_FALSE(read("1990500001000P        P0099999005               @").ok());
  const auto rejected = read("1990500001000R        P0099999005               @");
  ASSERT_TRUE(rejected.ok()) << rejected.status();
  EXPECT_EQ(rejected->invoices[0].asked_of, (Share{ShareState::kRejected, 1'000, 0}));
  const auto blanks = read("19905    1000P    1000P0099999005               @");
  ASSERT_TRUE(blanks.ok()) << blanks.status();
  EXPECT_EQ(blanks->invoices[0].asked_of, (Share{ShareState::kPaid, 1'000, 1'000}));
}

TEST(NoemieTest, ALotThatCantBeReadSpoilsTheFile) {
  EXPECT_FALSE(ReadNoemie(kHead + "102040000000110000000X7261120D261120A10@" + kEnd).ok());
}

TEST(NoemieTest, TextsBecomeUtf8WithoutControls) {
  EXPECT_EQ(ToUtf8("REFUS\xc9\x01"), "REFUS\xc3\x89 ");
}

TEST(ArlTest, WhatIsWrittenIsReadBack) {
  Acknowledgement ack{"99999999999999", "00000750000010", "000042", "261120", false, {}, {}};
  ack.reasons = {{"F1", "FILE"}};
  ack.lots = {{{7, "261120"}, true, {}}, {{8, "261120"}, false, {{"L1", "LOT"}}}};
  const auto read = ReadAcknowledgement(WriteAcknowledgement(ack));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->receiver, ack.receiver);
  EXPECT_EQ(read->file_id, "000042");
  EXPECT_EQ(read->file_day, "261120");
  EXPECT_FALSE(read->positive);
  EXPECT_EQ(read->reasons, ack.reasons);
  ASSERT_EQ(read->lots.size(), 2u);
  EXPECT_TRUE(read->lots[0].positive);
  EXPECT_EQ(read->lots[1].reasons, ack.lots[1].reasons);
}

TEST(ArlTest, AResultThatIsNeitherIsRefused) {
  EXPECT_FALSE(ReadAcknowledgement(kHead + "L1001000042261120X@" + kEnd).ok());
  EXPECT_FALSE(ReadAcknowledgement(kHead + kEnd).ok());
}

TEST(ArlTest, ALotThatCantBeReadIsRefused) {
  const std::string file = kHead + "L1001000042261120P@";
  EXPECT_TRUE(ReadAcknowledgement(file + "L8002261120007N@" + kEnd).ok());
  EXPECT_FALSE(ReadAcknowledgement(file + "L8002261120O07N@" + kEnd).ok());
}

}  // namespace
}  // namespace ecluse::mail
