// SPDX-License-Identifier: Apache-2.0
#include "store/seal.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "store/crc32c.h"
#include "store/dictionary.h"
#include "store/master_key.h"
#include "tests/store/golden.h"
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

// An operator's answer to nobody, in the dialect of the simulation.
const std::string kAnswer =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soap:Envelope "
    "xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><RSP "
    "xmlns=\"urn:ecluse:dialect:exchange:1\"><Cle>practice-7</Cle><ReessayerDans>0</ReessayerDans>"
    "<Statut>accord</Statut><Reference>DOS123456789</Reference></RSP></soap:Body></soap:Envelope>";

TEST_F(SealTest, ShortTextShrinksByWhatAllTextsHaveInCommon) {
  std::string plainly;
  sealer_.Seal(7, key_, Sealed::kContent, "owner", kAnswer, Compress::kWithoutDictionary, plainly);
  EXPECT_LT(Seal(kAnswer).size() * 2, plainly.size());
  EXPECT_EQ(*Open(plainly), kAnswer);
  EXPECT_EQ(*Open(Seal(kAnswer)), kAnswer);
}

TEST_F(SealTest, DictionaryDoesNoHarmToATextThatIsLikeNoOther) {
  std::mt19937 random(3);
  for (const size_t size : {100, 400, 1500, 6000, 40'000}) {
    std::string text;
    // Words of a language that nobody speaks.
    while (text.size() < size) {
      const auto word = random() % 200;
      for (unsigned i = 0; i < 3 + word % 7; ++i)
        text += static_cast<char>('a' + word * (i + 3) % 26);
      text += ' ';
    }
    std::string plainly;
    sealer_.Seal(7, key_, Sealed::kContent, "owner", text, Compress::kWithoutDictionary, plainly);
    EXPECT_LE(Seal(text).size(), plainly.size()) << size;
    EXPECT_EQ(*Open(Seal(text)), text);
  }
}

TEST_F(SealTest, EveryDictionaryThatWasShippedIsStillThere) {
  EXPECT_EQ(kNewestDictionary, 1);
  EXPECT_EQ(Crc32c(DictionaryBytes(1)), 239781479U);
}

// The bytes of each way to pack, as they were first written. Never make them anew.
TEST_F(SealTest, SealsOfEveryWayToPackStillOpen) {
  SecretKey key;
  key.bytes.fill(7);
  for (const auto& [name, compress] : {std::pair("sealed_plain", Compress::kNo),
                                       std::pair("sealed_zstd", Compress::kWithoutDictionary),
                                       std::pair("sealed_dictionary", Compress::kWhenSmaller)}) {
    if (std::getenv("ECLUSE_NEW_GOLDEN") != nullptr && record::Kept(name).empty()) {
      std::string sealed;
      sealer_.Seal(7, key, Sealed::kContent, "owner", kAnswer, compress, sealed);
      record::ExpectGolden(name, sealed);
    }
    const auto text = sealer_.Open(key, Sealed::kContent, "owner", record::Kept(name));
    ASSERT_TRUE(text.ok()) << name;
    EXPECT_EQ(*text, kAnswer) << name;
  }
}

TEST_F(SealTest, UnknownDictionaryIsToldFromDamage) {
  std::string sealed = Seal(kAnswer);
  sealed[4] = static_cast<char>(2 + kNewestDictionary);
  EXPECT_FALSE(Open(sealed).ok());
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
