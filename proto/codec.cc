// SPDX-License-Identifier: Apache-2.0
#include "proto/codec.h"

#include <google/protobuf/arena.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "proto/codec_pb.h"

namespace ecluse {
namespace {

// The schema is four or five messages deep. What is deeper is not ours.
constexpr int kDepth = 8;
// Where a message begins; enough for its version and correlation.
constexpr int kHeadBytes = 64;

// Lets a small message be read without asking the heap for each of its parts.
class Memory {
 public:
  Memory() : arena_(Options()) {}
  template <class Message>
  Message* New() {
    return google::protobuf::Arena::CreateMessage<Message>(&arena_);
  }

 private:
  google::protobuf::ArenaOptions Options() {
    google::protobuf::ArenaOptions options;
    options.initial_block = first_;
    options.initial_block_size = sizeof(first_);
    return options;
  }
  alignas(8) char first_[4096];
  google::protobuf::Arena arena_;
};

// Protobuf tells stderr about text that is not UTF-8. A peer must not be able to fill a log.
bool Silence() {
  google::protobuf::SetLogHandler(nullptr);
  return true;
}

template <class Message>
bool Parse(const std::string& bytes, int size, Message* to) {
  static const bool silent [[maybe_unused]] = Silence();
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()), size);
  in.SetRecursionLimit(kDepth);
  return to->MergeFromCodedStream(&in) && in.ConsumedEntireMessage();
}

size_t ContentBytes(const Frames& frames) {
  return std::accumulate(frames.begin() + 1, frames.end(), size_t{0},
                         [](size_t sum, const std::string& f) { return sum + f.size(); });
}

struct Limits {
  size_t envelope;
  size_t contents;
};

// Reads the envelope frame as far as it goes. What of it was read is in `to`, whatever is said.
template <class Message>
Error ReadEnvelope(const Frames& frames, const Limits& limits, Message* to) {
  if (frames.empty()) return {ErrorCode::kMalformed, ""};
  const bool too_large = frames[0].size() > limits.envelope;
  const int size = too_large ? kHeadBytes : static_cast<int>(frames[0].size());
  const bool parsed = Parse(frames[0], size, to);
  // Before anything else: another version may be all different after its head.
  if (to->version() != wire::kVersion && (to->version() != 0 || parsed)) {
    return {ErrorCode::kVersion, "version"};
  }
  if (too_large || ContentBytes(frames) > limits.contents) return {ErrorCode::kTooLarge, ""};
  if (!parsed) return {ErrorCode::kMalformed, ""};
  return {};
}

Frames Seal(const google::protobuf::MessageLite& envelope, Frames frames) {
  envelope.SerializeToString(&frames[0]);
  return frames;
}

}  // namespace

Frames EncodeCall(const wire::Call& call) {
  Memory memory;
  auto* to = memory.New<v1::Call>();
  to->set_version(wire::kVersion);
  to->set_correlation(call.correlation);
  Frames frames(1);
  if (!codec::PutPracticeCall(call.body, to, frames) &&
      !codec::PutAdapterCall(call.body, to, frames) && !codec::PutOpsCall(call.body, to)) {
    codec::PutReopeningCall(call.body, to);
  }
  return Seal(*to, std::move(frames));
}

Frames EncodeReply(const wire::Reply& reply) {
  Memory memory;
  auto* to = memory.New<v1::Reply>();
  to->set_version(wire::kVersion);
  to->set_correlation(reply.correlation);
  Frames frames(1);
  if (const auto* error = std::get_if<Error>(&reply.body)) {
    codec::Put(*error, to->mutable_error());
  } else if (!codec::PutPracticeReply(reply.body, to, frames) &&
             !codec::PutAdapterReply(reply.body, to, frames) &&
             !codec::PutOpsReply(reply.body, to)) {
    codec::PutReopeningReply(reply.body, to, frames);
  }
  return Seal(*to, std::move(frames));
}

std::variant<wire::Call, BadMessage> DecodeCall(Frames frames) {
  constexpr Limits kLimits{limits::kEnvelopeFrameBytes, limits::kBytesPerCall};
  Memory memory;
  auto* from = memory.New<v1::Call>();
  Error wrong = ReadEnvelope(frames, kLimits, from);
  if (wrong.code != ErrorCode::kNone) return BadMessage{std::move(wrong), from->correlation()};

  codec::Reading in(std::move(frames));
  std::optional<wire::CallBody> body = codec::GetPracticeCall(*from, in);
  if (!body) body = codec::GetAdapterCall(*from, in);
  if (!body) body = codec::GetOpsCall(*from, in);
  if (!body) body = codec::GetReopeningCall(*from, in);
  in.Require(body.has_value(), codec::Root("body"), ErrorCode::kMalformed);
  wrong = in.Finish();
  if (wrong.code != ErrorCode::kNone) return BadMessage{std::move(wrong), from->correlation()};
  return wire::Call{from->correlation(), *std::move(body)};
}

std::variant<wire::Reply, BadMessage> DecodeReply(Frames frames) {
  // A reply may list every hold or a long history, so its envelope may be larger than a call's.
  constexpr Limits kLimits{limits::kBytesPerReply, limits::kBytesPerReply};
  Memory memory;
  auto* from = memory.New<v1::Reply>();
  Error wrong = ReadEnvelope(frames, kLimits, from);
  if (wrong.code != ErrorCode::kNone) return BadMessage{std::move(wrong), from->correlation()};

  codec::Reading in(std::move(frames));
  std::optional<wire::ReplyBody> body;
  if (from->body_case() == v1::Reply::kError) {
    Error error;
    codec::Get(from->error(), codec::Root("error"), in, error);
    body = std::move(error);
  }
  if (!body) body = codec::GetPracticeReply(*from, in);
  if (!body) body = codec::GetAdapterReply(*from, in);
  if (!body) body = codec::GetOpsReply(*from, in);
  if (!body) body = codec::GetReopeningReply(*from, in);
  in.Require(body.has_value(), codec::Root("body"), ErrorCode::kMalformed);
  wrong = in.Finish();
  if (wrong.code != ErrorCode::kNone) return BadMessage{std::move(wrong), from->correlation()};
  return wire::Reply{from->correlation(), *std::move(body)};
}

}  // namespace ecluse
