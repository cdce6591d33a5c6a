// SPDX-License-Identifier: Apache-2.0
// Every page that eclusectl prints lies in golden/. After a wanted change: run this test with
// ECLUSE_REWRITE_GOLDEN=1, and read the difference before you commit it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "broker/ctl/check_text.h"
#include "broker/ctl/json.h"
#include "broker/ctl/progress.h"
#include "broker/ctl/table.h"
#include "broker/ctl/text.h"
#include "tests/ctl/samples.h"

namespace ecluse::ctl {
namespace {

void IsGolden(const std::string& name, const std::string& text) {
  const std::string path = std::string(ECLUSE_GOLDEN) + "/" + name;
  if (std::getenv("ECLUSE_REWRITE_GOLDEN") != nullptr) std::ofstream(path) << text;
  std::ifstream file(path);
  std::stringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(golden.str(), text) << name;
}

template <class Value>
void IsGoldenThrice(const std::string& name, const Value& value) {
  IsGolden(name + ".en.txt", Text(value, sample::English()));
  IsGolden(name + ".fr.txt", Text(value, sample::French()));
  IsGolden(name + ".json", Json(value));
}

TEST(GoldenTest, Status) { IsGoldenThrice("status", sample::Status()); }
TEST(GoldenTest, Shape) { IsGoldenThrice("shape", sample::Shape()); }
TEST(GoldenTest, List) { IsGoldenThrice("list", sample::List()); }
TEST(GoldenTest, Show) { IsGoldenThrice("show", sample::Shown()); }
TEST(GoldenTest, Holds) { IsGoldenThrice("holds", sample::Holds()); }
TEST(GoldenTest, Gate) { IsGoldenThrice("gate", sample::Gate()); }
TEST(GoldenTest, Explanation) { IsGoldenThrice("explain", sample::Explained()); }
TEST(GoldenTest, Forecast) { IsGoldenThrice("forecast", sample::Forecast()); }
TEST(GoldenTest, Findings) { IsGoldenThrice("findings", sample::Findings()); }
TEST(GoldenTest, Backup) { IsGoldenThrice("backup", wire::BackupResult{"/b/night", RequestId{9}}); }
TEST(GoldenTest, Jobs) {
  IsGoldenThrice("jobs", wire::JobsResult{{sample::Job(JobKind::kExport, JobState::kPlanned),
                                           sample::Job(JobKind::kRelease, JobState::kDone)}});
}
TEST(GoldenTest, OneJob) {
  for (const View& view : {sample::English(), sample::French()}) {
    IsGolden(view.french ? "job.fr.txt" : "job.en.txt",
             JobText(sample::Job(JobKind::kExport, JobState::kPlanned), view) +
                 JobText(sample::Job(JobKind::kDestroy, JobState::kAsked), view) +
                 JobText(sample::Job(JobKind::kDryRun, JobState::kCounting), view));
  }
}
TEST(GoldenTest, Error) { IsGoldenThrice("error", Error{ErrorCode::kTime, "announced"}); }
TEST(GoldenTest, ErrorWithProblems) {
  const std::vector<Problem> problems = {{"lines[2].lpp", "lpp.shape", Severity::kError, "LPP"},
                                         {"", "amc.luhn", Severity::kWarning, "Inter-AMC"}};
  IsGoldenThrice("problems", Error{ErrorCode::kInvalid, "items[0].content", problems});
}
TEST(GoldenTest, Act) { IsGoldenThrice("act", wire::ActResult{500, true, "", true}); }

TEST(GoldenTest, Verify) {
  const store::Finding finding{"a state without its request", "request 12"};
  const store::Checked checked{7012, 21'044, 3, 7012, 7012, 1, 2, 1'525'760, true};
  IsGolden("verify.en.txt", Text(finding) + Text(checked, sample::English()));
  IsGolden("verify.fr.txt", Text(checked, sample::French()));
  IsGolden("verify.json", Json(finding) + Json(checked));
}

TEST(GoldenTest, EmptyAnswers) {
  const View view = sample::English();
  IsGolden("empty.en.txt", Text(wire::StatusReport{}, view) + Text(wire::ShapeReport{}, view) +
                               Text(wire::ListResult{}, view) + Text(wire::HoldsResult{}, view) +
                               PlanText(wire::ActResult{}, wire::Verdict::kSent, view));
}

TEST(GoldenTest, Plans) {
  for (const View& view : {sample::English(), sample::French()}) {
    const wire::ActResult plan{312, false, "k3v9", true};
    IsGolden(view.french ? "plans.fr.txt" : "plans.en.txt",
             PlanText(plan, wire::Verdict::kSent, view) +
                 PlanText(plan, wire::Verdict::kNotSent, view) +
                 ReopenPlanText(sample::Status(), {sample::Authorisation(), "", false}, view) +
                 ReopenPlanText(sample::Status(), {sample::Billing(), "", true}, view));
  }
}

TEST(GoldenTest, ProgressOfADrain) {
  Progress progress{sample::Authorisation(), 1500, 480, 16, 5512, 2, 1, false};
  for (const View& view : {sample::English(), sample::French()}) {
    IsGolden(view.french ? "progress.fr.txt" : "progress.en.txt",
             Bar(progress, view) + "\n" + ProgressText(progress, view) + "\n" +
                 ProgressJson(progress) + SummaryText(progress, view) +
                 WhyStill(sample::Billing(), sample::Status(), view));
  }
}

TEST(TableTest, AlignsByCharactersNotBytes) {
  Table table;
  table.Column("état").Number("n");
  table.Row({"réglée", "1"});
  table.Row({"en vol", "12"});
  EXPECT_EQ(table.Text(), "état     n\nréglée   1\nen vol  12\n");
}

TEST(TableTest, NoTextOfOthersReachesTheTerminalAsACommand) {
  EXPECT_EQ(Plain("a\033[2Jb\nc\x7f"), "a [2Jb c ");
}

TEST(TableTest, NumbersAreGroupedByThousands) {
  EXPECT_EQ(Grouped(7, false), "7");
  EXPECT_EQ(Grouped(1234567, false), "1,234,567");
  EXPECT_EQ(Grouped(123456, true), "123\u202f456");
}

}  // namespace
}  // namespace ecluse::ctl
