// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "proto/ecluse.pb.h"
#include "proto/texts.h"

// The schema that other languages compile, our enums and the names of our texts are three lists of
// the same things.
namespace ecluse {
namespace {

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// "STATE_CODE_IN_DOUBT" → "in_doubt".
std::string Short(const std::string& name, const std::string& prefix) {
  return Lower(name.substr(prefix.size()));
}

template <class Code, class Name>
void ExpectSameNames(int max, const std::string& prefix, const Name& name_of) {
  std::set<std::string> schema;
  for (int value = 0; value <= max; ++value) {
    const std::string name = name_of(value);
    if (name.empty() || name == prefix + "UNSPECIFIED") continue;
    EXPECT_EQ(NameOf(static_cast<Code>(value)), Short(name, prefix));
    schema.insert(name);
  }
  EXPECT_EQ(CodeTexts<Code>().size(), schema.size()) << prefix;
}

TEST(SchemaTest, NamesOfRequestsAreTheSameEverywhere) {
  ExpectSameNames<StateCode>(v1::StateCode_MAX, "STATE_CODE_",
                             [](int v) { return v1::StateCode_Name(v); });
  ExpectSameNames<wire::WhyWaiting>(v1::WhyWaiting_MAX, "WHY_WAITING_",
                                    [](int v) { return v1::WhyWaiting_Name(v); });
  ExpectSameNames<wire::Event>(v1::Event_MAX, "EVENT_", [](int v) { return v1::Event_Name(v); });
  ExpectSameNames<Kind>(v1::Kind_MAX, "KIND_", [](int v) { return v1::Kind_Name(v); });
  ExpectSameNames<wire::Verdict>(v1::Verdict_MAX, "VERDICT_",
                                 [](int v) { return v1::Verdict_Name(v); });
}

TEST(SchemaTest, NamesOfReopeningAreTheSameEverywhere) {
  ExpectSameNames<Wait>(v1::Wait_MAX, "WAIT_", [](int v) { return v1::Wait_Name(v); });
  ExpectSameNames<JobKind>(v1::JobKind_MAX, "JOB_KIND_", [](int v) { return v1::JobKind_Name(v); });
  ExpectSameNames<JobState>(v1::JobState_MAX, "JOB_STATE_",
                            [](int v) { return v1::JobState_Name(v); });
  ExpectSameNames<wire::JobAct>(v1::JobAct_MAX, "JOB_ACT_",
                                [](int v) { return v1::JobAct_Name(v); });
}

TEST(SchemaTest, NamesOfDeliveryAreTheSameEverywhere) {
  ExpectSameNames<GateCode>(v1::GateCode_MAX, "GATE_CODE_",
                            [](int v) { return v1::GateCode_Name(v); });
  ExpectSameNames<CauseCode>(v1::CauseCode_MAX, "CAUSE_CODE_",
                             [](int v) { return v1::CauseCode_Name(v); });
  ExpectSameNames<OutcomeCode>(v1::OutcomeCode_MAX, "OUTCOME_CODE_",
                               [](int v) { return v1::OutcomeCode_Name(v); });
  ExpectSameNames<Decision>(v1::Decision_MAX, "DECISION_",
                            [](int v) { return v1::Decision_Name(v); });
  ExpectSameNames<Hindrance>(v1::Hindrance_MAX, "HINDRANCE_",
                             [](int v) { return v1::Hindrance_Name(v); });
  ExpectSameNames<HoldRule>(v1::HoldRule_MAX, "HOLD_RULE_",
                            [](int v) { return v1::HoldRule_Name(v); });
  ExpectSameNames<Severity>(v1::Severity_MAX, "SEVERITY_",
                            [](int v) { return v1::Severity_Name(v); });
}

// The values of an enum as its header has them.
std::set<int> ValuesIn(const std::string& header, const std::string& name) {
  const size_t start = header.find("enum class " + name + " ");
  std::istringstream body(header.substr(start, header.find("};", start) - start));
  std::set<int> values;
  for (std::string line; std::getline(body, line);) {
    const std::string_view code = std::string_view(line).substr(0, line.find("//"));
    const size_t first = code.find_first_not_of(' ');
    const size_t equals = code.find(" = ");
    if (first == code.npos || code[first] != 'k' || equals == code.npos) continue;
    values.insert(std::stoi(line.substr(equals + 3)));
  }
  return values;
}

template <class Code>
void ExpectAllTold(const std::string& file, const std::string& name) {
  std::ostringstream header;
  header << std::ifstream(std::string(ECLUSE_SOURCE) + "/proto/" + file).rdbuf();
  std::set<int> told;
  for (const auto& row : CodeTexts<Code>()) told.insert(static_cast<int>(row.code));
  EXPECT_EQ(told, ValuesIn(header.str(), name)) << name;
}

TEST(SchemaTest, EveryEnumeratorOfTheHeadersHasItsTexts) {
  ExpectAllTold<StateCode>("state.h", "StateCode");
  ExpectAllTold<Wait>("state.h", "Wait");
  ExpectAllTold<wire::WhyWaiting>("wire/practice.h", "WhyWaiting");
  ExpectAllTold<wire::Event>("wire/practice.h", "Event");
  ExpectAllTold<wire::Verdict>("wire/ops.h", "Verdict");
  ExpectAllTold<GateCode>("gate.h", "GateCode");
  ExpectAllTold<CauseCode>("history.h", "CauseCode");
  ExpectAllTold<OutcomeCode>("history.h", "OutcomeCode");
  ExpectAllTold<Decision>("outcome.h", "Decision");
  ExpectAllTold<Hindrance>("outcome.h", "Hindrance");
  ExpectAllTold<Kind>("envelope.h", "Kind");
  ExpectAllTold<HoldRule>("hold.h", "HoldRule");
  ExpectAllTold<JobKind>("job.h", "JobKind");
  ExpectAllTold<JobState>("job.h", "JobState");
  ExpectAllTold<wire::JobAct>("wire/reopening.h", "JobAct");
  ExpectAllTold<Severity>("problem.h", "Severity");
  ExpectAllTold<ErrorCode>("errors.h", "ErrorCode");
}

TEST(SchemaTest, ANewEnumeratorIsNoticed) {
  EXPECT_EQ(ValuesIn("enum class Kind : uint8_t {\n  kBill = 2,  // x\n  kNew = 9,\n};", "Kind"),
            (std::set<int>{2, 9}));
}

// Names of errors have a family before their dot that the schema does not have.
TEST(SchemaTest, EveryErrorCodeIsInTheSchemaAndHasAText) {
  size_t found = 0;
  for (int value = 0; value <= v1::ErrorCode_MAX; ++value) {
    const std::string name = v1::ErrorCode_Name(value);
    if (name.empty()) continue;
    ++found;
    EXPECT_NE(NameOf(static_cast<ErrorCode>(value)), "unknown") << name;
  }
  EXPECT_EQ(found, CodeTexts<ErrorCode>().size());
}

}  // namespace
}  // namespace ecluse
