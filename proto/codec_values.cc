// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "proto/codec_pb.h"
#include "proto/shape.h"

namespace ecluse::codec {
namespace {

constexpr int64_t kLastUnixMillis = 253'402'300'799'999;  // end of the year 9999

}  // namespace

std::string ToString(const At& at) {
  std::string text;
  if (at.up != nullptr) text = ToString(*at.up);
  if (at.name == nullptr) return text;
  if (!text.empty()) text += '.';
  text += at.name;
  if (at.index >= 0) text += '[' + std::to_string(at.index) + ']';
  return text;
}

void Reading::Fail(const At& at, ErrorCode code) {
  if (fine()) error_ = {code, ToString(at)};
}

std::string Reading::Frame(const At& at, size_t most, ErrorCode too_large) {
  if (next_ >= frames_.size()) {
    Fail(at, ErrorCode::kFrames);
    return {};
  }
  std::string& frame = frames_[next_++];
  Require(frame.size() <= most, at, too_large);
  return std::move(frame);
}

Error Reading::Finish() {
  Require(next_ == frames_.size(), At{}, ErrorCode::kFrames);
  return std::move(error_);
}

uint64_t Millis(absl::Duration duration) {
  const absl::Duration most = absl::Milliseconds(limits::kDurationMillis);
  return static_cast<uint64_t>(
      absl::ToInt64Milliseconds(std::clamp(duration, absl::ZeroDuration(), most)));
}

int64_t UnixMillis(absl::Time time) {
  return std::clamp<int64_t>(absl::ToUnixMillis(time), 0, kLastUnixMillis);
}

absl::Duration GetDuration(uint64_t millis, const At& at, Reading& in) {
  if (millis > limits::kDurationMillis) {
    in.Fail(at, ErrorCode::kTooLarge);
    return absl::ZeroDuration();
  }
  return absl::Milliseconds(millis);
}

absl::Time GetTime(int64_t unix_millis, const At& at, Reading& in) {
  if (unix_millis < 0 || unix_millis > kLastUnixMillis) {
    in.Fail(at, ErrorCode::kMalformed);
    return absl::UnixEpoch();
  }
  return absl::FromUnixMillis(unix_millis);
}

int Many(int size, size_t at_least, size_t at_most, const At& at, Reading& in) {
  const auto count = static_cast<size_t>(size);
  in.Require(count >= at_least, at, ErrorCode::kMalformed);
  in.Require(count <= at_most, at, ErrorCode::kTooLarge);
  return count > at_most ? 0 : size;
}

Kind GetKind(int value, const At& at, Reading& in) {
  return GetEnum(value, Kind::kAuthorisation, Kind::kQuotation, at, in, ErrorCode::kKind);
}

Decision GetDecision(int value, const At& at, Reading& in) {
  return GetEnum(value, Decision::kOther, Decision::kBilled, at, in);
}

StateCode GetState(int value, const At& at, Reading& in) {
  return GetEnum(value, StateCode::kReady, StateCode::kReturned, at, in);
}

wire::WhyWaiting GetWhy(int value, const At& at, Reading& in) {
  return GetEnum(value, wire::WhyWaiting::kNothing, wire::WhyWaiting::kUnserved, at, in);
}

Wait GetWait(int value, const At& at, Reading& in) {
  return GetEnum(value, Wait::kHeld, Wait::kQuarantine, at, in);
}

ErrorCode GetErrorCode(int value, const At& at, Reading& in) {
  return GetEnum(value, ErrorCode::kNone, static_cast<ErrorCode>(999), at, in);
}

uint64_t GetNumber(uint64_t value, const At& at, Reading& in) {
  in.Require(value != 0, at, ErrorCode::kMalformed);
  return value;
}

std::string GetName(const std::string& value, const At& at, Reading& in) {
  in.Require(IsName(value), at, ErrorCode::kMalformed);
  return value;
}

std::string GetReference(const std::string& value, const At& at, Reading& in) {
  in.Require(IsReference(value), at, ErrorCode::kReference);
  return value;
}

std::string GetText(const std::string& value, size_t most, const At& at, Reading& in) {
  in.Require(value.size() <= most, at, ErrorCode::kTooLarge);
  in.Require(IsText(value, value.size()), at, ErrorCode::kMalformed);
  return value;
}

std::string GetReason(const std::string& value, const At& at, Reading& in) {
  in.Require(!value.empty(), at, ErrorCode::kReasonMissing);
  return GetText(value, limits::kReasonBytes, at, in);
}

std::string GetOperatorNumber(const std::string& value, const At& at, Reading& in) {
  in.Require(IsOperatorNumber(value), at, ErrorCode::kNumber);
  return value;
}

std::string GetProof(const std::string& value, const At& at, Reading& in) {
  in.Require(!value.empty() && value.size() <= limits::kReasonBytes, at, ErrorCode::kNumber);
  return GetText(value, value.size(), at, in);
}

void Put(const Destination& from, pb::Destination* to) {
  to->set_run_by(from.run_by.text);
  to->set_service(from.service.text);
}

void Put(const wire::RequestStatus& from, pb::RequestStatus* to) {
  to->set_number(from.number.value);
  Put(from.destination, to->mutable_destination());
  to->set_reference(from.reference);
  to->set_state(static_cast<pb::StateCode>(from.state));
  to->set_why(static_cast<pb::WhyWaiting>(from.why));
  to->set_deposited_at_unix_ms(UnixMillis(from.deposited_at));
  to->set_attempts(from.attempts);
  to->set_before(from.before);
  to->set_follows(from.follows.value);
  for (const Decision said : from.said) to->add_said(static_cast<pb::Decision>(said));
  if (from.due != absl::InfiniteFuture()) to->set_due_unix_ms(UnixMillis(from.due));
  to->set_behind(from.behind.value);
  if (from.goes_in) to->set_goes_in_ms(Millis(*from.goes_in));
}
static void GetSaid(const pb::RequestStatus& from, const At& at, Reading& in,
                    wire::RequestStatus& to) {
  const int size = Many(from.said_size(), 0, static_cast<size_t>(Decision::kBilled), at, in);
  Decision last = Decision::kOther;
  for (int i = 0; i < size; ++i) {
    const Decision said = GetDecision(from.said(i), at[i], in);
    in.Require(said > last, at[i], ErrorCode::kMalformed);
    to.said.push_back(last = said);
  }
}
void Get(const pb::RequestStatus& from, const At& at, Reading& in, wire::RequestStatus& to) {
  to.number.value = from.number();
  Get(from.destination(), at / "destination", in, to.destination);
  to.reference = GetText(from.reference(), limits::kReferenceBytes, at / "reference", in);
  to.state = GetState(from.state(), at / "state", in);
  to.why = GetWhy(from.why(), at / "why", in);
  to.deposited_at = GetTime(from.deposited_at_unix_ms(), at / "deposited_at_unix_ms", in);
  to.attempts = from.attempts();
  to.before = from.before();
  to.follows.value = from.follows();
  GetSaid(from, at / "said", in, to);
  if (from.has_due_unix_ms()) to.due = GetTime(from.due_unix_ms(), at / "due_unix_ms", in);
  to.behind.value = from.behind();
  to.goes_in = GetMaybe(from.has_goes_in_ms(), from.goes_in_ms(), at / "goes_in_ms", in);
}

}  // namespace ecluse::codec
