// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/envelope.h"
#include "proto/errors.h"
#include "proto/outcome.h"
#include "proto/problem.h"
#include "proto/wire.h"

namespace ecluse {

// What an integrator writes: how one operator is spoken to. The library does the rest.
//
// All functions are called from the worker's own threads, several requests at a time, so an
// implementation shares nothing unguarded between calls. They must return within the
// destination's `silence`; a total timeout below it is the handler's duty. They do not throw.
class Handler {
 public:
  virtual ~Handler() = default;

  // Sends one request to the operator. Called at most once per attempt, after the broker said
  // proceed. `content` is byte for byte what the practice deposited.
  //
  // nullopt: cannot tell whether the operator got it. Never answer Deferred unless surely not a
  // byte of the request was acted upon: a Deferred request is sent again.
  virtual std::optional<Outcome> Deliver(const Envelope& envelope, uint32_t attempt,
                                         std::string_view content) = 0;

  // As Deliver, and what the worker calls. `grant`: the number that the operator gave to the
  // authorisation which this request follows; empty: there is none, or it is not known. A handler
  // that puts it into its messages writes this one too; Deliver is then the same without a number.
  virtual std::optional<Outcome> DeliverGranted(const Envelope& envelope, uint32_t attempt,
                                                std::string_view content,
                                                const std::string& grant) {
    (void)grant;
    return Deliver(envelope, attempt, content);
  }

  // What would fail if the request were sent now, as far as it can be told offline: renders and
  // checks as Deliver does. Never speaks to the operator, uses no login, changes nothing, so it may
  // be called at any time, in any order and again. Empty: nothing is wrong. Problems never hold a
  // value of the content; kError: it would fail. They are shown to ops staff and kept nowhere.
  virtual std::vector<Problem> DryRun(const Envelope& envelope, std::string_view content,
                                      const std::string& grant) {
    (void)envelope, (void)content, (void)grant;
    return {{"", "dry-run.unable", Severity::kWarning, "this adapter can't check without sending"}};
  }

  // Asks the operator what became of an earlier try, without sending again; also how the answer
  // of an accepted request is fetched. Deferred: the operator truthfully never had it.
  // nullopt: it cannot say. May be repeated.
  virtual std::optional<Outcome> Probe(const Envelope& envelope) {
    (void)envelope;
    return std::nullopt;
  }

  // An outcome that came by itself, without a task: a returned mail, a callback.
  struct News {
    uint64_t token = 0;  // the handler's own, to know it again
    RequestId request;
    Outcome outcome;  // Answered, Rejected, or Accepted with a word on the way
  };
  // What has come by itself and is not yet noted by the broker. Called every `collect_every` of the
  // worker's options, on a thread of its own, one call at a time; may take long.
  virtual std::vector<News> Collect() { return {}; }
  // The broker noted it durably (kNone), knew it already or can't use it (anything else): it may be
  // forgotten. What is not noted is to be given again by Collect().
  virtual void Noted(const News& news, ErrorCode result) {
    (void)news;
    (void)result;
  }

  // The accounts whose credentials this handler has, with their epochs and when they were set;
  // asked when the worker starts and at every collection. The broker is told when they change, when
  // the connection to it is new, and now and then.
  virtual std::vector<wire::Accounts::Item> Accounts() { return {}; }
};

}  // namespace ecluse
