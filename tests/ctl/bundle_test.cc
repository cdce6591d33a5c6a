// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/bundle.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "broker/ctl/world.h"
#include "tests/ctl/samples.h"

namespace ecluse::ctl {
namespace {

namespace fs = std::filesystem;

std::string Read(const fs::path& path) {
  std::stringstream all;
  all << std::ifstream(path).rdbuf();
  return all.str();
}

mode_t ModeOf(const fs::path& path) {
  struct stat about {};
  EXPECT_EQ(::stat(path.c_str(), &about), 0);
  return about.st_mode & 0777U;
}

wire::FetchResult::Row Row(uint64_t number, const std::string& content) {
  return {RequestId{number}, {"p1"},        "750000001",
          sample::Billing(), "=ref \"7\"",  Kind::kBill,
          "text/plain",      sample::Now(), content};
}

// A broker that has reserved some requests, two to a page, and is cut off when the test says.
class ExportingBroker {
 public:
  int Write(const std::string& directory) {
    std::ostringstream out;
    err.str("");
    World world{[this](const Settings&) -> absl::StatusOr<Ask> {
                  return Ask([this](const wire::CallBody& call) { return Answer(call); });
                },
                [] { return sample::Now(); }, [](absl::Duration) {}, out, err};
    return Run({"job", "files", "31", "--to", directory}, world);
  }

  std::set<uint64_t> kept = {1, 2, 3, 4, 5};
  std::vector<std::string> proofs;
  int answers = 1000;           // then silence
  bool hears_the_last = true;   // of the calls that are not answered
  bool lost_one = false;        // a request left the export by itself
  bool another_has_it = false;  // what this package has was handed over by another
  std::ostringstream err;

 private:
  absl::StatusOr<wire::ReplyBody> Answer(const wire::CallBody& call) {
    const bool answered = answers-- > 0;
    if (!answered && (answers < -1 || !hears_the_last)) return absl::DeadlineExceededError("cut");
    wire::ReplyBody reply = Hear(call);
    if (!answered) return absl::DeadlineExceededError("cut");
    return reply;
  }

  wire::ReplyBody Hear(const wire::CallBody& call) {
    if (const auto* fetch = std::get_if<wire::Fetch>(&call)) {
      wire::FetchResult page;
      for (auto at = kept.upper_bound(fetch->after.value); at != kept.end(); ++at) {
        if (page.rows.size() == 2) {
          page.next = page.rows.back().request;
          break;
        }
        page.rows.push_back(Row(*at, "content of " + std::to_string(*at)));
      }
      return page;
    }
    if (const auto* over = std::get_if<wire::HandedOver>(&call)) {
      proofs.push_back(over->proof);
      wire::ActResult result{0, !lost_one, "", false};
      for (const RequestId id : over->requests) result.requests += kept.erase(id.value);
      return result;
    }
    wire::ShowResult shown;
    shown.row.status.number = std::get<wire::Show>(call).request;
    shown.row.status.state =
        shown.row.status.number == RequestId{2} ? StateCode::kReady : StateCode::kElsewhere;
    JournalEntry entry;
    entry.cause = CauseCode::kElsewhere;
    entry.note = "exported, job 31: " + (another_has_it ? "dB/index.jsonl" : proofs.back());
    if (shown.row.status.state == StateCode::kElsewhere) shown.history = {entry};
    return shown;
  }
};

class BundleTest : public testing::Test {
 protected:
  BundleTest() {
    std::string pattern = testing::TempDir() + "bundle-XXXXXX";
    folder = ::mkdtemp(pattern.data());
    directory = folder + "/out";
  }
  ~BundleTest() override { fs::remove_all(folder); }

  // Every request once in the index and in a file with the bytes that were reserved.
  void IsWhole() {
    const std::string index = Read(directory + "/index.jsonl");
    EXPECT_EQ(std::count(index.begin(), index.end(), '\n'), 5) << index;
    for (uint64_t n = 1; n <= 5; ++n) {
      EXPECT_EQ(Read(directory + "/" + std::to_string(n)), "content of " + std::to_string(n));
    }
    const std::string csv = Read(directory + "/index.csv");
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 6) << csv;
    EXPECT_TRUE(broker.kept.empty());
  }

  std::string folder;
  std::string directory;
  ExportingBroker broker;
};

TEST_F(BundleTest, EveryReservedRequestIsInAPrivateFileAndInBothIndexes) {
  EXPECT_EQ(broker.Write(directory), kDone) << broker.err.str();
  IsWhole();
  EXPECT_EQ(ModeOf(directory), 0700U);
  for (const char* file : {"/1", "/index.jsonl", "/index.csv"}) {
    EXPECT_EQ(ModeOf(directory + file), 0600U);
  }
}

TEST_F(BundleTest, AnExportThatIsCutOffAnywhereGoesOnAndLosesAndDoublesNothing) {
  for (int cut = 0; cut < 7; ++cut) {
    for (const bool hears : {true, false}) {
      SCOPED_TRACE(testing::Message() << "cut after " << cut << ", heard: " << hears);
      fs::remove_all(directory);
      broker.kept = {1, 2, 3, 4, 5};
      broker.answers = cut;
      broker.hears_the_last = hears;
      broker.Write(directory);
      broker.answers = 1000;
      EXPECT_EQ(broker.Write(directory), kDone) << broker.err.str();
      IsWhole();
    }
  }
}

TEST_F(BundleTest, ALineThatACrashToreIsWrittenAgain) {
  broker.answers = 2;
  broker.Write(directory);
  std::ofstream(directory + "/index.jsonl", std::ios::app) << "{\"number\":3,\"pra";
  broker.answers = 1000;
  EXPECT_EQ(broker.Write(directory), kDone) << broker.err.str();
  IsWhole();
}

TEST_F(BundleTest, TheProofNamesTheDirectoryAndADigestOfTheIndexAsItWasThen) {
  EXPECT_EQ(broker.Write(directory), kDone);
  ASSERT_EQ(broker.proofs.size(), 3U);
  EXPECT_EQ(broker.proofs[0].rfind("out/index.jsonl, its first ", 0), 0U) << broker.proofs[0];
  EXPECT_NE(broker.proofs[0], broker.proofs[1]);
}

TEST_F(BundleTest, FilesThatTheBrokerDidNotEndMustNotBeHandedOver) {
  broker.lost_one = true;
  EXPECT_EQ(broker.Write(directory), kRefused);
  EXPECT_NE(broker.err.str().find(": 2"), std::string::npos) << broker.err.str();
}

TEST_F(BundleTest, WhatAnotherPackageHandedOverMustNotBeHandedOverAgain) {
  broker.lost_one = broker.another_has_it = true;
  EXPECT_EQ(broker.Write(directory), kRefused);
  EXPECT_NE(broker.err.str().find("DO NOT HAND OVER"), std::string::npos) << broker.err.str();
  EXPECT_NE(broker.err.str().find(" 1"), std::string::npos) << broker.err.str();
}

TEST_F(BundleTest, FilesThatTheIndexDoesNotKnowMustNotBeHandedOver) {
  ASSERT_TRUE(Bundle::Open(directory, JobId{31}).ok());
  std::ofstream(directory + "/129") << "written before a crash";
  EXPECT_EQ(broker.Write(directory), kRefused);
  EXPECT_NE(broker.err.str().find(" 129"), std::string::npos) << broker.err.str();
}

TEST_F(BundleTest, ADirectoryOfAnotherJobOrOfOtherThingsIsNotTouched) {
  fs::create_directory(directory);
  std::ofstream(directory + "/letter.txt") << "x";
  EXPECT_EQ(broker.Write(directory), kUsage);
  EXPECT_EQ(broker.kept.size(), 5U);
  fs::remove_all(directory);
  ASSERT_TRUE(Bundle::Open(directory, JobId{30}).ok());
  EXPECT_EQ(broker.Write(directory), kUsage);
  EXPECT_EQ(broker.kept.size(), 5U);
}

TEST_F(BundleTest, OtherBytesForTheSameNumberAreAnError) {
  auto bundle = Bundle::Open(directory, JobId{31});
  ASSERT_TRUE(bundle.ok()) << bundle.status();
  ASSERT_TRUE((*bundle)->Add({Row(1, "a")}).ok());
  EXPECT_FALSE((*bundle)->Add({Row(1, "b")}).ok());
  EXPECT_EQ(Read(directory + "/1"), "a");
}

TEST_F(BundleTest, NoReferenceBecomesAFormulaInASpreadsheet) {
  auto bundle = Bundle::Open(directory, JobId{31});
  ASSERT_TRUE(bundle.ok()) << bundle.status();
  ASSERT_TRUE((*bundle)->Add({Row(1, "a")}).ok());
  ASSERT_TRUE((*bundle)->WriteCsv().ok());
  const std::string csv = Read(directory + "/index.csv");
  EXPECT_NE(csv.find("\"'=ref \"\"7\"\"\""), std::string::npos) << csv;
}

}  // namespace
}  // namespace ecluse::ctl
