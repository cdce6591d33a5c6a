// SPDX-License-Identifier: Apache-2.0
// What only the practice can say of its requests: that it still wants them, that they are to go all
// the same, that it sent them by other means. Each may be repeated.
#include <string>

#include "broker/core/look/views.h"
#include "broker/core/people/practice_desk.h"
#include "proto/limits.h"
#include "proto/shape.h"

namespace ecluse {
namespace {

constexpr char kReceipt[] = "receipt";

Error NumberWrong(const std::string& number, const char* field) {
  const bool fits = number.size() <= limits::kNumberBytes && IsOperatorNumber(number);
  return fits ? Error{} : Error{ErrorCode::kNumber, field};
}

}  // namespace

store::Request* PracticeDesk::FindOwn(const identity::Practice& who, RequestId receipt) {
  store::Request* request = books_.Find(receipt);
  return request && request->envelope.practice == who.id ? request : nullptr;
}

// It may be said before it is asked: then it is not asked while that is recent enough. Of what is
// at the operator or ended it says nothing, and does no harm.
wire::ReplyBody PracticeDesk::Hear(const identity::Practice& who, const wire::Confirm& call,
                                   const Turn& turn) {
  wire::SaidResult result;
  for (size_t i = 0; i < call.receipts.size(); ++i) {
    store::Request* request = FindOwn(who, call.receipts[i]);
    if (!request) {
      const std::string path = "receipts[" + std::to_string(i) + "]";
      result.results.emplace_back(Error{ErrorCode::kUnknownRequest, path});
      continue;
    }
    const bool said = TriesOf(request->state).confirmed_at == turn.now;
    if (!said) books_.Apply(turn, *request, cause::Confirmed{}, {who.id.text, ""});
    result.results.emplace_back(StatusFor(sight_, *request, turn.now));
  }
  return result;
}

std::variant<wire::RequestStatus, Error> PracticeDesk::DecideOne(const identity::Practice& who,
                                                                 const wire::Decide& call,
                                                                 const Turn& turn) {
  store::Request* request = FindOwn(who, call.receipt);
  if (!request) return Error{ErrorCode::kUnknownRequest, kReceipt};
  if (Error e = NumberWrong(call.grant, "grant"); e.code != ErrorCode::kNone) return e;
  const store::Request* authorisation = cases_.AuthorisationOf(request->envelope);
  const cause::Decided decided{call.grant, authorisation ? TriesOf(authorisation->state).said : 0};
  if (!books_.Apply(turn, *request, decided, {who.id.text, ""})) {
    const Tries& tries = TriesOf(request->state);
    const bool repeated = tries.decided != 0 && tries.grant == call.grant;
    if (!repeated) return Error{ErrorCode::kNotAsked, kReceipt};
  }
  return StatusFor(sight_, *request, turn.now);
}

std::variant<wire::RequestStatus, Error> PracticeDesk::NoteElsewhere(
    const identity::Practice& who, const wire::SentElsewhere& call, const Turn& turn) {
  store::Request* request = FindOwn(who, call.receipt);
  if (!request) return Error{ErrorCode::kUnknownRequest, kReceipt};
  const bool proof = !call.proof.empty() && IsText(call.proof, limits::kReasonBytes);
  if (!proof) return Error{ErrorCode::kNumber, "proof"};
  if (Error e = NumberWrong(call.number, "number"); e.code != ErrorCode::kNone) return e;
  if (std::holds_alternative<state::Elsewhere>(request->state)) {
    // A repeat. Another number would be another story, and the first may be on a bill already.
    const bool same = call.number.empty() || call.number == TriesOf(request->state).number;
    if (!same) return Error{ErrorCode::kNotUnsent, kReceipt};
    return StatusFor(sight_, *request, turn.now);
  }
  // What an export took may be in a file already: whoever exports says so.
  const auto* waiting = std::get_if<state::Waiting>(&request->state);
  const bool taken = waiting && waiting->reason == Wait::kExport;
  if (taken ||
      !books_.Apply(turn, *request, cause::Elsewhere{call.number}, {who.id.text, call.proof})) {
    return Error{ErrorCode::kNotUnsent, kReceipt};
  }
  return StatusFor(sight_, *request, turn.now);
}

wire::ReplyBody PracticeDesk::Hear(const identity::Practice& who, const wire::Decide& call,
                                   const Turn& turn) {
  return wire::SaidResult{{DecideOne(who, call, turn)}};
}

wire::ReplyBody PracticeDesk::Hear(const identity::Practice& who, const wire::SentElsewhere& call,
                                   const Turn& turn) {
  return wire::SaidResult{{NoteElsewhere(who, call, turn)}};
}

}  // namespace ecluse
