// SPDX-License-Identifier: Apache-2.0
#include "broker/net/keys.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace ecluse {
namespace {

class KeysTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "keysXXXXXX";
    directory_ = mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string Path(const std::string& name) const { return directory_ + "/" + name; }

  std::string Write(const std::string& text, mode_t mode = 0600) const {
    const std::string path = Path("written.key");
    std::ofstream(path) << text;
    chmod(path.c_str(), mode);
    return path;
  }
  std::string Refusal(const std::string& text) const {
    const absl::StatusOr<KeyPair> pair = ReadKeyPair(Write(text));
    return pair.ok() ? "" : std::string(pair.status().message());
  }
  static bool Has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  const KeyPair pair_ = *MakeKeyPair();
  const std::string public_line_ = "public = \"" + pair_.public_key + "\"\n";
  const std::string secret_line_ = "secret = \"" + pair_.secret_key + "\"\n";
  std::string directory_;
};

TEST_F(KeysTest, WrittenPairIsReadBack) {
  ASSERT_TRUE(WriteKeyPair(Path("a.key"), pair_).ok());
  const absl::StatusOr<KeyPair> read = ReadKeyPair(Path("a.key"));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->public_key, pair_.public_key);
  EXPECT_EQ(read->secret_key, pair_.secret_key);
}

TEST_F(KeysTest, PublicHalfToGiveAwayHoldsNoSecret) {
  ASSERT_TRUE(WriteKeyPair(Path("a.key"), pair_).ok());
  EXPECT_EQ(*ReadPublicKey(Path("a.key.pub")), pair_.public_key);
  EXPECT_EQ(std::filesystem::file_size(Path("a.key.pub")), public_line_.size());
}

TEST_F(KeysTest, SecretFileIsForItsOwnerAlone) {
  ASSERT_TRUE(WriteKeyPair(Path("a.key"), pair_).ok());
  struct stat info = {};
  stat(Path("a.key").c_str(), &info);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(KeysTest, KeyIsNeverWrittenOver) {
  ASSERT_TRUE(WriteKeyPair(Path("a.key"), pair_).ok());
  EXPECT_EQ(WriteKeyPair(Path("a.key"), *MakeKeyPair()).code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReadKeyPair(Path("a.key"))->public_key, pair_.public_key);
}

TEST_F(KeysTest, FileThatOthersMayReadIsRefused) {
  for (const mode_t mode : {0640, 0604, 0620, 0660}) {
    const auto read = ReadKeyPair(Write(public_line_ + secret_line_, mode));
    EXPECT_EQ(read.status().code(), absl::StatusCode::kPermissionDenied) << std::oct << mode;
  }
}

TEST_F(KeysTest, CommentsAndSpacesAreSkipped) {
  EXPECT_EQ(Refusal("# a pharmacy\n\n  " + public_line_ + "\t" + secret_line_), "");
}

TEST_F(KeysTest, MistakesAreNamedWithTheirLine) {
  EXPECT_TRUE(Has(Refusal("public = \"short\"\n"), "written.key:1: `public` is not a key"));
  EXPECT_TRUE(Has(Refusal("\nprivate = \"x\"\n"), "written.key:2: only `public` and `secret`"));
  EXPECT_TRUE(Has(Refusal(public_line_ + public_line_), ":2: `public` is there twice"));
  EXPECT_TRUE(Has(Refusal(public_line_), "both `public` and `secret`"));
  EXPECT_TRUE(Has(Refusal("nonsense"), "expected name"));
  EXPECT_TRUE(Has(Refusal(std::string(5000, '#')), "too long"));
}

TEST_F(KeysTest, HalvesOfTwoPairsAreRefused) {
  const KeyPair other = *MakeKeyPair();
  const std::string refusal = Refusal("public = \"" + other.public_key + "\"\n" + secret_line_);
  EXPECT_TRUE(Has(refusal, "not of one pair"));
  EXPECT_FALSE(Has(refusal, pair_.secret_key));
}

TEST_F(KeysTest, MissingFileAndDirectoryAreRefused) {
  EXPECT_EQ(ReadKeyPair(Path("nothing")).status().code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(ReadKeyPair(directory_).ok());
}

TEST_F(KeysTest, OnlyFortyCharactersOfZ85AreAKey) {
  EXPECT_TRUE(IsKey(pair_.public_key));
  EXPECT_FALSE(IsKey(pair_.public_key.substr(1)));
  EXPECT_FALSE(IsKey(std::string(40, '"')));
  EXPECT_FALSE(IsKey(std::string(40, '\xc3')));
  EXPECT_FALSE(IsKey(std::string(40, '#')));  // beyond 32 bits
  EXPECT_FALSE(IsKey(""));
}

}  // namespace
}  // namespace ecluse
