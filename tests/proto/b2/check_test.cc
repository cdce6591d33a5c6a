// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/check.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "proto/b2/record.h"
#include "tests/proto/b2/sample.h"

namespace ecluse::b2 {
namespace {

class CheckTest : public testing::Test {
 protected:
  CheckTest() : file_(SampleFile().value()) {}

  // Both as the norm counts them: records and positions from 1.
  void Put(size_t record, size_t position, std::string_view text) {
    file_.replace((record - 1) * kRecordBytes + position - 1, text.size(), text);
  }
  void Remove(size_t record) { file_.erase((record - 1) * kRecordBytes, kRecordBytes); }
  void Repeat(size_t record, size_t times = 1) {
    const std::string copy = file_.substr((record - 1) * kRecordBytes, kRecordBytes);
    for (size_t i = 0; i < times; ++i) file_.insert(record * kRecordBytes, copy);
  }
  bool Says(Rule rule, size_t record = 0, size_t position = 0,
            Severity severity = Severity::kError) const {
    return std::ranges::any_of(Check(file_), [&](const Problem& p) {
      return p.rule == rule && p.severity == severity && (record == 0 || p.record == record) &&
             (position == 0 || p.position == position);
    });
  }
  std::string All() const {
    std::string text;
    for (const Problem& p : Check(file_)) text += ToString(p) + "\n";
    return text;
  }

  std::string file_;
};

TEST_F(CheckTest, AFileAsBuiltHasNoProblem) { EXPECT_EQ(All(), ""); }

TEST_F(CheckTest, ALongListOfProblemsMayBeCutAndCounted) {
  file_ = std::string(100 * kRecordBytes, '7');
  const size_t all = Check(file_).size();
  Rest rest;
  const auto first = Check(file_, 10, rest);
  EXPECT_EQ(first.size(), 10u);
  EXPECT_EQ(first.size() + rest.problems, all);
  EXPECT_TRUE(rest.errors);
  EXPECT_EQ(first[9], Check(file_)[9]);
}

TEST_F(CheckTest, ShortOrSeparatedRecordsAreNoticed) {
  file_.pop_back();
  EXPECT_TRUE(Says(Rule::kLength, 16));
  file_ = SampleFile().value();
  file_.insert(kRecordBytes, "\n");
  EXPECT_EQ(Check(file_).size(), 1u);
  EXPECT_TRUE(HasErrors(Check("")));
}

TEST_F(CheckTest, CharactersAreChecked) {
  Put(2, 30, "optique");
  EXPECT_TRUE(Says(Rule::kCharacters, 2, 30));
  Put(5, 83, "0000010A");
  EXPECT_TRUE(Says(Rule::kCharacters, 5, 83));
}

TEST_F(CheckTest, FreeZonesOnlyGetAWarning) {
  Put(1, 92, "Logiciel: 1.0");
  EXPECT_FALSE(HasErrors(Check(file_)));
  EXPECT_TRUE(Says(Rule::kCharacters, 1, 92, Severity::kWarning));
}

TEST_F(CheckTest, MissingValuesAreNoticed) {
  Put(5, 56, "     ");
  EXPECT_TRUE(Says(Rule::kMissing, 5, 56));
  Put(3, 80, "000000");
  EXPECT_TRUE(Says(Rule::kMissing, 3, 80));
}

TEST_F(CheckTest, TextsStartOnTheLeft) {
  Put(5, 56, " OPT ");
  EXPECT_TRUE(Says(Rule::kAlignment, 5, 56, Severity::kWarning));
}

TEST_F(CheckTest, DatesExist) {
  Put(5, 44, "240230");
  EXPECT_TRUE(Says(Rule::kDate, 5, 44));
  Put(5, 44, "240229");
  EXPECT_FALSE(Says(Rule::kDate));
}

TEST_F(CheckTest, RecordsComeInTheirOrder) {
  Remove(1);
  EXPECT_TRUE(Says(Rule::kOrder, 1));
  file_ = SampleFile().value();
  Remove(16);
  EXPECT_TRUE(Says(Rule::kOrder));
  file_ = SampleFile().value();
  Remove(9);
  EXPECT_TRUE(Says(Rule::kOrder, 9));
}

TEST_F(CheckTest, AComplementComesAfterItsParent) {
  Remove(5);  // the line that 3S and 3F complete
  EXPECT_TRUE(Says(Rule::kOrder, 5));
}

TEST_F(CheckTest, ComplementsKeepTheirOrder) {
  Repeat(6);  // a second 3S
  EXPECT_TRUE(Says(Rule::kLimit, 7));
  file_ = SampleFile().value();
  const std::string prescription = file_.substr(5 * kRecordBytes, kRecordBytes);
  Remove(6);
  file_.insert(7 * kRecordBytes, prescription);
  EXPECT_TRUE(Says(Rule::kOrder, 8));
}

TEST_F(CheckTest, FineCodesAreNumberedUpwardsAndLimited) {
  Put(8, 37, "01");
  EXPECT_TRUE(Says(Rule::kSequence, 8));
  Repeat(8, 9);
  EXPECT_TRUE(Says(Rule::kLimit, 17));
}

TEST_F(CheckTest, InvoiceNumbersAreNotZeroNorRepeated) {
  Put(3, 30, "000000000");
  EXPECT_TRUE(Says(Rule::kInvoiceZero, 3, 30));
  file_ = SampleFile().value();
  Put(10, 30, "000000001");
  EXPECT_TRUE(Says(Rule::kInvoiceRepeated, 10, 30));
}

TEST_F(CheckTest, AnInvoiceHasOneNumberOneInsuredOneProvider) {
  Put(5, 30, "000000009");
  EXPECT_TRUE(Says(Rule::kInvoiceDiffers, 5, 30));
  Put(7, 27, "000000009");  // in fine codes it lies elsewhere
  EXPECT_TRUE(Says(Rule::kInvoiceDiffers, 7, 27));
  Put(6, 12, "255555575133324");
  EXPECT_TRUE(Says(Rule::kPersonDiffers, 6, 12));
  Put(9, 2, "200102689");
  EXPECT_TRUE(Says(Rule::kProviderDiffers, 9, 2));
}

TEST_F(CheckTest, KeysAreChecked) {
  Put(3, 25, "99");
  EXPECT_TRUE(Says(Rule::kNirKey, 3, 25));
  Put(3, 2, "750000003");
  EXPECT_TRUE(Says(Rule::kActorKey, 3, 2));
  Put(3, 2, "2A0002689");
  EXPECT_TRUE(Says(Rule::kCorsica, 3, 2));
}

TEST_F(CheckTest, AnInsurerHasTenCharactersAndMayFailItsKey) {
  Put(3, 119, "75500001  ");
  EXPECT_TRUE(Says(Rule::kAmcLength, 3, 119));
  Put(3, 119, "0075500001");
  EXPECT_FALSE(HasErrors(Check(file_)));
  EXPECT_TRUE(Says(Rule::kAmcKey, 3, 119, Severity::kWarning));
}

TEST_F(CheckTest, EverySumOfAnInvoiceIsChecked) {
  for (size_t position : {42, 50, 58, 66, 74, 82, 90, 115}) {
    file_ = SampleFile().value();
    Put(9, position, "00000001");
    EXPECT_TRUE(Says(Rule::kSum, 9, position)) << position;
  }
}

TEST_F(CheckTest, CountingBaseLinesOnlyIsAWarning) {
  Put(9, 39, "001");
  EXPECT_FALSE(HasErrors(Check(file_)));
  EXPECT_TRUE(Says(Rule::kCountBaseOnly, 9, 39, Severity::kWarning));
  Put(9, 39, "002");
  EXPECT_TRUE(Says(Rule::kCount, 9, 39));
}

TEST_F(CheckTest, TotalsOfTheLotAndOfTheFileAreChecked) {
  Put(15, 11, "003");
  EXPECT_TRUE(Says(Rule::kCount, 15, 11));
  Put(15, 34, "000000001");
  EXPECT_TRUE(Says(Rule::kSum, 15, 34));
  Put(15, 52, "008");
  EXPECT_TRUE(Says(Rule::kFrame, 15, 52));
  Put(16, 56, "00000015");
  EXPECT_TRUE(Says(Rule::kCount, 16, 56));
  Put(16, 83, "002");
  EXPECT_TRUE(Says(Rule::kCount, 16, 83));
  Put(16, 50, "ECL002");
  EXPECT_TRUE(Says(Rule::kFrame, 16, 50));
}

TEST_F(CheckTest, ASplitInvoiceHasNoComplementaryAmount) {
  Put(3, 95, "F");
  EXPECT_TRUE(Says(Rule::kSplit, 5, 122));
}

TEST_F(CheckTest, UnknownRecordsAreCarriedUnread) {
  std::string opaque = "2" + file_.substr(2 * kRecordBytes + 1, 25) + std::string(102, '?');
  opaque[38] = 'M';
  file_.insert(4 * kRecordBytes, opaque);
  Put(17, 56, "00000017");
  EXPECT_EQ(All(), "");
  Put(5, 12, "1");
  EXPECT_TRUE(Says(Rule::kPersonDiffers, 5));
}

TEST_F(CheckTest, AVeryLongFileIsAWarning) {
  Repeat(13, 1000);
  EXPECT_TRUE(Says(Rule::kLong, 0, 0, Severity::kWarning));
}

TEST_F(CheckTest, AllProblemsAreToldAndNoneQuotesAValue) {
  Put(3, 12, "SECRETSECRETS");
  Put(5, 61, "XYZ");
  Put(9, 42, "77777777");
  const std::string text = All();
  EXPECT_GE(std::ranges::count(text, '\n'), 3);
  for (std::string_view value : {"SECRET", "XYZ", "7777"}) {
    EXPECT_EQ(text.find(value), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace ecluse::b2
