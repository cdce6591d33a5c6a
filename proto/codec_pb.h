// SPDX-License-Identifier: Apache-2.0
#pragma once

// Private to proto/codec*.cc: what the codecs of the three speakers share. `Put` fills a protobuf
// message from a plain value, `Get` fills a plain value from a protobuf message and checks it.

#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proto/codec.h"
#include "proto/ecluse.pb.h"
#include "proto/limits.h"
#include "proto/wire.h"

namespace ecluse::codec {

namespace pb = ::ecluse::v1;

// Where in the message we are. Lives on the stack; becomes text only when something is wrong.
struct At {
  const At* up = nullptr;
  const char* name = nullptr;
  int index = -1;

  At operator/(const char* field) const { return {this, field, -1}; }
  // The element of a list: `(at / "items")[3]`.
  At operator[](int i) const { return {up, name, i}; }
};
inline At Root(const char* field) { return {nullptr, field, -1}; }
std::string ToString(const At& at);

// A message being read: its content frames, and the first thing found wrong with it. Reading goes
// on after a mistake, so that no function here needs an error path.
class Reading {
 public:
  explicit Reading(Frames frames) : frames_(std::move(frames)) {}

  void Fail(const At& at, ErrorCode code);
  void Require(bool fine, const At& at, ErrorCode code) {
    if (!fine) Fail(at, code);
  }
  // Takes the next content frame, without copying it. `most` bytes, else `too_large`.
  std::string Frame(const At& at, size_t most, ErrorCode too_large);
  // To be called last: no frame may be left over.
  Error Finish();

  bool fine() const { return error_.code == ErrorCode::kNone; }

 private:
  Frames frames_;
  size_t next_ = 1;  // frame 0 is the envelope
  Error error_;
};

// ---- values ---------------------------------------------------------------------------------

// Rounded down to the millisecond; what is infinite or negative is brought into the range.
uint64_t Millis(absl::Duration duration);
int64_t UnixMillis(absl::Time time);

absl::Duration GetDuration(uint64_t millis, const At& at, Reading& in);
absl::Time GetTime(int64_t unix_millis, const At& at, Reading& in);

// `at_least` to `at_most` elements, else 0 to be read and the message is refused.
int Many(int size, size_t at_least, size_t at_most, const At& at, Reading& in);

template <class E>
E GetEnum(int value, E first, E last, const At& at, Reading& in,
          ErrorCode wrong = ErrorCode::kMalformed) {
  if (value >= static_cast<int>(first) && value <= static_cast<int>(last)) {
    return static_cast<E>(value);
  }
  in.Fail(at, wrong);
  return first;
}
Kind GetKind(int value, const At& at, Reading& in);
Decision GetDecision(int value, const At& at, Reading& in);
StateCode GetState(int value, const At& at, Reading& in);
wire::WhyWaiting GetWhy(int value, const At& at, Reading& in);
Wait GetWait(int value, const At& at, Reading& in);
// The list of error codes is open: a newer broker may say one that is not known here.
ErrorCode GetErrorCode(int value, const At& at, Reading& in);

// A number that the broker or a worker has given: never 0.
uint64_t GetNumber(uint64_t value, const At& at, Reading& in);
std::string GetName(const std::string& value, const At& at, Reading& in);
std::string GetReference(const std::string& value, const At& at, Reading& in);
std::string GetText(const std::string& value, size_t most, const At& at, Reading& in);
// Why a person acts: text that is not empty.
std::string GetReason(const std::string& value, const At& at, Reading& in);
// A number given by an operator, perhaps none; how and when something was done elsewhere.
std::string GetOperatorNumber(const std::string& value, const At& at, Reading& in);
std::string GetProof(const std::string& value, const At& at, Reading& in);

// nullopt where the field is absent.
inline std::optional<absl::Duration> GetMaybe(bool has, uint64_t millis, const At& at,
                                              Reading& in) {
  if (!has) return std::nullopt;
  return GetDuration(millis, at, in);
}

// ---- messages that several speakers use -----------------------------------------------------

void Put(const Destination& from, pb::Destination* to);
// Refuses the name that stands for the routing tables; the second takes it.
void Get(const pb::Destination& from, const At& at, Reading& in, Destination& to);
void GetOrByCard(const pb::Destination& from, const At& at, Reading& in, Destination& to);
void Put(const Card& from, pb::Card* to);
void Get(const pb::Card& from, const At& at, Reading& in, Card& to);
using Problems = google::protobuf::RepeatedPtrField<pb::Problem>;
// Where there are more, the errors come before the warnings.
void PutProblems(const std::vector<Problem>& from, size_t at_most, Problems* to);
void GetProblems(const Problems& from, const At& at, Reading& in, std::vector<Problem>& to);
void Put(const Error& from, pb::Error* to);
void Put(const Error& from, size_t problems, pb::Error* to);
void Get(const pb::Error& from, const At& at, Reading& in, Error& to);
void Put(const wire::RequestStatus& from, pb::RequestStatus* to);
void Get(const pb::RequestStatus& from, const At& at, Reading& in, wire::RequestStatus& to);
void Put(const GateState& from, pb::GateState* to);
void Get(const pb::GateState& from, const At& at, Reading& in, GateState& to);
void Put(const wire::DestinationStatus& from, pb::DestinationStatus* to);
void Get(const pb::DestinationStatus& from, const At& at, Reading& in, wire::DestinationStatus& to);
void Put(const Scope& from, pb::Scope* to);
void Get(const pb::Scope& from, const At& at, Reading& in, Scope& to);
void Put(const Hold& from, pb::Hold* to);
void Get(const pb::Hold& from, const At& at, Reading& in, Hold& to);
void Put(const Filter& from, pb::Filter* to);
void Get(const pb::Filter& from, const At& at, Reading& in, Filter& to);
void Put(const wire::ListRow& from, pb::ListRow* to);
void Get(const pb::ListRow& from, const At& at, Reading& in, wire::ListRow& to);

// A body is a frame of its own.
void Put(const Outcome& from, pb::Outcome* to, Frames& frames);
Outcome GetOutcome(const pb::Outcome& from, const At& at, Reading& in);

// ---- speakers -------------------------------------------------------------------------------

// Each knows its own alternatives: Put returns false for a body of another speaker, Get returns
// nullopt. Content frames are appended to `frames`.
bool PutPracticeCall(const wire::CallBody& from, pb::Call* to, Frames& frames);
bool PutAdapterCall(const wire::CallBody& from, pb::Call* to, Frames& frames);
bool PutOpsCall(const wire::CallBody& from, pb::Call* to);
bool PutReopeningCall(const wire::CallBody& from, pb::Call* to);
std::optional<wire::CallBody> GetPracticeCall(const pb::Call& from, Reading& in);
std::optional<wire::CallBody> GetAdapterCall(const pb::Call& from, Reading& in);
std::optional<wire::CallBody> GetOpsCall(const pb::Call& from, Reading& in);
std::optional<wire::CallBody> GetReopeningCall(const pb::Call& from, Reading& in);

bool PutPracticeReply(const wire::ReplyBody& from, pb::Reply* to, Frames& frames);
bool PutAdapterReply(const wire::ReplyBody& from, pb::Reply* to, Frames& frames);
bool PutOpsReply(const wire::ReplyBody& from, pb::Reply* to);
bool PutReopeningReply(const wire::ReplyBody& from, pb::Reply* to, Frames& frames);
std::optional<wire::ReplyBody> GetPracticeReply(const pb::Reply& from, Reading& in);
std::optional<wire::ReplyBody> GetAdapterReply(const pb::Reply& from, Reading& in);
std::optional<wire::ReplyBody> GetOpsReply(const pb::Reply& from, Reading& in);
std::optional<wire::ReplyBody> GetReopeningReply(const pb::Reply& from, Reading& in);

// ---- lists ----------------------------------------------------------------------------------

template <class Plain, class Message>
void PutAll(const std::vector<Plain>& from, google::protobuf::RepeatedPtrField<Message>* to) {
  to->Reserve(static_cast<int>(from.size()));
  for (const auto& one : from) Put(one, to->Add());
}

template <class Message, class Plain>
void GetAll(const google::protobuf::RepeatedPtrField<Message>& from, size_t at_least,
            size_t at_most, const At& at, Reading& in, std::vector<Plain>& to) {
  to.resize(static_cast<size_t>(Many(from.size(), at_least, at_most, at, in)));
  for (size_t i = 0; i < to.size(); ++i) {
    const int index = static_cast<int>(i);
    Get(from.Get(index), at[index], in, to[i]);
  }
}

// ---- alternatives ---------------------------------------------------------------------------

// Calls `put` with the body if it is one of `Mine`.
template <class... Mine, class Body, class Function>
bool PutOneOf(const Body& body, const Function& put) {
  const auto put_if = [&](const auto* mine) {
    if (mine != nullptr) put(*mine);
    return mine != nullptr;
  };
  return (put_if(std::get_if<Mine>(&body)) || ...);
}

template <class Plain, class Message>
Plain Whole(const Message& from, Reading& in) {
  Plain to;
  Get(from, in, to);
  return to;
}

}  // namespace ecluse::codec
