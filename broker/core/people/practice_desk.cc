// SPDX-License-Identifier: Apache-2.0
#include "broker/core/people/practice_desk.h"

#include <algorithm>
#include <utility>

#include "broker/core/look/views.h"
#include "broker/core/request/due.h"
#include "proto/limits.h"

namespace ecluse {
namespace {

// What makes an item unfit whatever is known; the codec has refused bad shapes already.
Error Unfit(const identity::Practice& who, const wire::Deposit::Item& item,
            const std::string& path) {
  if (std::find(who.finess.begin(), who.finess.end(), item.finess) == who.finess.end()) {
    return {ErrorCode::kNotYourFiness, path + ".finess"};
  }
  if (item.reference.empty() || item.reference.size() > limits::kReferenceBytes) {
    return {ErrorCode::kReference, path + ".reference"};
  }
  if (item.content.empty()) return {ErrorCode::kEmptyContent, path + ".content"};
  if (item.content.size() > limits::kContentBytes) {
    return {ErrorCode::kContentTooLarge, path + ".content"};
  }
  return {};
}

// A repeat says the same again, in every part.
Error Conflict(const Envelope& earlier, const wire::Deposit::Item& item, const std::string& digest,
               const std::string& path) {
  if (earlier.digest != digest) return {ErrorCode::kConflict, path + ".content"};
  // Another shop of the same practice is not a repeat: it would wait for an answer in vain.
  if (earlier.finess != item.finess) return {ErrorCode::kConflict, path + ".finess"};
  if (earlier.follows != item.follows) return {ErrorCode::kConflict, path + ".follows"};
  if (earlier.card != item.card) return {ErrorCode::kConflict, path + ".card"};
  return {};
}

}  // namespace

// Where it goes: as the practice says, or as the routing tables say of its card.
std::variant<Destination, Error> PracticeDesk::RouteOf(const wire::Deposit::Item& item,
                                                       const std::string& path,
                                                       absl::Time now) const {
  Destination destination = item.destination;
  if (item.card) {
    const std::optional<OperatorId> run_by = books_.routes().Resolve(*item.card, now);
    if (!run_by) return Error{ErrorCode::kNoRoute, path + ".card"};
    destination.run_by = *run_by;
  }
  if (books_.Exists(destination)) return destination;
  return Error{ErrorCode::kUnknownDestination, path + ".destination"};
}

// What is written once and never changes.
Envelope PracticeDesk::EnvelopeOf(const identity::Practice& who, const wire::Deposit::Item& item,
                                  Destination destination, const Turn& turn) const {
  Envelope envelope;
  envelope.practice = who.id;
  envelope.finess = item.finess;
  envelope.destination = std::move(destination);
  envelope.reference = item.reference;
  envelope.kind = item.kind;
  envelope.format = item.format;
  envelope.content_bytes = item.content.size();
  envelope.deposited_at = turn.now;
  envelope.follows = item.follows;
  envelope.card = item.card;
  envelope.due =
      DueOf(books_.PolicyOf(envelope.destination), item.day, turn.now, books_.house().zone);
  // What comes while nothing stops the others is not to wait behind all that piled up.
  const GateCode gate = books_.GateOf(envelope.destination).state().code;
  const bool flows = (gate == GateCode::kOpen || gate == GateCode::kRamping) &&
                     !books_.holds().Stops(envelope.destination);
  envelope.share = flows ? Share::kFresh : Share::kBacklog;
  if (item.kind == Kind::kBill && !item.payee.empty()) {
    envelope.payee = books_.reads().Digest(item.kind, "payee", item.payee);
  }
  return envelope;
}

std::variant<wire::Receipt, Error> PracticeDesk::Admit(const identity::Practice& who,
                                                       const wire::Deposit::Item& item,
                                                       const std::string& path, const Turn& turn) {
  const Error unfit = Unfit(who, item, path);
  if (unfit.code != ErrorCode::kNone) return unfit;

  std::string digest = books_.reads().Digest(item.kind, item.format, item.content);
  const BusinessKey key{who.id, item.destination, item.reference};
  if (const store::Request* earlier = books_.Find(key)) {
    const Envelope& first = earlier->envelope;
    Error conflict = Conflict(first, item, digest, path);
    if (conflict.code != ErrorCode::kNone) return conflict;
    return wire::Receipt{first.id, first.deposited_at, true, first.destination, item.found};
  }
  // After the look at the key: a repeat gets its receipt even when nothing new is taken, when the
  // rules or the routing tables have changed since.
  if (disk_low_) return Error{ErrorCode::kDiskLow, path};
  std::variant<Destination, Error> route = RouteOf(item, path, turn.now);
  if (auto* error = std::get_if<Error>(&route)) return std::move(*error);
  if (item.follows.value != 0) {
    const store::Request* followed = books_.Find(item.follows);
    if (!followed || followed->envelope.practice != who.id) {
      return Error{ErrorCode::kFollows, path + ".follows"};
    }
  }
  if (HasErrors(item.found)) {
    ++unfit_;
    return Error{ErrorCode::kInvalid, path + ".content", item.found};
  }

  Envelope envelope = EnvelopeOf(who, item, std::get<Destination>(std::move(route)), turn);
  envelope.digest = std::move(digest);
  State state = state::Ready{};
  if (envelope.follows.value != 0) {
    std::variant<Cases::Entry, ErrorCode> entry = cases_.Enter(turn, envelope);
    if (const auto* code = std::get_if<ErrorCode>(&entry)) return Error{*code, path + ".follows"};
    auto& [root, begins] = std::get<Cases::Entry>(entry);
    envelope.case_of = root;
    state = std::move(begins);
  }
  if (books_.holds().IsQuarantined(who.id)) state = state::Waiting{{}, Wait::kQuarantine};
  const Destination destination = envelope.destination;
  const RequestId number = books_.Accept(turn, std::move(envelope), item.content, std::move(state));
  return wire::Receipt{number, turn.now, false, destination, item.found};
}

wire::ReplyBody PracticeDesk::Hear(const identity::Practice& who, const wire::Deposit& call,
                                   const Turn& turn) {
  wire::DepositResult result;
  result.results.reserve(call.items.size());
  for (size_t i = 0; i < call.items.size(); ++i) {
    const std::string path = "items[" + std::to_string(i) + "]";
    result.results.push_back(Admit(who, call.items[i], path, turn));
  }
  return result;
}

wire::ReplyBody PracticeDesk::Hear(const identity::Practice& who, const wire::StatusOf& call,
                                   const Turn& turn) {
  wire::StatusResult result;
  const auto tell = [&](const store::Request* request, std::string path) {
    if (request && request->envelope.practice == who.id) {
      result.results.emplace_back(StatusFor(sight_, *request, turn.now));
    } else {
      result.results.emplace_back(Error{ErrorCode::kUnknownRequest, std::move(path)});
    }
  };
  for (size_t i = 0; i < call.receipts.size(); ++i) {
    tell(books_.Find(call.receipts[i]), "receipts[" + std::to_string(i) + "]");
  }
  for (size_t i = 0; i < call.references.size(); ++i) {
    const wire::StatusOf::ByReference& asked = call.references[i];
    tell(books_.Find(BusinessKey{who.id, asked.destination, asked.reference}),
         "references[" + std::to_string(i) + "]");
  }
  return result;
}

wire::ReplyBody PracticeDesk::Hear(const identity::Practice& who, const wire::Withdraw& call,
                                   const Turn& turn) {
  store::Request* request = books_.Find(call.receipt);
  if (!request || request->envelope.practice != who.id) {
    return Error{ErrorCode::kUnknownRequest, "receipt"};
  }
  const bool already = std::holds_alternative<state::Withdrawn>(request->state);
  if (!already && !books_.Apply(turn, *request, cause::Withdrawn{}, {who.id.text, ""})) {
    return Error{ErrorCode::kNotUnsent, "receipt"};
  }
  return wire::WithdrawResult{StatusFor(sight_, *request, turn.now)};
}

wire::ReplyBody PracticeDesk::Hear(const identity::Practice& who, const wire::Inbox& call,
                                   const Turn& turn) {
  books_.OpenInbox(turn, who.id);
  if (call.acknowledge > 0 && !books_.Acknowledge(turn, who.id, call.acknowledge)) {
    return Error{ErrorCode::kInboxGap, "acknowledge"};
  }
  const store::InboxMark mark = books_.MarkOf(who.id);
  wire::InboxResult result;
  const size_t at_most = std::min<size_t>(call.at_most, limits::kInboxPerCall);
  uint64_t read = mark.acknowledged;
  if (at_most > 0 && mark.last > mark.acknowledged) {
    result.entries =
        books_.reads().InboxAfter(who.id, mark.acknowledged, at_most, limits::kBytesPerReply);
    if (!result.entries.empty()) read = result.entries.back().position;
  }
  result.remaining = mark.last - read;
  return result;
}

wire::ReplyBody PracticeDesk::Hear(const identity::Practice& who, const wire::Operators&,
                                   const Turn& turn) {
  wire::OperatorsResult result;
  for (const Destination& destination : books_.Destinations()) {
    result.destinations.push_back(StatusFor(sight_, who.id, destination, turn.now));
  }
  return result;
}

}  // namespace ecluse
