// SPDX-License-Identifier: Apache-2.0
#include "proto/texts.h"

#include <gtest/gtest.h>

#include <set>

#include "proto/shape.h"

namespace ecluse {
namespace {

// What is wrong with a list of texts; empty when nothing is.
template <class Code>
std::string Faults(std::span<const CodeText<Code>> rows) {
  std::set<std::string_view> names;
  std::string faults;
  for (const auto& row : rows) {
    const std::string name(row.name);
    if (name.empty() || !names.insert(row.name).second) faults += "name " + name + "; ";
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.") != std::string::npos) {
      faults += "letters of " + name + "; ";
    }
    if (row.french.empty() || row.english.empty()) faults += "no text for " + name + "; ";
    if (row.french == row.english) faults += "one language for " + name + "; ";
  }
  return faults;
}

template <class Code>
class CodeTextsTest : public testing::Test {};
using Lists = testing::Types<StateCode, Wait, wire::WhyWaiting, wire::Event, wire::Verdict,
                             GateCode, CauseCode, OutcomeCode, Decision, Hindrance, Kind, HoldRule,
                             JobKind, JobState, wire::JobAct, Severity, ErrorCode>;
TYPED_TEST_SUITE(CodeTextsTest, Lists);

TYPED_TEST(CodeTextsTest, NamesAreUniqueAndBothLanguagesSpeak) {
  EXPECT_EQ(Faults(CodeTexts<TypeParam>()), "");
}

TYPED_TEST(CodeTextsTest, NamesLeadBackToTheirCodes) {
  for (const auto& row : CodeTexts<TypeParam>()) {
    EXPECT_EQ(NameOf(row.code), row.name);
    EXPECT_EQ(CodeNamed<TypeParam>(row.name), row.code);
  }
  EXPECT_EQ(CodeNamed<TypeParam>("no such name"), std::nullopt);
}

TYPED_TEST(CodeTextsTest, OldSoftwareCanShowEveryText) {
  for (const auto& row : CodeTexts<TypeParam>()) {
    EXPECT_TRUE(IsText(row.french, 1000)) << row.name;
    for (size_t i = 0; i < row.french.size(); ++i) {
      // In UTF-8 the characters of ISO-8859-1 begin with C2 or C3, beyond ASCII.
      const auto byte = static_cast<uint8_t>(row.french[i]);
      EXPECT_LE(byte, 0xC3) << row.name;
    }
  }
}

TEST(TextsTest, ListsWithAGapOrARepeatAreNoticed) {
  const CodeText<StateCode> twice[] = {{StateCode::kReady, "ready", "prête", "ready"},
                                       {StateCode::kWaiting, "ready", "pareil", "pareil"}};
  const std::string faults = Faults(std::span<const CodeText<StateCode>>(twice));
  EXPECT_NE(faults.find("name ready"), std::string::npos);
  EXPECT_NE(faults.find("one language"), std::string::npos);
}

TEST(TextsTest, ACodeFromTheFutureHasATextToo) {
  const auto newer = static_cast<ErrorCode>(699);
  EXPECT_EQ(NameOf(newer), "unknown");
  EXPECT_FALSE(Text(newer, Language::kFrench).empty());
  EXPECT_NE(Text(newer, Language::kFrench), Text(newer, Language::kEnglish));
}

class SentenceTest : public testing::Test {
 protected:
  SentenceTest() {
    status.destination = {{"viamedis"}, {"authorisation"}};
    status.gate.code = GateCode::kClosed;
    status.gate.since = At(1, 31, 9);
    status.gate.announced = At(2, 12, 13);
    status.before = 812;
    status.waiting = 3;
  }
  // Hours of the Paris winter.
  static absl::Time At(int month, int day, int hour) {
    return absl::FromCivil(absl::CivilHour(2024, month, day, hour - 1), absl::UTCTimeZone());
  }
  std::string English() const { return Sentence(status, now, Language::kEnglish); }
  std::string French() const { return Sentence(status, now, Language::kFrench); }

  wire::DestinationStatus status;
  absl::Time now = At(2, 2, 8);
};

TEST_F(SentenceTest, TellsSinceWhenUntilWhenAndHowManyAreBefore) {
  EXPECT_EQ(English(),
            "Viamedis authorisation: closed since 31/01 09:00, reopening announced 12/02 13:00, "
            "812 before you");
  EXPECT_EQ(French(),
            "Viamedis authorisation : fermé depuis le 31/01 à 09:00, réouverture annoncée pour le "
            "12/02 à 13:00, 812 demandes avant la vôtre");
}

TEST_F(SentenceTest, SaysTheReasonThatAPersonGave) {
  status.gate.reason = "portail isolé";
  EXPECT_NE(French().find("09:00 (portail isolé), réouverture"), std::string::npos);
}

TEST_F(SentenceTest, AnHourThatHasPassedIsNoPromise) {
  now = At(2, 12, 14);
  EXPECT_NE(English().find("reopening was announced 12/02 13:00"), std::string::npos);
  EXPECT_NE(French().find("réouverture qui était annoncée pour le 12/02"), std::string::npos);
}

TEST_F(SentenceTest, AnOpenDestinationIsShort) {
  status.gate = {};
  status.before = 0;
  status.waiting = 0;
  EXPECT_EQ(English(), "Viamedis authorisation: open");
  EXPECT_EQ(French(), "Viamedis authorisation : ouvert");
}

TEST_F(SentenceTest, APauseIsToldWhileItLasts) {
  status.gate = {};
  status.gate.paused_until = At(2, 2, 9);
  EXPECT_NE(English().find("open, paused until 02/02 09:00"), std::string::npos);
  now = At(2, 2, 10);
  EXPECT_EQ(English().find("paused"), std::string::npos);
}

TEST_F(SentenceTest, AHoldIsTold) {
  status.held = true;
  EXPECT_NE(French().find("envois bloqués par l'équipe d'exploitation"), std::string::npos);
}

TEST_F(SentenceTest, TellsHowItReopens) {
  status.gate.code = GateCode::kRamping;
  EXPECT_NE(French().find("montée en charge depuis le 31/01"), std::string::npos);
  status.gate.code = GateCode::kReclosed;
  status.gate.asks = true;
  EXPECT_NE(English().find("closed again since"), std::string::npos);
  EXPECT_NE(English().find("looks at the answers"), std::string::npos);
}

TEST_F(SentenceTest, ThePracticeHearsWhatItHasToDo) {
  status.password = true;
  EXPECT_NE(French().find("attend que vous changiez votre mot de passe chez Viamedis"),
            std::string::npos);
  status.served = false;
  EXPECT_NE(French().find("aucun connecteur en service"), std::string::npos);
}

TEST_F(SentenceTest, TheForecastIsRough) {
  const auto in = [this](absl::Duration time) {
    status.empty_in = time;
    return English();
  };
  EXPECT_NE(in(absl::Seconds(20)).find("all gone in about less than a minute"), std::string::npos);
  EXPECT_NE(in(absl::Minutes(47)).find("about 47 min"), std::string::npos);
  EXPECT_NE(in(absl::Hours(31)).find("about 31 h"), std::string::npos);
  EXPECT_NE(in(absl::Hours(80)).find("about 3 days"), std::string::npos);
  status.waiting = 0;
  EXPECT_EQ(in(absl::Hours(1)).find("about"), std::string::npos);
}

TEST_F(SentenceTest, OneRequestIsNotPlural) {
  status.before = 1;
  EXPECT_NE(French().find("1 demande avant la vôtre"), std::string::npos);
  status.before = 0;
  EXPECT_NE(French().find("votre demande est la prochaine"), std::string::npos);
}

TEST_F(SentenceTest, SummerHasItsOwnHour) {
  status.gate.since = absl::FromCivil(absl::CivilHour(2024, 7, 1, 7), absl::UTCTimeZone());
  EXPECT_NE(English().find("closed since 01/07 09:00"), std::string::npos);
}

}  // namespace
}  // namespace ecluse
