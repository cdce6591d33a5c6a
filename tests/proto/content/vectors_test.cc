// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "proto/content/check.h"
#include "proto/content/codec.h"
#include "tests/proto/content/samples.h"

// Published numbers, some made up where none may be shown: each as a practice would send it.
namespace ecluse::content {
namespace {

using samples::kToday;

// The rules that the sample breaks once `set` has put a value into it; "" when it breaks none.
template <class Function>
std::string Broken(const Function& set) {
  Authorisation request = samples::SomeAuthorisation();
  set(request);
  std::string rules;
  for (const Problem& p : Check(Kind::kAuthorisation, kTyped, Encode(request), {}, kToday)) {
    if (!rules.empty()) rules += ' ';
    rules += p.rule;
  }
  return rules;
}

std::string Finess(const char* value) {
  return Broken([&](Authorisation& a) { a.practitioner.finess = value; });
}
std::string Siret(const char* value) {
  return Broken([&](Authorisation& a) { a.practitioner.siret = value; });
}
std::string Rpps(const char* value) {
  return Broken([&](Authorisation& a) { a.prescription.prescriber_rpps = value; });
}
std::string Adeli(const char* value) {
  return Broken([&](Authorisation& a) { a.prescription.prescriber_adeli = value; });
}
std::string Nir(std::string_view with_key) {
  return Broken([&](Authorisation& a) {
    a.opener.nir = with_key.substr(0, 13);
    a.opener.nir_key = with_key.substr(13);
  });
}
std::string Amc(const char* value) {
  return Broken([&](Authorisation& a) { a.rights.amc = value; });
}
std::string Code(CodeSystem system, const char* value) {
  return Broken([&](Authorisation& a) {
    a.lines[0].system = system;
    a.lines[0].code = value;
  });
}

TEST(VectorsTest, Finess) {
  for (const char* good : {"200102689", "200102168", "2A0002689", "2A0002168", "750000002"}) {
    EXPECT_EQ(Finess(good), "") << good;
  }
  EXPECT_EQ(Finess("750000003"), "finess.key");
  EXPECT_EQ(Finess("2A0002680"), "finess.key");
}

TEST(VectorsTest, Professionals) {
  EXPECT_EQ(Rpps("10000000017"), "");
  EXPECT_EQ(Rpps("10000000018"), "rpps.key");
  EXPECT_EQ(Adeli("9DA005191"), "");
  EXPECT_EQ(Adeli("751000019"), "");
  EXPECT_EQ(Adeli("751000018"), "adeli.key");
}

TEST(VectorsTest, Siret) {
  for (const char* good : {"73282932000074", "35600000000048", "35600000000001"}) {
    EXPECT_EQ(Siret(good), "") << good;
  }
  EXPECT_EQ(Siret("73282932000079"), "siret.key");
  EXPECT_EQ(Siret("35600000000002"), "siret.key");
}

TEST(VectorsTest, Nir) {
  for (const char* good : {"295109912611193", "253072A07300443", "253072B07300470",
                           "255555575133324"}) {  // the last is that of an anonymous invoice
    EXPECT_EQ(Nir(good), "") << good;
  }
  EXPECT_EQ(Nir("295109912611199"), "nir.key");
  EXPECT_EQ(Nir("253072A07300470"), "nir.key");
}

TEST(VectorsTest, ANirMayComeWithoutItsKey) { EXPECT_EQ(Nir("2951099126111"), ""); }

TEST(VectorsTest, TemporaryNirsAreDoubtfulAndNotRefused) {
  for (const char first : {'1', '2', '4', '7', '8'}) {
    EXPECT_EQ(Nir(first + std::string("951099126111")), "") << first;
  }
  for (const char first : {'0', '3', '5', '6', '9'}) {
    EXPECT_EQ(Nir(first + std::string("951099126111")), "nir.first") << first;
  }
}

TEST(VectorsTest, InsurersOnRealCardsAreNeverRefused) {
  for (const char* number :
       {"00733931", "29993227", "00403220", "00410001", "98532001", "434243085"}) {
    const std::string broken = Amc(number);
    EXPECT_TRUE(broken.empty() || broken == "amc.key") << number << " " << broken;
  }
  EXPECT_EQ(Amc("12345678901"), "amc.shape");
}

TEST(VectorsTest, ProductsAndActs) {
  EXPECT_EQ(Code(CodeSystem::kCip13, "3400935955838"), "");
  EXPECT_EQ(Code(CodeSystem::kCip13, "3400935955837"), "cip13.key");
  for (const char* good : {"BFGA004", "BFGA004-1", "BFGA004-1-0"}) {
    EXPECT_EQ(Code(CodeSystem::kCcam, good), "") << good;
  }
  EXPECT_EQ(Code(CodeSystem::kCcam, "BFGA04"), "ccam.shape");
  EXPECT_EQ(Code(CodeSystem::kLpp, "9900001"), "");
  EXPECT_EQ(Code(CodeSystem::kLpp, "99000011"), "lpp.shape");
  EXPECT_EQ(Code(CodeSystem::kNgap, "AMY"), "");
  EXPECT_EQ(Code(CodeSystem::kGrouped, "any words"), "");
}

}  // namespace
}  // namespace ecluse::content
