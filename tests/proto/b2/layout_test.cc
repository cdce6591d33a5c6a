// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/layout.h"

#include <gtest/gtest.h>

#include <set>

namespace ecluse::b2 {
namespace {

TEST(LayoutTest, EveryRecordClosesAtOneHundredAndTwentyEight) {
  EXPECT_EQ(Layouts().size(), 18u);
  for (const Layout& layout : Layouts()) {
    const Field& last = layout.fields.back();
    EXPECT_EQ(last.position + last.length - 1, kRecordBytes) << layout.type;
  }
}

TEST(LayoutTest, NamesOfARecordAreItsOwn) {
  for (const Layout& layout : Layouts()) {
    std::set<std::string_view> names;
    for (const Field& field : layout.fields) {
      if (field.form == Form::kBlank) continue;
      EXPECT_TRUE(names.insert(field.name).second) << layout.type << " " << field.name;
    }
  }
}

struct Place {
  std::string_view type;
  std::string_view name;
  size_t position;
  size_t length;
};

TEST(LayoutTest, LandmarksLieWhereTheNormPutsThem) {
  // One or two of each record, read in the published tables and written here by hand.
  const Place places[] = {
      {"000", "sender", 6, 14},
      {"000", "record-length", 83, 3},
      {"000", "message", 92, 37},
      {"1", "lot", 20, 3},
      {"1", "norm-date", 82, 6},
      {"2", "split", 95, 1},
      {"2", "amc", 119, 10},
      {"2S", "own-nir-key", 63, 2},
      {"2S", "care-path", 121, 1},
      {"3", "unit-price", 76, 7},
      {"3", "amc-amount", 122, 7},
      {"3S", "device", 101, 14},
      {"3E", "mark", 39, 1},
      {"3F", "mark", 36, 1},
      {"3F", "device-code", 43, 13},
      {"3F", "total-gap", 100, 7},
      {"3H", "drug", 49, 7},
      {"3H", "billed", 91, 7},
      {"4", "care-date", 70, 6},
      {"4", "amc-amount", 123, 6},
      {"4S", "forced-amc", 100, 1},
      {"4E", "executant-rpps", 64, 11},
      {"4M", "amc-modifiers", 104, 4},
      {"4B", "analysis-5", 121, 8},
      {"4H", "quantity", 88, 3},
      {"5", "insured-share", 74, 8},
      {"5", "expense-3", 115, 8},
      {"6", "lot-amo", 34, 9},
      {"6", "lot", 52, 3},
      {"999", "records", 56, 8},
      {"999", "lots", 83, 3},
  };
  for (const Place& place : places) {
    const Field* field = FindLayout(place.type)->Find(place.name);
    ASSERT_NE(field, nullptr) << place.type << " " << place.name;
    EXPECT_EQ(field->position, place.position) << place.type << " " << place.name;
    EXPECT_EQ(field->length, place.length) << place.type << " " << place.name;
  }
}

TEST(LayoutTest, ARecordTellsItsType) {
  std::string record(kRecordBytes, '0');
  EXPECT_EQ(TypeOf(record), "000");
  record[0] = '3';
  EXPECT_EQ(TypeOf(record), "3");
  record[38] = 'S';
  EXPECT_EQ(TypeOf(record), "3S");
  record[35] = 'F';
  EXPECT_EQ(TypeOf(record), "3F");
  record[35] = 'Q';
  EXPECT_EQ(FindLayout(TypeOf(record)), nullptr);
}

}  // namespace
}  // namespace ecluse::b2
