// SPDX-License-Identifier: Apache-2.0
#include "store/seal.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "store/crc32c.h"
#include "store/master_key.h"
#include "tests/store/samples.h"

namespace ecluse::store {
namespace {

class SealTest : public testing::Test {
 protected:
  std::string Seal(std::string_view text, std::string_view owner = "owner") {
    std::string sealed;
    sealer_.Seal(7, key_, Sealed::kContent, owner, text, Compress::kWhenSmaller, sealed);
    return sealed;
  }
  absl::StatusOr<std::string> Open(std::string_view sealed, std::string_view owner = "owner") {
    return sealer_.Open(key_, Sealed::kContent, owner, sealed);
  }

  Sealer sealer_;
  SecretKey key_ = SecretKey::Random();
};

TEST_F(SealTest, SealedTextOpensAgain) {
  for (const size_t size : {0, 1, 63, 64, 1536, 1 << 20}) {
    const std::string text(size, 'a');
    EXPECT_EQ(*Open(Seal(text)), text);
  }
}

TEST_F(SealTest, WhatShrinksIsCompressedAndWhatDoesNotIsLeftAlone) {
  EXPECT_LT(Seal(std::string(1536, 'a')).size(), 200U);
  std::string noise;
  for (int i = 0; i < 48; ++i) {
    const SecretKey random = SecretKey::Random();
    noise.append(random.bytes.begin(), random.bytes.end());
  }
  EXPECT_EQ(Seal(noise).size(), noise.size() + Sealer::kOverhead);
  EXPECT_EQ(*Open(Seal(noise)), noise);
}

TEST_F(SealTest, EveryChangedByteIsNoticed) {
  const std::string sealed = Seal("Jeanne Essai, born on a day that nobody may read here, 1 to 64");
  for (size_t i = 4; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(Open(changed).status().code(), absl::StatusCode::kDataLoss) << "byte " << i;
  }
  EXPECT_FALSE(Open(sealed.substr(0, sealed.size() - 1)).ok());
  EXPECT_FALSE(Open("").ok());
}

TEST_F(SealTest, ChangedKeyNumberIsNoticedEvenWithTheRightKey) {
  std::string sealed = Seal("text");
  EXPECT_EQ(*Sealer::KeyOf(sealed), 7U);
  sealed[3] = 8;
  EXPECT_FALSE(Open(sealed).ok());
}

TEST_F(SealTest, SealOfAnotherOwnerOrPurposeOrKeyDoesNotOpen) {
  const std::string sealed = Seal("text");
  EXPECT_FALSE(Open(sealed, "other").ok());
  EXPECT_FALSE(sealer_.Open(key_, Sealed::kReference, "owner", sealed).ok());
  EXPECT_FALSE(sealer_.Open(SecretKey::Random(), Sealed::kContent, "owner", sealed).ok());
}

TEST_F(SealTest, SameTextIsNeverSealedTheSameWay) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(Seal("text")).second);
}

TEST_F(SealTest, HashOfPartsKnowsWhereEachPartEnds) {
  const auto hash = [&](std::string_view a, std::string_view b) {
    return KeyedHash(key_, 16).Add(a).Add(b).Finish();
  };
  EXPECT_EQ(hash("ab", "c"), hash("ab", "c"));
  EXPECT_NE(hash("ab", "c"), hash("a", "bc"));
  EXPECT_NE(hash("ab", ""), hash("", "ab"));
}

TEST(Crc32c, AgreesWithTheStandardByBothWays) {
  EXPECT_EQ(Crc32c("123456789"), 0xe3069283U);
  EXPECT_EQ(Crc32cByTable("123456789"), 0xe3069283U);
  EXPECT_EQ(Crc32c(std::string(1001, 'z')), Crc32cByTable(std::string(1001, 'z')));
}

class MasterKeyTest : public testing::Test {
 protected:
  std::string Refusal() {
    return std::string(ReadMasterKey(place_.key(), place_.store()).status().message());
  }
  sample::Place place_;
};

TEST_F(MasterKeyTest, NewKeyIsReadBackAndNeverWrittenOver) {
  EXPECT_TRUE(ReadMasterKey(place_.key(), place_.store()).ok());
  EXPECT_FALSE(CreateMasterKey(place_.key()).ok());
}

TEST_F(MasterKeyTest, FileThatOthersMayReadIsRefused) {
  for (const mode_t mode : {0604, 0620, 0602}) {
    chmod(place_.key().c_str(), mode);
    EXPECT_NE(Refusal().find("chmod 600"), std::string::npos);
  }
  chmod(place_.key().c_str(), 0440);
  EXPECT_EQ(Refusal(), "");
}

TEST_F(MasterKeyTest, FileInsideTheStoreIsRefused) {
  const auto inside = ReadMasterKey(place_.key(), place_.root());
  EXPECT_NE(inside.status().message().find("inside the store"), absl::string_view::npos);
}

TEST_F(MasterKeyTest, AnythingButDigitsIsRefused) {
  for (const char* text : {"", "abc", "zz", "00112233"}) {
    std::ofstream(place_.key()) << text;
    EXPECT_NE(Refusal().find("64 hex digits"), std::string::npos) << text;
  }
  std::filesystem::remove(place_.key());
  EXPECT_NE(Refusal().find("can't be read"), std::string::npos);
}

}  // namespace
}  // namespace ecluse::store
