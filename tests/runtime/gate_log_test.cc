// SPDX-License-Identifier: Apache-2.0
#include "broker/runtime/gate_log.h"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <sstream>

namespace ecluse {
namespace {

const Destination kWhere{{"viamedis"}, {"authorisation"}};

class GateLogTest : public testing::Test {
 protected:
  GateLogTest() : before_(spdlog::default_logger()) {
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_st>(said_);
    auto logger = std::make_shared<spdlog::logger>("test", sink);
    logger->set_pattern("%l: %v");
    spdlog::set_default_logger(logger);
  }
  ~GateLogTest() override { spdlog::set_default_logger(before_); }

  // What is said when this record is written.
  std::string Written(const GateState& gate) {
    said_.str("");
    store::Batch batch;
    batch.gates.emplace_back(kWhere, gate);
    log_.Note(batch);
    return said_.str();
  }

  std::ostringstream said_;
  std::shared_ptr<spdlog::logger> before_;
  GateLog log_;
  GateState gate_;
};

TEST_F(GateLogTest, AChangeIsToldOnceHoweverOftenItIsWritten) {
  gate_.code = GateCode::kRamping;
  gate_.reason = "the first was taken";
  EXPECT_EQ(Written(gate_),
            "info: gate viamedis/authorisation: open for more and more, by the broker: the first "
            "was taken\n");
  gate_.pace.window = 2000;
  EXPECT_EQ(Written(gate_), "");
}

TEST_F(GateLogTest, AGateThatAsksIsAnError) {
  gate_.code = GateCode::kReclosed;
  gate_.asks = true;
  gate_.reason = "17 of 20 answers are refusals";
  EXPECT_EQ(Written(gate_),
            "error: gate viamedis/authorisation: closed again, by the broker: 17 of 20 answers are "
            "refusals; only `eclusectl reopen` goes on\n");
}

TEST_F(GateLogTest, AReclosureTellsHowLong) {
  gate_.code = GateCode::kReclosed;
  gate_.reason = "no reply came";
  gate_.paused_until = absl::FromUnixSeconds(1707742800);
  EXPECT_EQ(Written(gate_),
            "warning: gate viamedis/authorisation: closed again, by the broker: no reply came; "
            "nothing before 2024-02-12T13:00:00+00:00\n");
}

TEST_F(GateLogTest, AnHourThatSlipsIsToldWithoutPeoplesWords) {
  gate_.code = GateCode::kClosed;
  gate_.by = gate_.announced_by = "anne";
  gate_.reason = "a person's words";
  gate_.source = "a person's words";
  EXPECT_EQ(Written(gate_), "info: gate viamedis/authorisation: closed, by anne\n");
  gate_.announced = absl::FromUnixSeconds(1707742800);
  gate_.slips = 1;
  EXPECT_EQ(Written(gate_),
            "info: gate viamedis/authorisation: announced for 2024-02-12T13:00:00+00:00, written "
            "down by anne, slips so far: 1\n");
  EXPECT_EQ(Written(gate_), "");
  gate_.announced = absl::InfiniteFuture();
  EXPECT_EQ(Written(gate_),
            "info: gate viamedis/authorisation: no announced hour any more, by anne\n");
}

}  // namespace
}  // namespace ecluse
