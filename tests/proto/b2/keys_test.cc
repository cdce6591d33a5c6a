// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/keys.h"

#include <gtest/gtest.h>

namespace ecluse::b2 {
namespace {

TEST(NirTest, KeyIsNinetySevenLessTheRemainder) {
  EXPECT_TRUE(NirKeyFits("2951099126111", "93"));
  EXPECT_FALSE(NirKeyFits("2951099126111", "99"));
}

TEST(NirTest, CorsicanLettersCountAsNineteenAndEighteen) {
  EXPECT_TRUE(NirKeyFits("253072A073004", "43"));
  EXPECT_TRUE(NirKeyFits("253072B073004", "70"));
  EXPECT_FALSE(NirKeyFits("253072A073004", "70"));
}

TEST(NirTest, AnonymousInvoiceHasAKeyOfItsOwn) { EXPECT_EQ(NirKey("2555555751333"), 24); }

TEST(NirTest, OnlyThirteenCharactersAreANir) {
  EXPECT_EQ(NirKey(""), std::nullopt);
  EXPECT_EQ(NirKey("295109912611"), std::nullopt);
  EXPECT_EQ(NirKey("29510991261X1"), std::nullopt);
  EXPECT_FALSE(NirKeyFits("2951099126111", "9"));
}

TEST(FinessTest, LuhnDecides) {
  EXPECT_TRUE(FinessFits("750000002"));
  EXPECT_FALSE(FinessFits("750000003"));
  EXPECT_FALSE(FinessFits("75000000"));
}

TEST(FinessTest, CorsicanNumbersAreConverted) {
  EXPECT_EQ(ToB2Finess("2A0002689"), "200102689");
  EXPECT_EQ(ToB2Finess("2A0002168"), "200102168");
  EXPECT_EQ(ToB2Finess("2B0002689").substr(0, 4), "2002");
  EXPECT_EQ(ToB2Finess("750000002"), "750000002");
  EXPECT_TRUE(FinessFits("2A0002689"));
  EXPECT_TRUE(FinessFits("200102168"));
}

TEST(ActorTest, LettersCountAsDigits) {
  EXPECT_TRUE(ActorFits("9DA005191"));
  EXPECT_TRUE(ActorFits("751000019"));
  EXPECT_FALSE(ActorFits("751000018"));
}

TEST(LuhnTest, KeyOfAnOrganisation) {
  EXPECT_TRUE(LuhnFits("760312082"));
  EXPECT_FALSE(LuhnFits("760312083"));
  EXPECT_FALSE(LuhnFits(""));
  EXPECT_FALSE(LuhnFits("76031208A"));
}

TEST(AmcTest, ShorterNumbersAreFilledWithZeros) {
  EXPECT_EQ(ToB2Amc("75500001"), "0075500001");
  EXPECT_EQ(ToB2Amc("0075500001"), "0075500001");
}

}  // namespace
}  // namespace ecluse::b2
