// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <sstream>
#include <string>
#include <vector>

#include "broker/ctl/world.h"
#include "tests/ctl/samples.h"

namespace ecluse::ctl {

// A world whose broker hears every call and answers what the test laid out, in order. With nothing
// laid out it does not answer.
class FakeBroker {
 public:
  int Say(const std::vector<std::string>& arguments) {
    World world{[this](const Settings& s) -> absl::StatusOr<Ask> {
                  settings = s;
                  return Ask([this](const wire::CallBody& call) { return Answer(call); });
                },
                [this] { return now; }, [this](absl::Duration pause) { now += pause; }, out, err};
    world.terminal = terminal;
    return Run(arguments, world);
  }

  std::deque<wire::ReplyBody> replies;
  std::vector<wire::CallBody> heard;
  Settings settings;
  std::ostringstream out;
  std::ostringstream err;
  bool terminal = false;
  absl::Time now = sample::Now();

 private:
  absl::StatusOr<wire::ReplyBody> Answer(const wire::CallBody& call) {
    heard.push_back(call);
    if (replies.empty()) return absl::DeadlineExceededError("silence");
    wire::ReplyBody reply = std::move(replies.front());
    replies.pop_front();
    return reply;
  }
};

}  // namespace ecluse::ctl
