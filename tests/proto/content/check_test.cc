// SPDX-License-Identifier: Apache-2.0
#include "proto/content/check.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "proto/content/rules.h"
#include "proto/content/texts.h"
#include "proto/limits.h"
#include "tests/proto/b2/sample.h"
#include "tests/proto/content/examples.h"

namespace ecluse::content {
namespace {

using samples::Example;
using samples::kToday;

std::string Told(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    text += fmt::format("{} {}\n", problem.path, problem.rule);
  }
  return text;
}

std::vector<Problem> Of(const Example& example) {
  return Check(example.kind, example.format, example.bytes, example.rules, kToday);
}

std::vector<Example> Examples() {
  std::vector<Example> all = samples::ExamplesOfParts();
  for (Example& example : samples::OtherExamples()) all.push_back(std::move(example));
  return all;
}

TEST(CheckTest, TheSamplesHaveNoProblem) {
  for (const auto& [name, content] : samples::Contents()) {
    EXPECT_EQ(Told(Check(KindOf(content), kTyped, Encode(content), {}, kToday)), "") << name;
  }
}

TEST(CheckTest, EveryExampleBreaksItsRuleAtItsPlace) {
  for (const Example& example : Examples()) {
    const std::vector<Problem> problems = Of(example);
    const bool told = std::ranges::any_of(problems, [&](const Problem& p) {
      return p.rule == example.rule && p.path == example.path;
    });
    EXPECT_TRUE(told) << example.path << " " << example.rule << " but:\n" << Told(problems);
  }
}

TEST(CheckTest, ExamplesBreakNoOtherRule) {
  // A changed amount shows in the sums, and a frame more has a shape of its own.
  const std::set<std::string> together = {"amount.range", "content.count", "size.most", "total.sum",
                                          "equipments.most"};
  for (const Example& example : Examples()) {
    if (together.contains(example.rule)) continue;
    EXPECT_EQ(Of(example).size(), 1u) << example.rule << ":\n" << Told(Of(example));
  }
}

TEST(CheckTest, EveryRuleHasAnExample) {
  std::set<std::string> seen = {"problems.more"};  // a test of its own
  for (const Example& example : Examples()) seen.insert(example.rule);
  for (const Rule& rule : kRules) EXPECT_TRUE(seen.contains(std::string(rule.name))) << rule.name;
}

TEST(CheckTest, EveryProblemNamesItsSource) {
  for (Example example : Examples()) {
    example.rules.profile = "test profile";
    for (const Problem& problem : Of(example)) {
      EXPECT_FALSE(problem.source.empty()) << problem.rule;
    }
  }
}

TEST(CheckTest, AllProblemsComeAtOnce) {
  Authorisation request = samples::SomeAuthorisation();
  request.opener.nir_key = "99";
  request.practitioner.finess = "750000003";
  request.lines[2].code = "12";
  request.consent = false;
  EXPECT_EQ(Told(Check(Kind::kAuthorisation, kTyped, Encode(request), {}, kToday)),
            "practitioner.finess finess.key\nopener.nir_key nir.key\nlines[2].code lpp.shape\n"
            "consent consent.missing\n");
}

TEST(CheckTest, ValuesThatCanNotBeReadAreToldBesideTheOthers) {
  Authorisation request = samples::SomeAuthorisation();
  request.opener.nir = "2951\n099126111";
  request.prescription.date = Day(10'000, 1, 1);
  request.lines[0].code = "12";
  EXPECT_EQ(Told(Check(Kind::kAuthorisation, kTyped, Encode(request), {}, kToday)),
            "opener.nir content.text\nprescription.date date.real\nlines[0].code lpp.shape\n");
}

TEST(CheckTest, TomorrowMayHaveBegunOverseas) {
  Authorisation request = samples::SomeAuthorisation();
  request.asked_on = kToday + 1;
  EXPECT_EQ(Told(Check(Kind::kAuthorisation, kTyped, Encode(request), {}, kToday)), "");
}

TEST(CheckTest, ADayThatIsMissingIsOneProblemOnly) {
  Authorisation request = samples::SomeAuthorisation();
  request.asked_on = Day(10'000, 1, 1);
  EXPECT_EQ(Told(Check(Kind::kAuthorisation, kTyped, Encode(request), {}, kToday)),
            "asked_on date.real\n");
  Invoice invoice = samples::SomeInvoice();
  invoice.day = Day(10'000, 1, 1);
  EXPECT_EQ(Told(Check(Kind::kBill, kTyped, Encode(invoice), {}, kToday)), "day date.real\n");
}

TEST(CheckTest, WarningsAloneRefuseNothing) {
  Authorisation request = samples::SomeAuthorisation();
  request.rights.amc = "434243086";
  const auto problems = Check(Kind::kAuthorisation, kTyped, Encode(request), {}, kToday);
  ASSERT_EQ(Told(problems), "rights.amc amc.key\n");
  EXPECT_FALSE(HasErrors(problems));
}

TEST(CheckTest, CorsicaIsPartOfFrance) {
  Authorisation request = samples::SomeAuthorisation();
  request.opener.nir = "253072B073004";
  request.opener.nir_key = "70";
  for (const char* finess : {"2A0002689", "200102689", "2A0002168", "200102168"}) {
    request.practitioner.finess = finess;
    EXPECT_EQ(Told(Check(Kind::kAuthorisation, kTyped, Encode(request), {}, kToday)), "");
  }
}

TEST(CheckTest, ProblemsNeverRepeatAValue) {
  for (const Example& example : Examples()) {
    for (const Problem& problem : Of(example)) {
      const std::string text = Sentence(problem, Language::kEnglish);
      for (const char* value : {"2951099", "3951099", "19510930", "Aimée", "Écluse:", "7500000"}) {
        EXPECT_EQ(text.find(value), std::string::npos) << text;
      }
    }
  }
}

Line Coded(const char* code) {
  Line line;
  line.code = code;
  return line;
}

TEST(CheckTest, TooManyProblemsEndWithTheirNumber) {
  Authorisation request = samples::SomeAuthorisation();
  request.lines.assign(300, Coded("1"));
  request.totals = {};
  const auto problems = Check(Kind::kAuthorisation, kTyped, Encode(request), {}, kToday);
  ASSERT_EQ(problems.size(), kMostProblems);
  EXPECT_EQ(problems.back().rule, "problems.more");
  EXPECT_EQ(problems.back().path, "101 more");
}

TEST(CheckTest, AnErrorBeyondTheLimitRefusesAllTheSame) {
  Authorisation request = samples::SomeAuthorisation();
  // Warnings first; then what refuses, which is not told any more.
  request.lines.assign(300, Coded("9900001"));
  for (Line& line : request.lines) {
    line.side = Side::kLeft;
    line.correction = Correction{0, 0, 181, 0};
  }
  request.totals = {};
  const auto warned = Check(Kind::kAuthorisation, kTyped, Encode(request), {}, kToday);
  ASSERT_EQ(warned.size(), kMostProblems);
  EXPECT_FALSE(HasErrors(warned));
  request.consent = false;
  EXPECT_TRUE(HasErrors(Check(Kind::kAuthorisation, kTyped, Encode(request), {}, kToday)));
}

TEST(CheckTest, ForeignContentsAreCarriedUnread) {
  EXPECT_EQ(Told(Check(Kind::kAuthorisation, "application/xml", "not even xml", {}, kToday)), "");
}

TEST(CheckTest, MediaTypesAreComparedWithoutTheirParameters) {
  Rules rules;
  rules.formats = {"application/xml"};
  EXPECT_EQ(Told(Check(Kind::kBill, "Application/XML; charset=utf-8", "x", rules, kToday)), "");
  const std::string typed = Encode(samples::SomeAuthorisation()) + "garbage";
  EXPECT_NE(
      Told(Check(Kind::kAuthorisation, "application/vnd.ecluse.content;v=1", typed, {}, kToday)),
      "");
}

TEST(CheckTest, BillsInB2AreCheckedRecordByRecord) {
  std::string file = b2::SampleFile().value();
  EXPECT_EQ(Told(Check(Kind::kBill, kB2, file, {}, kToday)), "");
  file.replace(2 * b2::kRecordBytes + 24, 2, "99");  // the key of the third record
  const auto problems = Check(Kind::kBill, kB2, file, {}, kToday);
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems[0],
            (Problem{"record 3, position 25 (nir-key)", "b2.nir_key", Severity::kError, "B2"}));
}

TEST(CheckTest, AHugeWrongB2FileIsToldBriefly) {
  const std::string file(ecluse::limits::kContentBytes, '7');
  const auto problems = Check(Kind::kBill, kB2, file, {}, kToday);
  EXPECT_EQ(problems.size(), kMostProblems);
  EXPECT_TRUE(HasErrors(problems));
}

}  // namespace
}  // namespace ecluse::content
