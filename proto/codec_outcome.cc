// SPDX-License-Identifier: Apache-2.0
#include "proto/codec_pb.h"
#include "proto/shape.h"

// Outcomes, with the frame of those that have a body.
namespace ecluse::codec {
namespace {

std::string GetFormat(const std::string& value, const At& at, Reading& in) {
  in.Require(IsAnswerFormat(value), at, ErrorCode::kFormat);
  return value;
}

std::string GetBody(const At& at, Reading& in) {
  return in.Frame(at, limits::kAnswerBytes, ErrorCode::kAnswerTooLarge);
}

Outcome GetAnswered(const pb::Outcome::Answered& from, const At& at, Reading& in) {
  return outcome::Answered{GetDecision(from.decision(), at / "decision", in),
                           GetFormat(from.format(), at / "format", in), GetBody(at / "body", in),
                           GetOperatorNumber(from.number(), at / "number", in)};
}

Outcome GetAccepted(const pb::Outcome::Accepted& from, const At& at, Reading& in) {
  outcome::Accepted to{GetDuration(from.ask_after_ms(), at / "ask_after_ms", in)};
  to.number = GetOperatorNumber(from.number(), at / "number", in);
  if (!from.has_word()) return to;
  const At word = at / "word";
  to.decision = GetDecision(from.word().decision(), word / "decision", in);
  in.Require(to.decision != Decision::kOther, word / "decision", ErrorCode::kMalformed);
  to.format = GetFormat(from.word().format(), word / "format", in);
  to.body = GetBody(word / "body", in);
  return to;
}

Outcome GetDeferred(const pb::Outcome::Deferred& from, const At& at, Reading& in) {
  return outcome::Deferred{GetEnum(from.hindrance(), Hindrance::kUnreachable, Hindrance::kTechnical,
                                   at / "hindrance", in),
                           GetDuration(from.retry_after_ms(), at / "retry_after_ms", in),
                           from.whole_destination(), from.epoch()};
}

// Says one alternative into its message.
struct Putter {
  pb::Outcome* to;
  Frames& frames;

  void operator()(const outcome::Answered& from) const {
    to->mutable_answered()->set_decision(static_cast<pb::Decision>(from.decision));
    to->mutable_answered()->set_format(from.format);
    to->mutable_answered()->set_number(from.number);
    frames.push_back(from.body);
  }
  void operator()(const outcome::Accepted& from) const {
    auto* accepted = to->mutable_accepted();
    accepted->set_ask_after_ms(Millis(from.ask_after));
    accepted->set_number(from.number);
    if (from.decision == Decision::kOther) return;
    accepted->mutable_word()->set_decision(static_cast<pb::Decision>(from.decision));
    accepted->mutable_word()->set_format(from.format);
    frames.push_back(from.body);
  }
  void operator()(const outcome::Deferred& from) const {
    auto* deferred = to->mutable_deferred();
    deferred->set_hindrance(static_cast<pb::Hindrance>(from.hindrance));
    deferred->set_retry_after_ms(Millis(from.retry_after));
    deferred->set_whole_destination(from.whole_destination);
    deferred->set_epoch(from.epoch);
  }
  void operator()(const outcome::Rejected& from) const {
    to->mutable_rejected()->set_format(from.format);
    frames.push_back(from.body);
  }
};

}  // namespace

void Put(const Outcome& from, pb::Outcome* to, Frames& frames) {
  std::visit(Putter{to, frames}, from);
}

Outcome GetOutcome(const pb::Outcome& from, const At& at, Reading& in) {
  switch (from.outcome_case()) {
    case pb::Outcome::kAnswered:
      return GetAnswered(from.answered(), at / "answered", in);
    case pb::Outcome::kAccepted:
      return GetAccepted(from.accepted(), at / "accepted", in);
    case pb::Outcome::kDeferred:
      return GetDeferred(from.deferred(), at / "deferred", in);
    case pb::Outcome::kRejected: {
      const At here = at / "rejected";
      return outcome::Rejected{GetFormat(from.rejected().format(), here / "format", in),
                               GetBody(here / "body", in)};
    }
    default:
      in.Fail(at, ErrorCode::kMalformed);
      return outcome::Accepted{};
  }
}

}  // namespace ecluse::codec
