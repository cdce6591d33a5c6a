// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "proto/codec_pb.h"
#include "proto/shape.h"

namespace ecluse::codec {

static void Put(const wire::Deposit& from, pb::Call* call, Frames& frames) {
  auto* to = call->mutable_deposit();
  to->mutable_items()->Reserve(static_cast<int>(from.items.size()));
  for (const auto& item : from.items) {
    auto* one = to->add_items();
    Put(item.destination, one->mutable_destination());
    one->set_finess(item.finess);
    one->set_reference(item.reference);
    one->set_kind(static_cast<pb::Kind>(item.kind));
    one->set_format(item.format);
    one->set_follows(item.follows.value);
    if (item.card) Put(*item.card, one->mutable_card());
    frames.push_back(item.content);
  }
}

static void Get(const pb::Deposit::Item& from, const At& at, Reading& in, wire::Deposit::Item& to) {
  GetOrByCard(from.destination(), at / "destination", in, to.destination);
  to.finess = from.finess();
  in.Require(IsFiness(to.finess), at / "finess", ErrorCode::kMalformed);
  to.reference = GetReference(from.reference(), at / "reference", in);
  to.kind = GetKind(from.kind(), at / "kind", in);
  to.format = from.format();
  in.Require(IsFormat(to.format), at / "format", ErrorCode::kFormat);
  const At content = at / "content";
  to.content = in.Frame(content, limits::kContentBytes, ErrorCode::kContentTooLarge);
  in.Require(!to.content.empty(), content, ErrorCode::kEmptyContent);
  to.follows.value = from.follows();
  // Either the practice chooses, or its card does.
  const bool by_card = to.destination.run_by == kByCard;
  if (from.has_card()) Get(from.card(), at / "card", in, to.card.emplace());
  in.Require(by_card || !to.card, at / "destination" / "run_by", ErrorCode::kCard);
  in.Require(!by_card || to.card, at / "card", ErrorCode::kCard);
}

static void Get(const pb::Deposit& from, Reading& in, wire::Deposit& to) {
  GetAll(from.items(), 1, limits::kDepositsPerCall, Root("items"), in, to.items);
}

static void Put(const wire::StatusOf& from, pb::Call* call, Frames&) {
  auto* to = call->mutable_status_of();
  for (const auto& receipt : from.receipts) to->add_receipts(receipt.value);
  for (const auto& reference : from.references) {
    auto* one = to->add_references();
    Put(reference.destination, one->mutable_destination());
    one->set_reference(reference.reference);
  }
}

static void Get(const pb::StatusOf::ByReference& from, const At& at, Reading& in,
                wire::StatusOf::ByReference& to) {
  GetOrByCard(from.destination(), at / "destination", in, to.destination);
  to.reference = GetReference(from.reference(), at / "reference", in);
}

static void GetReceipts(const google::protobuf::RepeatedField<uint64_t>& from, size_t at_least,
                        Reading& in, std::vector<RequestId>& to) {
  const At receipts = Root("receipts");
  const int size = Many(from.size(), at_least, limits::kStatusPerCall, receipts, in);
  to.reserve(static_cast<size_t>(size));
  for (int i = 0; i < size; ++i) to.push_back({GetNumber(from.Get(i), receipts[i], in)});
}

static void Get(const pb::StatusOf& from, Reading& in, wire::StatusOf& to) {
  GetReceipts(from.receipts(), from.references_size() == 0 ? 1 : 0, in, to.receipts);
  GetAll(from.references(), 0, limits::kStatusPerCall - to.receipts.size(), Root("references"), in,
         to.references);
}

static void Put(const wire::Withdraw& from, pb::Call* call, Frames&) {
  call->mutable_withdraw()->set_receipt(from.receipt.value);
}
static void Get(const pb::Withdraw& from, Reading& in, wire::Withdraw& to) {
  to.receipt.value = GetNumber(from.receipt(), Root("receipt"), in);
}

static void Put(const wire::Inbox& from, pb::Call* call, Frames&) {
  auto* to = call->mutable_inbox();
  to->set_acknowledge(from.acknowledge);
  to->set_at_most(from.at_most);
}
static void Get(const pb::Inbox& from, Reading& in, wire::Inbox& to) {
  to.acknowledge = from.acknowledge();
  to.at_most = from.at_most();
  in.Require(to.at_most <= limits::kInboxPerCall, Root("at_most"), ErrorCode::kTooLarge);
}

static void Put(const wire::Operators&, pb::Call* call, Frames&) { call->mutable_operators(); }

static void Put(const wire::Confirm& from, pb::Call* call, Frames&) {
  auto* to = call->mutable_confirm();
  for (const auto& receipt : from.receipts) to->add_receipts(receipt.value);
}
static void Get(const pb::Confirm& from, Reading& in, wire::Confirm& to) {
  GetReceipts(from.receipts(), 1, in, to.receipts);
}

static void Put(const wire::Decide& from, pb::Call* call, Frames&) {
  call->mutable_decide()->set_receipt(from.receipt.value);
  call->mutable_decide()->set_grant(from.grant);
}
static void Get(const pb::Decide& from, Reading& in, wire::Decide& to) {
  to.receipt.value = GetNumber(from.receipt(), Root("receipt"), in);
  to.grant = GetOperatorNumber(from.grant(), Root("grant"), in);
}

static void Put(const wire::SentElsewhere& from, pb::Call* call, Frames&) {
  auto* to = call->mutable_sent_elsewhere();
  to->set_receipt(from.receipt.value);
  to->set_proof(from.proof);
  to->set_number(from.number);
}
static void Get(const pb::SentElsewhere& from, Reading& in, wire::SentElsewhere& to) {
  to.receipt.value = GetNumber(from.receipt(), Root("receipt"), in);
  to.proof = GetProof(from.proof(), Root("proof"), in);
  to.number = GetOperatorNumber(from.number(), Root("number"), in);
}

// ---- replies --------------------------------------------------------------------------------

static void Put(const wire::Receipt& from, size_t room, pb::Receipt* to) {
  to->set_number(from.number.value);
  to->set_deposited_at_unix_ms(UnixMillis(from.deposited_at));
  to->set_repeated(from.repeated);
  if (from.destination != Destination{}) Put(from.destination, to->mutable_destination());
  PutProblems(from.warnings, room, to->mutable_warnings());
}

static void Get(const pb::Receipt& from, const At& at, Reading& in, wire::Receipt& to) {
  to.number.value = GetNumber(from.number(), at / "number", in);
  to.deposited_at = GetTime(from.deposited_at_unix_ms(), at / "deposited_at_unix_ms", in);
  to.repeated = from.repeated();
  if (from.has_destination()) Get(from.destination(), at / "destination", in, to.destination);
  GetProblems(from.warnings(), at / "warnings", in, to.warnings);
}

static void Put(const wire::DepositResult& from, pb::Reply* reply, Frames&) {
  auto* to = reply->mutable_deposit();
  size_t told = 0;
  for (const auto& result : from.results) {
    auto* one = to->add_results();
    const size_t room = std::min(limits::kProblemsPerItem, limits::kProblemsPerReply - told);
    if (const auto* receipt = std::get_if<wire::Receipt>(&result)) {
      Put(*receipt, room, one->mutable_receipt());
      told += static_cast<size_t>(one->receipt().warnings_size());
    } else {
      Put(std::get<Error>(result), room, one->mutable_error());
      told += static_cast<size_t>(one->error().problems_size());
    }
  }
}

static void Get(const pb::DepositResult::Result& from, const At& at, Reading& in,
                std::variant<wire::Receipt, Error>& to) {
  if (from.has_receipt()) {
    Get(from.receipt(), at / "receipt", in, to.emplace<wire::Receipt>());
  } else {
    Get(from.error(), at / "error", in, to.emplace<Error>());
  }
}

static void Get(const pb::DepositResult& from, Reading& in, wire::DepositResult& to) {
  GetAll(from.results(), 0, limits::kDepositsPerCall, Root("results"), in, to.results);
}

static void Put(const std::variant<wire::RequestStatus, Error>& from,
                pb::StatusResult::Result* to) {
  if (const auto* status = std::get_if<wire::RequestStatus>(&from)) {
    Put(*status, to->mutable_status());
  } else {
    Put(std::get<Error>(from), to->mutable_error());
  }
}

static void Put(const wire::StatusResult& from, pb::Reply* reply, Frames&) {
  auto* to = reply->mutable_status_of();
  for (const auto& result : from.results) Put(result, to->add_results());
}

static void Get(const pb::StatusResult::Result& from, const At& at, Reading& in,
                std::variant<wire::RequestStatus, Error>& to) {
  if (from.has_status()) {
    Get(from.status(), at / "status", in, to.emplace<wire::RequestStatus>());
  } else {
    Get(from.error(), at / "error", in, to.emplace<Error>());
  }
}

static void Get(const pb::StatusResult& from, Reading& in, wire::StatusResult& to) {
  GetAll(from.results(), 0, limits::kStatusPerCall, Root("results"), in, to.results);
}

static void Put(const wire::SaidResult& from, pb::Reply* reply, Frames&) {
  auto* to = reply->mutable_said();
  for (const auto& result : from.results) Put(result, to->add_results());
}
static void Get(const pb::SaidResult& from, Reading& in, wire::SaidResult& to) {
  GetAll(from.results(), 0, limits::kStatusPerCall, Root("results"), in, to.results);
}

static void Put(const wire::WithdrawResult& from, pb::Reply* reply, Frames&) {
  Put(from.status, reply->mutable_withdraw()->mutable_status());
}
static void Get(const pb::WithdrawResult& from, Reading& in, wire::WithdrawResult& to) {
  Get(from.status(), Root("status"), in, to.status);
}

static void Put(const wire::InboxResult& from, pb::Reply* reply, Frames& frames) {
  auto* to = reply->mutable_inbox();
  to->set_remaining(from.remaining);
  for (const auto& entry : from.entries) {
    auto* one = to->add_entries();
    one->set_position(entry.position);
    one->set_request(entry.request.value);
    Put(entry.destination, one->mutable_destination());
    one->set_reference(entry.reference);
    one->set_event(static_cast<pb::Event>(entry.event));
    one->set_decision(static_cast<pb::Decision>(entry.decision));
    one->set_at_unix_ms(UnixMillis(entry.at));
    one->set_format(entry.format);
    one->set_why(static_cast<pb::WhyWaiting>(entry.why));
    frames.push_back(entry.body);
  }
}

static void Get(const pb::InboxEntry& from, const At& at, Reading& in, wire::InboxEntry& to) {
  to.position = GetNumber(from.position(), at / "position", in);
  to.request.value = GetNumber(from.request(), at / "request", in);
  Get(from.destination(), at / "destination", in, to.destination);
  to.reference = GetReference(from.reference(), at / "reference", in);
  to.event =
      GetEnum(from.event(), wire::Event::kAnswered, wire::Event::kReturned, at / "event", in);
  to.decision = GetDecision(from.decision(), at / "decision", in);
  to.at = GetTime(from.at_unix_ms(), at / "at_unix_ms", in);
  to.format = from.format();
  in.Require(IsAnswerFormat(to.format), at / "format", ErrorCode::kFormat);
  to.body = in.Frame(at / "body", limits::kAnswerBytes, ErrorCode::kAnswerTooLarge);
  to.why = GetWhy(from.why(), at / "why", in);
}

static void Get(const pb::InboxResult& from, Reading& in, wire::InboxResult& to) {
  GetAll(from.entries(), 0, limits::kInboxPerCall, Root("entries"), in, to.entries);
  to.remaining = from.remaining();
}

static void Put(const wire::OperatorsResult& from, pb::Reply* reply, Frames&) {
  PutAll(from.destinations, reply->mutable_operators()->mutable_destinations());
}
static void Get(const pb::OperatorsResult& from, Reading& in, wire::OperatorsResult& to) {
  GetAll(from.destinations(), 0, limits::kDestinations, Root("destinations"), in, to.destinations);
}

// ---- dispatch -------------------------------------------------------------------------------

bool PutPracticeCall(const wire::CallBody& from, pb::Call* to, Frames& frames) {
  return PutOneOf<wire::Deposit, wire::StatusOf, wire::Withdraw, wire::Inbox, wire::Operators,
                  wire::Confirm, wire::Decide, wire::SentElsewhere>(
      from, [&](const auto& body) { Put(body, to, frames); });
}

std::optional<wire::CallBody> GetPracticeCall(const pb::Call& from, Reading& in) {
  switch (from.body_case()) {
    case pb::Call::kDeposit:
      return Whole<wire::Deposit>(from.deposit(), in);
    case pb::Call::kStatusOf:
      return Whole<wire::StatusOf>(from.status_of(), in);
    case pb::Call::kWithdraw:
      return Whole<wire::Withdraw>(from.withdraw(), in);
    case pb::Call::kInbox:
      return Whole<wire::Inbox>(from.inbox(), in);
    case pb::Call::kOperators:
      return wire::Operators{};
    case pb::Call::kConfirm:
      return Whole<wire::Confirm>(from.confirm(), in);
    case pb::Call::kDecide:
      return Whole<wire::Decide>(from.decide(), in);
    case pb::Call::kSentElsewhere:
      return Whole<wire::SentElsewhere>(from.sent_elsewhere(), in);
    default:
      return std::nullopt;
  }
}

bool PutPracticeReply(const wire::ReplyBody& from, pb::Reply* to, Frames& frames) {
  return PutOneOf<wire::DepositResult, wire::StatusResult, wire::WithdrawResult, wire::InboxResult,
                  wire::OperatorsResult, wire::SaidResult>(
      from, [&](const auto& body) { Put(body, to, frames); });
}

std::optional<wire::ReplyBody> GetPracticeReply(const pb::Reply& from, Reading& in) {
  switch (from.body_case()) {
    case pb::Reply::kDeposit:
      return Whole<wire::DepositResult>(from.deposit(), in);
    case pb::Reply::kStatusOf:
      return Whole<wire::StatusResult>(from.status_of(), in);
    case pb::Reply::kWithdraw:
      return Whole<wire::WithdrawResult>(from.withdraw(), in);
    case pb::Reply::kInbox:
      return Whole<wire::InboxResult>(from.inbox(), in);
    case pb::Reply::kOperators:
      return Whole<wire::OperatorsResult>(from.operators(), in);
    case pb::Reply::kSaid:
      return Whole<wire::SaidResult>(from.said(), in);
    default:
      return std::nullopt;
  }
}

}  // namespace ecluse::codec
