// SPDX-License-Identifier: Apache-2.0
#include "tests/support/programs/ops.h"

#include <utility>
#include <variant>

#include "proto/limits.h"

namespace ecluse::programs {
namespace {

constexpr absl::Duration kWithin = absl::Seconds(20);

}  // namespace

absl::StatusOr<Ops> Ops::Connect(LinkOptions options) {
  absl::StatusOr<std::unique_ptr<Link>> link = Link::Open(std::move(options));
  if (!link.ok()) return link.status();
  return Ops(*std::move(link));
}

template <class Result>
absl::StatusOr<Result> Ops::Ask(wire::CallBody body) {
  absl::StatusOr<wire::ReplyBody> reply = link_->Ask(std::move(body), kWithin);
  if (!reply.ok()) return reply.status();
  if (const Error* error = std::get_if<Error>(&*reply)) return ToStatus(*error);
  if (Result* result = std::get_if<Result>(&*reply)) return std::move(*result);
  return absl::InternalError("the broker answered something else than it was asked");
}

absl::Status Ops::Close(const Destination& destination, const std::string& reason,
                        std::optional<absl::Time> announced) {
  return Ask<wire::GateResult>(wire::Close{destination, reason, announced}).status();
}

absl::Status Ops::Announce(const Destination& destination, absl::Time at,
                           const std::string& source) {
  const wire::Announce call{destination, at, source, "told by the operator"};
  return Ask<wire::GateResult>(call).status();
}

absl::Status Ops::DeclareIncident(const OperatorId& at, absl::Time since,
                                  const std::string& reason) {
  wire::PlaceHold hold;
  hold.scope.run_by = at;
  hold.reason = reason;
  hold.rule = HoldRule::kIncident;
  hold.since = since;
  return Ask<wire::HoldsResult>(std::move(hold)).status();
}

absl::StatusOr<wire::StatusReport> Ops::Status() { return Ask<wire::StatusReport>(wire::Status{}); }

absl::StatusOr<std::vector<wire::ListRow>> Ops::ListAll(Filter filter) {
  std::vector<wire::ListRow> rows;
  wire::List list;
  list.filter = std::move(filter);
  list.at_most = limits::kListPerCall;
  do {
    absl::StatusOr<wire::ListResult> page = Ask<wire::ListResult>(list);
    if (!page.ok()) return page.status();
    for (wire::ListRow& row : page->rows) rows.push_back(std::move(row));
    list.after = page->next;
  } while (list.after.value != 0);
  return rows;
}

absl::StatusOr<wire::ShowResult> Ops::Show(RequestId request) {
  return Ask<wire::ShowResult>(wire::Show{request});
}

absl::Status Ops::Retry(RequestId request, const std::string& note) {
  return Ask<wire::ActResult>(wire::Retry{request, note}).status();
}

absl::StatusOr<std::vector<Hold>> Ops::Holds() {
  absl::StatusOr<wire::HoldsResult> result = Ask<wire::HoldsResult>(wire::Holds{});
  if (!result.ok()) return result.status();
  return std::move(result->holds);
}

}  // namespace ecluse::programs
