// SPDX-License-Identifier: Apache-2.0
#include "proto/content/keys.h"

#include <gtest/gtest.h>

namespace ecluse::content {
namespace {

TEST(SiretTest, LuhnDecides) {
  EXPECT_TRUE(SiretFits("73282932000074"));
  EXPECT_FALSE(SiretFits("73282932000079"));
  EXPECT_FALSE(SiretFits("7328293200007"));
}

TEST(SiretTest, LaPosteAddsUpToAMultipleOfFive) {
  EXPECT_TRUE(SiretFits("35600000000048"));  // the head office, by Luhn
  EXPECT_TRUE(SiretFits("35600000000001"));
  EXPECT_FALSE(SiretFits("35600000000002"));
}

TEST(IbanTest, ShapeAndKeyAreTwoThings) {
  EXPECT_TRUE(IbanFits("FR1420041010050500013M02606"));
  EXPECT_TRUE(IbanFits("DE89370400440532013000"));
  EXPECT_TRUE(IsIban("FR1520041010050500013M02606"));
  EXPECT_FALSE(IbanFits("FR1520041010050500013M02606"));
  EXPECT_FALSE(IsIban("FR14 2004 1010 0505 0001 3M02 606"));
  EXPECT_FALSE(IsIban("FR142004101005050001"));
  EXPECT_FALSE(IsIban("fr1420041010050500013M02606"));
  EXPECT_FALSE(IsIban(""));
}

TEST(NirTest, TemporaryFirstDigitsAreUnusual) {
  for (const char* nir : {"1", "2", "4", "7", "8"}) EXPECT_TRUE(IsUsualNir(nir)) << nir;
  for (const char* nir : {"", "0", "3", "5", "6", "9"}) EXPECT_FALSE(IsUsualNir(nir)) << nir;
}

TEST(CipTest, ShapeAndKeyAreTwoThings) {
  EXPECT_TRUE(IsCip13("3400935955838"));
  EXPECT_TRUE(Cip13Fits("3400935955838"));
  EXPECT_FALSE(Cip13Fits("3400935955839"));
  EXPECT_FALSE(IsCip13("3401035955838"));
  EXPECT_FALSE(IsCip13("340093595583"));
  EXPECT_FALSE(Cip13Fits("340093595583X"));
}

TEST(CcamTest, ActivityAndPhaseAreOptional) {
  for (const char* code : {"BFGA004", "BFGA004-1", "BFGA004-1-0"}) EXPECT_TRUE(IsCcam(code));
  for (const char* code : {"", "BFGA04", "bfga004", "BFGA0041", "BFGA004-", "BFGA004-1-",
                           "BFGA004-12", "BFGA004-1-00", "1FGA004"}) {
    EXPECT_FALSE(IsCcam(code)) << code;
  }
}

TEST(NgapTest, AFewCapitals) {
  for (const char* code : {"C", "CS", "AMY", "C2", "ABCDE"}) EXPECT_TRUE(IsNgap(code)) << code;
  for (const char* code : {"", "2C", "cs", "ABCDEF", "C 2"}) EXPECT_FALSE(IsNgap(code)) << code;
}

TEST(AdeliTest, LettersAToF) {
  EXPECT_TRUE(IsAdeli("9DA005191"));
  EXPECT_FALSE(IsAdeli("9GA005191"));
  EXPECT_FALSE(IsAdeli("9DA00519"));
}

TEST(DigitsTest, AnEmptyTextIsNoNumber) {
  EXPECT_FALSE(AllDigits(""));
  EXPECT_TRUE(AllDigits("0"));
  EXPECT_FALSE(IsDigits("12", 3));
}

}  // namespace
}  // namespace ecluse::content
