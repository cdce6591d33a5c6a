// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <utility>

#include "broker/ctl/json.h"
#include "broker/ctl/text.h"
#include "broker/ctl/view.h"
#include "broker/ctl/world.h"

namespace ecluse::ctl {

// One command that is being carried out: asks, prints, and keeps how it ended. After a first
// failure the verbs return at once; nothing more is asked.
class Session {
 public:
  explicit Session(World& outside) : world(outside) {}

  World& world;
  Settings settings;
  View view;
  bool json = false;
  int exit = kDone;

  // nullopt: refused or no answer; it was told and `exit` is set.
  template <class Result>
  std::optional<Result> Request(const wire::CallBody& call) {
    auto reply = Say(call);
    if (!reply) return std::nullopt;
    if (auto* result = std::get_if<Result>(&*reply)) return std::move(*result);
    Fail(kNoAnswer, view("the broker's answer does not fit the question",
                         "la réponse du courtier ne correspond pas à la question"));
    return std::nullopt;
  }

  // As Request(), but a refusal with this code is not told: it sets `refused`.
  template <class Result>
  std::optional<Result> RequestUnless(const wire::CallBody& call, ErrorCode code, bool& refused) {
    refused = false;
    auto reply = Hear(call);
    if (!reply) return std::nullopt;
    if (const auto* error = std::get_if<Error>(&*reply); error && error->code == code) {
      refused = true;
      return std::nullopt;
    }
    if (auto* result = std::get_if<Result>(&*reply)) return std::move(*result);
    TellRefusal(*reply);
    return std::nullopt;
  }

  template <class Result>
  void Print(const Result& result) {
    world.out << (json ? Json(result) : Text(result, view));
  }

  // Asks and prints what came.
  template <class Result>
  void Show(const wire::CallBody& call) {
    if (const auto result = Request<Result>(call)) Print(*result);
  }

  // For people only: plans, hints and progress are no part of what programs read.
  void Tell(const std::string& text);
  void Fail(Exit how, const std::string& why);

 private:
  std::optional<wire::ReplyBody> Say(const wire::CallBody& call);
  std::optional<wire::ReplyBody> Hear(const wire::CallBody& call);
  void TellRefusal(const wire::ReplyBody& reply);

  Ask ask_;
};

}  // namespace ecluse::ctl
