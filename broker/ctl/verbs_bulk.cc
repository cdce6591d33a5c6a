// SPDX-License-Identifier: Apache-2.0
// What is done to many requests at once: a plan first, which says how many and gives a token; the
// same with the token does it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "broker/ctl/bundle.h"
#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"

namespace ecluse::ctl {
namespace {

struct BulkFlags {
  JobKind kind = JobKind::kRelease;
  FilterFlags filter;
  std::string to;  // destination of a re-route, directory of an export
  std::string reason;
  std::string token;
  bool follow = false;
};

void RunPlan(Session& session, const wire::PlanJob& plan) {
  const auto planned = session.Request<wire::JobsResult>(plan);
  if (!planned || planned->rows.empty()) return;
  if (const auto counted = AwaitPlan(session, planned->rows.front().job.id)) {
    session.Print(*counted);
  }
}

// The token stands for one plan, and that for one filter: what was typed now must be the same.
void RunWithToken(Session& session, const BulkFlags& flags, const wire::PlanJob& plan) {
  const auto jobs = session.Request<wire::JobsResult>(wire::Jobs{});
  if (!jobs) return;
  const auto row = std::find_if(jobs->rows.begin(), jobs->rows.end(), [&](const auto& r) {
    return !r.token.empty() && r.token == flags.token;
  });
  if (row == jobs->rows.end()) {
    return session.Fail(
        kRefused, session.view("no plan waits for that token: it was started (see `job list`; "
                               "`job files N --to DIR` goes on with an export), or "
                               "it is of no plan",
                               "aucun plan n'attend ce jeton : il est lancé (voir "
                               "`job list` ; `job files N --to DIR` reprend un "
                               "export), ou il n'est d'aucun plan"));
  }
  const Job& job = row->job;
  if (job.kind != plan.kind || !(job.filter == plan.filter) || job.to != plan.to) {
    return session.Fail(kUsage, session.view("that token is of another plan: nothing done",
                                             "ce jeton est d'un autre plan : rien n'est fait"));
  }
  const bool writes = job.kind == JobKind::kExport && !flags.to.empty();
  if (writes) {
    // Before anything is reserved: a directory that can't be used must not leave a job behind.
    const auto bundle = Bundle::Open(flags.to, job.id);
    if (!bundle.ok()) return session.Fail(kUsage, std::string(bundle.status().message()));
  }
  const auto started = session.Request<wire::JobsResult>(
      wire::ActOnJob{job.id, wire::JobAct::kStart, flags.token, flags.reason});
  if (!started) return;
  if (writes) return WriteFiles(session, job.id, flags.to);
  if (flags.follow) return FollowJob(session, job.id);
  session.Print(*started);
}

void RunBulk(Session& session, const BulkFlags& flags) {
  if (flags.filter.empty()) {
    return session.Fail(kUsage, session.view("which requests? `all` means every one; see "
                                             "`eclusectl help filter`",
                                             "quelles demandes ? `all` les désigne toutes ; voir "
                                             "`eclusectl help filter`"));
  }
  const auto filter = flags.filter.Parse();
  if (!filter.ok()) return session.Fail(kUsage, std::string(filter.status().message()));
  wire::PlanJob plan{flags.kind, *filter, std::nullopt, flags.reason};
  if (flags.kind == JobKind::kReroute) {
    plan.to = DestinationOr(session, flags.to);
    if (!plan.to) return;
  }
  if (!flags.token.empty()) return RunWithToken(session, flags, plan);
  RunPlan(session, plan);
}

}  // namespace

void AddBulk(CLI::App& app, Session& session) {
  const auto add = [&](const char* name, JobKind kind, const char* what) {
    auto* verb = app.add_subcommand(name, what);
    const auto flags = std::make_shared<BulkFlags>();
    flags->kind = kind;
    flags->filter.AddTo(*verb);
    AddReason(*verb, flags->reason);
    verb->add_option("--token", flags->token, "Of the plan that you have read: does it");
    verb->add_flag("--follow", flags->follow, "With --token: shows how far it is until it is over");
    verb->callback([&session, flags] { RunBulk(session, *flags); });
    return std::pair(verb, flags);
  };
  add("release", JobKind::kRelease, "Puts what waits for a person back into its queue");
  add("confirm", JobKind::kConfirm, "Says for the practices that they still want old requests");
  const auto [files, exporting] =
      add("export", JobKind::kExport, "Hands requests over in files; they never go from here");
  files->add_option("--to", exporting->to,
                    "With --token: a new directory for the files, mode 0700; the same one goes on "
                    "after a crash");
  const auto [reroute, moving] =
      add("reroute", JobKind::kReroute, "Sends requests to another destination");
  reroute->add_option("--to", moving->to, "OPERATOR/SERVICE")->required();
  add("destroy", JobKind::kDestroy, "Erases what a stolen account deposited; needs two people");
  add("dryrun", JobKind::kDryRun, "Has adapters render and check requests; nothing is sent");
}

}  // namespace ecluse::ctl
