// SPDX-License-Identifier: Apache-2.0
// A live copy, from the verb to a second broker over it.
#include "tests/runtime/backup_fixture.h"

namespace ecluse {
namespace {

TEST_F(BackupTest, ACopyHoldsAllThatWasDurableAndTheStoreGoesOn) {
  Deposit("a");
  const wire::BackupResult made = Copy("monday");
  EXPECT_EQ(made.path, Backups() + "/monday");
  EXPECT_EQ(made.last_request, RequestId{1});
  Deposit("b");

  const auto copy = Open(made.path);
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(*copy->Content(RequestId{1}), "the content");
  EXPECT_FALSE(copy->Find(RequestId{2}));
  EXPECT_TRUE(store_->Find(RequestId{2}));
  // Whoever starts a broker over it is not believed to know what was sent since.
  EXPECT_TRUE(copy->Recover()->fenced);
  EXPECT_FALSE(store_->Recover()->fenced);
  EXPECT_FALSE(fs::exists(Store() + "/ASIDE"));
}

TEST_F(BackupTest, ACopyInsideTheStoreIsRefused) {
  fs::create_directory(Store() + "/backups");
  EXPECT_EQ(Refusal("monday", Store() + "/backups").field, "backup_directory");
  EXPECT_TRUE(fs::is_empty(Store() + "/backups"));
}

TEST_F(BackupTest, WithoutItsSettingThereIsNoCopy) {
  const Error error = Refusal("monday", "");
  EXPECT_EQ(error.code, ErrorCode::kBackup);
  EXPECT_EQ(error.field, "backup_directory");
}

TEST_F(BackupTest, AnEarlierCopyIsNeverOverwritten) {
  Copy("monday");
  const Error error = Refusal("monday", Backups());
  EXPECT_EQ(error.code, ErrorCode::kBackup);
  EXPECT_EQ(error.field, "name");
  EXPECT_NE(Open(Backups() + "/monday"), nullptr);
}

TEST_F(BackupTest, ACopyThatCantBeMadeHarmsNothing) {
  const Error error = Refusal("monday", (place_ / "nowhere").string());
  EXPECT_EQ(error.code, ErrorCode::kBackup);
  EXPECT_EQ(error.field, "backup_directory");
  EXPECT_FALSE(fs::exists(place_ / "nowhere"));
  Deposit("a");
  EXPECT_EQ(Copy("monday").last_request, RequestId{1});
}

TEST_F(BackupTest, ANameThatIsAPathIsRefused) {
  EXPECT_EQ(Refusal("../store", Backups()).code, ErrorCode::kMalformed);
}

}  // namespace
}  // namespace ecluse
