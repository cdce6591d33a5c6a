// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/describe.h"

#include <fmt/format.h>

namespace ecluse::sim {
namespace {

std::string Say(const std::optional<Outcome>& outcome) {
  if (!outcome) return "cannot tell";
  if (const auto* deferred = std::get_if<outcome::Deferred>(&*outcome)) {
    return fmt::format("not sent (hindrance {}{}, {}, credential {})",
                       static_cast<int>(deferred->hindrance),
                       deferred->whole_destination ? ", whole destination" : "",
                       absl::FormatDuration(deferred->retry_after), deferred->epoch);
  }
  const char* const names[] = {"answered", "accepted", "deferred", "rejected"};
  std::string text = names[outcome->index()];
  const auto tell = [&](const auto& said) {
    if constexpr (requires { said.decision; }) {
      text += fmt::format(", decision {}", static_cast<int>(said.decision));
    }
  };
  std::visit(tell, *outcome);
  return text;
}

struct Lines {
  std::string who;
  std::vector<Said> said;

  void Add(RequestId request, const std::string& text) {
    said.push_back({request, fmt::format("{} {}", who, text)});
  }
};

// ---- what the broker hears

void Tell(const wire::Deposit& call, Lines& lines) {
  for (const auto& item : call.items) {
    lines.Add({},
              fmt::format("deposits {} for {}{}: {}", item.reference, ToString(item.destination),
                          item.card ? ", card of " + item.card->amc : "", item.content));
  }
}
void Tell(const wire::Withdraw& call, Lines& lines) { lines.Add(call.receipt, "withdraws"); }
void Tell(const wire::Begin& call, Lines& lines) {
  for (const auto& a : call.attempts) {
    lines.Add(a.request,
              fmt::format("(worker {}) asks to begin attempt {}", call.worker.value, a.attempt));
  }
}
void Tell(const wire::Report& call, Lines& lines) {
  const char* of = call.of == wire::Task::What::kProbe ? "its probe" : "its try";
  for (const auto& item : call.items) {
    lines.Add(item.attempt.request,
              fmt::format("(worker {}) reports of {} of attempt {}: {}", call.worker.value, of,
                          item.attempt.attempt, Say(item.outcome)));
  }
}
void Tell(const wire::Answer& call, Lines& lines) {
  lines.Add(call.request, "brings an answer that came by itself: " + Say(call.outcome));
}
void Tell(const wire::Accounts& call, Lines& lines) {
  for (const auto& item : call.items) {
    lines.Add({}, fmt::format("has credential {} of {}", item.epoch, item.practice.text));
  }
}
void Tell(const wire::Close& call, Lines& lines) {
  lines.Add({}, fmt::format("closes {}{}", ToString(call.destination),
                            call.announced ? ", with an hour" : ""));
}
void Tell(const wire::Reopen& call, Lines& lines) {
  lines.Add(
      {}, fmt::format("reopens {}{}", ToString(call.destination), call.at_once ? " at once" : ""));
}
void Tell(const wire::Drain& call, Lines& lines) {
  lines.Add({}, fmt::format("drains the first {} of {}", call.first, ToString(call.destination)));
}
void Tell(const wire::PlaceHold& call, Lines& lines) {
  const Scope& s = call.scope;
  lines.Add(s.request.value_or(RequestId{}),
            fmt::format("places a hold on operator '{}' service '{}' practice '{}' request {}",
                        s.run_by ? s.run_by->text : "", s.service ? s.service->text : "",
                        s.practice ? s.practice->text : "", s.request ? s.request->value : 0));
}
void Tell(const wire::LiftHold& call, Lines& lines) {
  lines.Add({}, fmt::format("lifts hold {}", call.hold.value));
}
void Tell(const wire::Resolve& call, Lines& lines) {
  lines.Add(call.request,
            call.verdict == wire::Verdict::kSent ? "resolves: sent" : "resolves: not sent");
}
void Tell(const wire::Retry& call, Lines& lines) { lines.Add(call.request, "retries"); }
void Tell(const wire::Announce& call, Lines& lines) {
  lines.Add({}, fmt::format("announces {}{}", ToString(call.destination),
                            call.at ? "" : ": no hour any more"));
}
void Tell(const wire::PlanJob& call, Lines& lines) {
  lines.Add({}, fmt::format("plans a job of kind {}{}", static_cast<int>(call.kind),
                            call.to ? " to " + ToString(*call.to) : ""));
}
void Tell(const wire::ActOnJob& call, Lines& lines) {
  lines.Add({}, fmt::format("acts on job {}: {}", call.job.value, static_cast<int>(call.act)));
}
void Tell(const wire::HandedOver& call, Lines& lines) {
  for (const RequestId id : call.requests) lines.Add(id, "handed over");
}
void Tell(const wire::Decide& call, Lines& lines) {
  lines.Add(call.receipt, "decides: " + call.grant);
}
void Tell(const wire::Confirm& call, Lines& lines) {
  for (const RequestId id : call.receipts) lines.Add(id, "confirms");
}
void Tell(const wire::SentElsewhere& call, Lines& lines) {
  lines.Add(call.receipt, "sent it another way: " + call.number);
}
void Tell(const auto&, Lines&) {}

// ---- what the broker says

void Tell(const Error& reply, Lines& lines) {
  lines.Add({}, fmt::format("error {} {}", static_cast<int>(reply.code), reply.field));
}
void Tell(const wire::DepositResult& reply, Lines& lines) {
  for (const auto& result : reply.results) {
    if (const auto* receipt = std::get_if<wire::Receipt>(&result)) {
      lines.Add(receipt->number,
                fmt::format("receipt {}{} for {}", receipt->number.value,
                            receipt->repeated ? ", repeated" : "", ToString(receipt->destination)));
    } else {
      lines.Add(
          {}, fmt::format("no receipt: error {}", static_cast<int>(std::get<Error>(result).code)));
    }
  }
}
void Tell(const wire::RequestStatus& status, Lines& lines) {
  lines.Add(status.number,
            fmt::format("it is {} (why {})", NameOf(status.state), static_cast<int>(status.why)));
}
void Tell(const wire::StatusResult& reply, Lines& lines) {
  for (const auto& result : reply.results) {
    if (const auto* status = std::get_if<wire::RequestStatus>(&result)) Tell(*status, lines);
  }
}
void Tell(const wire::WithdrawResult& reply, Lines& lines) { Tell(reply.status, lines); }
void Tell(const wire::InboxResult& reply, Lines& lines) {
  for (const auto& entry : reply.entries) {
    lines.Add(entry.request, fmt::format("inbox position {}: {}", entry.position, entry.body));
  }
}
void Tell(const wire::Work& reply, Lines& lines) {
  for (const auto& task : reply.tasks) {
    const char* what = task.what == wire::Task::What::kProbe ? "probe" : "deliver";
    lines.Add(task.envelope.id, fmt::format("task: {}, attempt {}", what, task.attempt));
  }
}
void Tell(const wire::Proceed& reply, Lines& lines) {
  for (const auto& item : reply.items) {
    const int error = static_cast<int>(item.error);
    lines.Add(item.attempt.request,
              error == 0
                  ? fmt::format("proceed with attempt {}, silence {}", item.attempt.attempt,
                                absl::FormatDuration(item.silence))
                  : fmt::format("put attempt {} down: error {}", item.attempt.attempt, error));
  }
}
void Tell(const wire::Noted& reply, Lines& lines) {
  for (const ErrorCode code : reply.results) {
    lines.Add({}, fmt::format("noted, code {}", static_cast<int>(code)));
  }
}
void Tell(const wire::GateResult& reply, Lines& lines) {
  lines.Add({}, fmt::format("gate of {}: {}, allowance {}", ToString(reply.destination),
                            static_cast<int>(reply.gate.code), reply.gate.allowance));
}
void Tell(const wire::HoldsResult& reply, Lines& lines) {
  lines.Add({}, fmt::format("{} holds", reply.holds.size()));
}
void Tell(const wire::JobsResult& reply, Lines& lines) {
  for (const auto& row : reply.rows) {
    lines.Add({}, fmt::format("job {}: state {}, at {}, {} of {} done", row.job.id.value,
                              static_cast<int>(row.job.state), row.job.at.value, row.job.done,
                              row.job.planned));
  }
}

}  // namespace

std::vector<Said> Describe(const Inbound& inbound) {
  Lines lines{inbound.peer, {}};
  std::visit([&](const auto& call) { Tell(call, lines); }, inbound.call.body);
  return lines.said;
}

std::vector<Said> Describe(const Outbound& word) {
  Lines lines{"  broker to " + word.peer + ":", {}};
  std::visit([&](const auto& reply) { Tell(reply, lines); }, word.reply.body);
  return lines.said;
}

std::string NameOf(StateCode code) {
  const char* const names[] = {"?",         "ready",     "waiting",   "leased",  "sending",
                               "deferred",  "in doubt",  "awaiting",  "settled", "rejected",
                               "withdrawn", "elsewhere", "destroyed", "returned"};
  return names[static_cast<int>(code)];
}

}  // namespace ecluse::sim
