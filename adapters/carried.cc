// SPDX-License-Identifier: Apache-2.0
#include "adapters/carried.h"

#include <string>
#include <variant>

#include "proto/limits.h"
#include "proto/shape.h"

namespace ecluse {
namespace {

// The format and body of an outcome that has them.
struct Content {
  std::string* format = nullptr;
  std::string* body = nullptr;
};

// A number that can't travel is left out: a part of it would be another number.
void LeaveOutUnfit(std::string* number) {
  if (number != nullptr && !IsText(*number, limits::kNumberBytes)) number->clear();
}

struct NumberOf {
  std::string* operator()(outcome::Answered& from) const { return &from.number; }
  std::string* operator()(outcome::Accepted& from) const { return &from.number; }
  std::string* operator()(outcome::Rejected&) const { return nullptr; }
  std::string* operator()(outcome::Deferred&) const { return nullptr; }
};

struct ContentOf {
  Content operator()(outcome::Answered& from) const { return {&from.format, &from.body}; }
  Content operator()(outcome::Accepted& from) const { return {&from.format, &from.body}; }
  Content operator()(outcome::Rejected& from) const { return {&from.format, &from.body}; }
  Content operator()(outcome::Deferred&) const { return {}; }
};

}  // namespace

std::optional<Outcome> Carried(std::optional<Outcome> outcome) {
  if (!outcome) return outcome;
  LeaveOutUnfit(std::visit(NumberOf{}, *outcome));
  const Content content = std::visit(ContentOf{}, *outcome);
  if (content.body == nullptr) return outcome;
  if (content.body->size() > limits::kAnswerBytes) {
    if (!std::holds_alternative<outcome::Accepted>(*outcome)) return std::nullopt;
    content.body->clear();
    content.format->clear();
  }
  if (!IsAnswerFormat(*content.format)) *content.format = "application/octet-stream";
  return outcome;
}

size_t BodyBytes(const std::optional<Outcome>& outcome) {
  if (!outcome) return 0;
  if (const auto* answered = std::get_if<outcome::Answered>(&*outcome)) {
    return answered->body.size();
  }
  if (const auto* accepted = std::get_if<outcome::Accepted>(&*outcome)) {
    return accepted->body.size();
  }
  if (const auto* rejected = std::get_if<outcome::Rejected>(&*outcome)) {
    return rejected->body.size();
  }
  return 0;
}

}  // namespace ecluse
