// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <variant>

#include "tests/proto/samples.h"

// What decoding says of a message: for tests that change a sample in one place.
namespace ecluse::say {

// "202 items[0].reference": what decoding says, or "fine".
template <class Message>
std::string Say(const std::variant<Message, BadMessage>& decoded) {
  const auto* bad = std::get_if<BadMessage>(&decoded);
  if (bad == nullptr) return "fine";
  return std::to_string(static_cast<int>(bad->error.code)) + ' ' + bad->error.field;
}
inline std::string SayCall(const wire::CallBody& body) {
  return Say(DecodeCall(EncodeCall({1, body})));
}
inline std::string SayReply(const wire::ReplyBody& body) {
  return Say(DecodeReply(EncodeReply({1, body})));
}

// The sample of one kind of call, changed in one place.
template <class Body>
std::string With(const std::function<void(Body&)>& change) {
  for (const auto& sample : samples::Calls()) {
    if (const auto* body = std::get_if<Body>(&sample.call.body)) {
      Body changed = *body;
      change(changed);
      return SayCall(changed);
    }
  }
  return "no sample";
}
template <class Body>
std::string WithReply(const std::function<void(Body&)>& change) {
  for (const auto& sample : samples::Replies()) {
    if (const auto* body = std::get_if<Body>(&sample.reply.body)) {
      Body changed = *body;
      change(changed);
      return SayReply(changed);
    }
  }
  return "no sample";
}

}  // namespace ecluse::say
