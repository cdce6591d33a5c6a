// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "proto/content/check.h"
#include "proto/content/check_content.h"
#include "proto/content/codec.h"
#include "tests/proto/content/samples.h"

namespace ecluse::content {
namespace {

using samples::kToday;

class RequirementsTest : public testing::Test {
 protected:
  // "path rule source" of each problem; s: warning or error.
  std::string Told() const {
    std::string text;
    for (const Problem& p : Check(Kind::kAuthorisation, kTyped, Encode(request), rules, kToday)) {
      text += p.path + " " + p.rule + " " + p.source + "\n";
    }
    return text;
  }
  void Ask(std::string path, Presence presence, std::string when = "") {
    rules.requirements.push_back(
        {Kind::kAuthorisation, std::move(path), presence, std::move(when), ""});
  }

  Authorisation request = samples::SomeAuthorisation();
  Rules rules = {
      .profile = "test profile", .kinds = {}, .formats = {}, .requirements = {}, .most_lines = 0};
};

TEST_F(RequirementsTest, ObligatoryFieldsMustBeThere) {
  Ask("prescription.date", Presence::kObligatory);
  EXPECT_EQ(Told(), "");
  request.prescription.date.reset();
  EXPECT_EQ(Told(), "prescription.date field.missing test profile\n");
}

TEST_F(RequirementsTest, ARequirementMaySayWhoDemands) {
  Ask("rights.csr", Presence::kObligatory);
  rules.requirements[0].source = "a document";
  request.rights.csr = "";
  EXPECT_EQ(Told(), "rights.csr field.missing a document\n");
}

TEST_F(RequirementsTest, RequirementsOfOtherKindsAreNotAsked) {
  Ask("rights.csr", Presence::kObligatory);
  rules.requirements[0].kind = Kind::kBill;
  request.rights.csr = "";
  EXPECT_EQ(Told(), "");
}

TEST_F(RequirementsTest, OptionalFieldsMayBeMissing) {
  Ask("rights.csr", Presence::kOptional);
  request.rights.csr = "";
  EXPECT_EQ(Told(), "");
}

TEST_F(RequirementsTest, AConditionOfALineIsAskedOfThatLine) {
  Ask("lines[].supplier_code", Presence::kConditional, "lines[].correction");
  request.lines[0].supplier_code = "";
  request.lines[2].supplier_code = "";
  EXPECT_EQ(Told(), "lines[2].supplier_code field.missing test profile\n");
}

TEST_F(RequirementsTest, AConditionMayCompareAValue) {
  Ask("prescription.date", Presence::kConditional, "domain=optics");
  Ask("rights.csr", Presence::kConditional, "lines[].side=left");
  Ask("lines[].supplier_code", Presence::kConditional, "lines[].system=cip13");
  request.prescription.date.reset();
  request.rights.csr = "";
  request.lines[0].supplier_code = "";
  EXPECT_EQ(Told(),
            "prescription.date field.missing test profile\nrights.csr field.missing test "
            "profile\n");
  request.domain = "audiology";
  EXPECT_EQ(Told(), "rights.csr field.missing test profile\n");
}

TEST_F(RequirementsTest, UnwantedFieldsAreAWarning) {
  Ask("opener.surname", Presence::kUnwanted);
  EXPECT_EQ(Told(), "opener.surname field.unwanted test profile\n");
  EXPECT_FALSE(HasErrors(Check(Kind::kAuthorisation, kTyped, Encode(request), rules, kToday)));
  request.opener.surname = "";
  EXPECT_EQ(Told(), "");
}

TEST_F(RequirementsTest, WithoutABeneficiaryTheOpenerIsAsked) {
  Ask("beneficiary.birth", Presence::kObligatory);
  request.beneficiary.reset();
  EXPECT_EQ(Told(), "");
  request.opener.birth = "";
  EXPECT_EQ(Told(), "opener.birth field.missing test profile\n");
}

TEST_F(RequirementsTest, WhatNormAndOperatorBothWantIsToldOnce) {
  Ask("practitioner.finess", Presence::kObligatory);
  request.practitioner.finess = "";
  EXPECT_EQ(Told(), "practitioner.finess field.missing Écluse\n");
}

TEST(PathTest, PathsAreThoseOfTheKind) {
  for (const char* path : {"domain", "lines", "lines[].code", "lines[].correction",
                           "lines[].correction.axis", "beneficiary", "beneficiary.birth",
                           "rights.csr", "prescription.prescriber_rpps", "consent"}) {
    EXPECT_TRUE(IsPath(Kind::kAuthorisation, path)) << path;
    EXPECT_TRUE(IsPath(Kind::kQuotation, path)) << path;
  }
  EXPECT_TRUE(IsPath(Kind::kBill, "authorisation_number"));
  EXPECT_TRUE(IsPath(Kind::kDocument, "media_type"));
  EXPECT_TRUE(IsPath(Kind::kCancellation, "reason"));
  for (const char* path : {"", "lines[0].code", "request.domain", "number", "lines[].", "Domain"}) {
    EXPECT_FALSE(IsPath(Kind::kAuthorisation, path)) << path;
  }
  EXPECT_FALSE(IsPath(Kind::kBill, "consent"));
}

Line Piece(Side side, bool corrected = false) {
  Line line;
  line.side = side;
  if (corrected) line.correction = Correction{};
  return line;
}

TEST(EquipmentTest, AFrameAndItsLensesAreOnePairOfGlasses) {
  const Line frame = Piece(Side::kNone), left = Piece(Side::kLeft, true),
             right = Piece(Side::kRight, true), supplement = Piece(Side::kLeft);
  EXPECT_EQ(CountEquipments("optics", {frame, left, right, supplement}), 1u);
  EXPECT_EQ(CountEquipments("optics", {left, right}), 1u);
  EXPECT_EQ(CountEquipments("optics", {frame, left, right, frame, left, right}), 2u);
  EXPECT_EQ(CountEquipments("optics", {left, right, left}), 2u);
  Line two = frame;
  two.quantity = 2;
  EXPECT_EQ(CountEquipments("optics", {two}), 2u);
}

TEST(EquipmentTest, AHearingAidForEachEarIsOneEquipment) {
  const Line left = Piece(Side::kLeft), right = Piece(Side::kRight), accessory = Piece(Side::kNone);
  EXPECT_EQ(CountEquipments("audiology", {left, right, accessory, accessory}), 1u);
  EXPECT_EQ(CountEquipments("audiology", {left, right, left}), 2u);
  EXPECT_EQ(CountEquipments("pharmacy", {accessory, accessory}), 1u);
  EXPECT_EQ(CountEquipments("pharmacy", {}), 0u);
}

}  // namespace
}  // namespace ecluse::content
