// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"

namespace ecluse::ctl {
namespace {

struct DoubtFlags {
  uint64_t request = 0;
  uint32_t attempt = 0;
  bool all_matching = false;
  FilterFlags filter;
  std::string as;
  std::string note;
  std::string token;
};

void RunResolveAll(Session& session, const DoubtFlags& flags, wire::Verdict verdict) {
  const auto filter = flags.filter.Parse();
  if (!filter.ok()) return session.Fail(kUsage, std::string(filter.status().message()));
  const auto result =
      session.Request<wire::ActResult>(wire::ResolveAll{*filter, verdict, flags.note, flags.token});
  if (!result) return;
  if (result->done || session.json) {
    session.Print(*result);
  } else {
    session.Tell(PlanText(*result, verdict, session.view));
  }
}

void RunResolve(Session& session, const DoubtFlags& flags) {
  const auto verdict = flags.as == "sent" ? wire::Verdict::kSent : wire::Verdict::kNotSent;
  const bool one = flags.request != 0;
  if (one == flags.all_matching || (one && (!flags.filter.empty() || !flags.token.empty()))) {
    return session.Fail(kUsage, session.view("say REQUEST, or --all-matching with its filters",
                                             "dites REQUEST, ou --all-matching et ses filtres"));
  }
  if (!one) return RunResolveAll(session, flags, verdict);
  // A verdict judges one try. Without its number it is the latest that there is now, so that a
  // repeat on a bad line can't settle a doubt that comes later.
  const RequestId request{flags.request};
  uint32_t attempt = flags.attempt;
  if (attempt == 0) {
    const auto shown = session.Request<wire::ShowResult>(wire::Show{request});
    if (!shown) return;
    attempt = shown->row.status.attempts;
  }
  session.Show<wire::ActResult>(wire::Resolve{request, verdict, flags.note, attempt});
}

}  // namespace

void AddDoubts(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<DoubtFlags>();
  auto* resolve = app.add_subcommand("resolve", "Settles a doubt: the operator has it, or not");
  resolve->add_option("REQUEST", flags->request, "Its number")->check(NotANumber);
  resolve->add_flag("--all-matching", flags->all_matching,
                    "Every request in doubt that the filters find: first a plan, then with its "
                    "--token the act");
  flags->filter.AddAsOptionTo(*resolve);
  resolve
      ->add_option("--as", flags->as,
                   "sent: the operator has it, it is never sent again. not-sent: the operator "
                   "never had it, IT IS SENT AGAIN")
      ->required()
      ->check(CLI::IsMember({"sent", "not-sent"}));
  resolve->add_option("--note", flags->note, "How you know; kept in the books")->required();
  resolve->add_option("--attempt", flags->attempt,
                      "The try that you judged, from `show`; else the latest");
  resolve->add_option("--token", flags->token, "Of the plan that you have read");
  resolve->callback([&session, flags] { RunResolve(session, *flags); });

  auto* retry = app.add_subcommand("retry", "Puts a request that waits for a person in its queue");
  retry->add_option("REQUEST", flags->request, "Its number")->required()->check(NotANumber);
  retry->add_option("--note", flags->note, "Why now; kept in the books")->required();
  retry->callback([&session, flags] {
    session.Show<wire::ActResult>(wire::Retry{RequestId{flags->request}, flags->note});
  });
}

}  // namespace ecluse::ctl
