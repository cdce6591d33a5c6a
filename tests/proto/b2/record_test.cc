// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/record.h"

#include <gtest/gtest.h>

#include "tests/proto/b2/sample.h"

namespace ecluse::b2 {
namespace {

TEST(RecordTest, TextGoesLeftAndNumbersGoRight) {
  Record record("1");
  record.Set("provider-name", "AUDITION").Set("lot", 7).Set("created", absl::CivilDay(2024, 2, 6));
  const std::string bytes = record.Bytes().value();
  EXPECT_EQ(bytes.substr(29, 40), "AUDITION                                ");
  EXPECT_EQ(bytes.substr(19, 3), "007");
  EXPECT_EQ(bytes.substr(71, 6), "240206");
}

TEST(RecordTest, AFieldIsFoundByItsPositionToo) {
  Record by_name("3"), by_position("3");
  by_name.Set("amc-amount", 20000);
  by_position.Set(122, 20000);
  EXPECT_EQ(by_name.Bytes().value(), by_position.Bytes().value());
}

TEST(RecordTest, WhatDoesNotFitIsRefusedAndNeverCut) {
  EXPECT_FALSE(Record("4").Set("amc-amount", 1'000'000).Bytes().ok());
  EXPECT_TRUE(Record("4").Set("amc-amount", 999'999).Bytes().ok());
  EXPECT_FALSE(Record("1").Set("provider-name", "Café").Bytes().ok());
  EXPECT_FALSE(Record("1").Set("lot", "7A").Bytes().ok());
  EXPECT_FALSE(Record("1").Set("colour", "RED").Bytes().ok());
  EXPECT_FALSE(Record("1").Set(21, 5).Bytes().ok());
  EXPECT_FALSE(Record("7").Bytes().ok());
}

TEST(RecordTest, RefusalsNameTheFieldAndNotItsValue) {
  const absl::Status status = Record("2").Set("nir", "SECRET-VALUE").Bytes().status();
  const std::string text(status.message());
  EXPECT_NE(text.find("nir"), std::string::npos);
  EXPECT_EQ(text.find("SECRET"), std::string::npos);
}

TEST(RecordTest, NamesLoseTheirAccents) {
  EXPECT_EQ(ToB2Text("Hélène d'Arc-Œil"), "HELENE D ARC OEIL");
}

// Written by hand from the published tables, so that the layouts are not checked by themselves.
TEST(RecordTest, AnInvoiceHeaderIsByteForByteAsPublished) {
  const std::string bytes = SampleInvoice(42).Bytes().value();
  EXPECT_EQ(bytes,
            "2"
            "750000002"
            " "
            "2951099126111"
            "93"
            "000"
            "000000042"
            "1"
            "000000001"
            "01"
            "751"
            "0000"
            "0"
            "000000"
            "000000"
            "000"
            "000"
            "10"
            "0"
            "240205"
            "000000000"
            " "
            "951001"
            "0"
            "240205"
            "240205"
            "00"
            "00"
            "0000000000");
}

}  // namespace
}  // namespace ecluse::b2
