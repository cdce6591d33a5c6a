// SPDX-License-Identifier: Apache-2.0
#include "adapters/protocols/portal/answer.h"

#include <gtest/gtest.h>

namespace ecluse::portal {
namespace {

TEST(PortalAnswerTest, EverythingOfADecisionIsRead) {
  const auto said = ReadAnswer(R"({
    "request": "shop-7", "reference": "DOS1", "status": "Accordée", "authorisation_number": "OP1",
    "asked_cents": 45000, "granted_cents": 36000, "granted_on": "2026-10-05",
    "valid_until": "2027-10-05", "wanted": ["prescription", "invoice", "a drawing"],
    "wanted_by": "2026-10-15", "reasons": [{"code": "R1", "text": "why"}],
    "letters": [{"media_type": "application/pdf", "base64": "JVBERg=="}], "more": {"x": [1]}})");
  ASSERT_TRUE(said);
  EXPECT_EQ(said->request, "shop-7");
  EXPECT_EQ(said->asked, content::Money{45000});
  content::Answer answer;
  answer.status = "Accordée";
  answer.reference = "DOS1";
  answer.authorisation_number = "OP1";
  answer.granted = content::Money{36000};
  answer.granted_on = content::Day(2026, 10, 5);
  answer.valid_until = content::Day(2027, 10, 5);
  answer.wanted = {content::DocumentKind::kPrescription, content::DocumentKind::kInvoice,
                   content::DocumentKind::kOther};
  answer.wanted_by = content::Day(2026, 10, 15);
  answer.reasons = {{"R1", "why"}};
  answer.letters = {{"application/pdf", "%PDF"}};
  EXPECT_EQ(said->answer, answer);
}

TEST(PortalAnswerTest, WhatCanBeReadInTwoWaysIsNotRead) {
  EXPECT_FALSE(ReadAnswer(R"({"status":"refusee","status":"accordee"})"));
  EXPECT_FALSE(ReadAnswer(R"({"status":"accordee"}{"status":"refusee"})"));
  EXPECT_FALSE(ReadAnswer(R"({"status":"accordee"} trailing)"));
  EXPECT_FALSE(ReadAnswer(R"({"reasons":[{"code":"a","code":"b"}]})"));
  EXPECT_TRUE(ReadAnswer(R"({"reasons":[{"code":"a"},{"code":"b"}]})"));
}

TEST(PortalAnswerTest, AValueOfAnotherTypeMakesTheWholeAnswerUnread) {
  EXPECT_FALSE(ReadAnswer(R"({"status":1})"));
  EXPECT_FALSE(ReadAnswer(R"({"status":"accordee","granted_cents":"36000"})"));
  EXPECT_FALSE(ReadAnswer(R"({"status":"accordee","granted_cents":360.5})"));
  EXPECT_FALSE(ReadAnswer(R"({"status":"accordee","granted_cents":18446744073709551615})"));
  EXPECT_FALSE(ReadAnswer(R"({"status":"accordee","granted_on":"05/10/2026"})"));
  EXPECT_FALSE(ReadAnswer(R"({"status":"accordee","valid_until":"2026-02-30"})"));
  EXPECT_FALSE(ReadAnswer(R"({"wanted":"prescription"})"));
  EXPECT_FALSE(ReadAnswer(R"({"letters":[{"base64":"not base64!"}]})"));
  EXPECT_FALSE(ReadAnswer(R"({"technical":"yes"})"));
}

TEST(PortalAnswerTest, WhatIsNoObjectIsNotRead) {
  for (const char* body : {"", "null", "[]", "\"accordee\"", "<html>", "{", "\x01}{"}) {
    EXPECT_FALSE(ReadAnswer(body)) << body;
  }
}

TEST(PortalAnswerTest, DepthIsLimited) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_FALSE(ReadAnswer("{\"x\":" + deep + "}"));
}

}  // namespace
}  // namespace ecluse::portal
