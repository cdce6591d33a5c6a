// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"

namespace ecluse::ctl {
namespace {

constexpr absl::Duration kBetweenLooks = absl::Seconds(1);
constexpr int kLooksAtACount = 600;

struct JobFlags {
  uint64_t job = 0;
  std::string token;
  std::string reason;
  std::string to;
  bool follow = false;
};

std::optional<wire::JobsResult> LookAt(Session& session, JobId job) {
  auto jobs = session.Request<wire::JobsResult>(wire::Jobs{job});
  if (jobs && jobs->rows.empty()) {
    session.Fail(kRefused, session.view("there is no such job", "il n'y a pas de telle tâche"));
    return std::nullopt;
  }
  return jobs;
}

void RunFindings(Session& session, JobId job) {
  wire::FindingsResult whole;
  wire::Findings call{job, {}};
  do {
    auto page = session.Request<wire::FindingsResult>(call);
    if (!page) return;
    std::move(page->rows.begin(), page->rows.end(), std::back_inserter(whole.rows));
    call.after = page->next;
  } while (call.after.value != 0);
  session.Print(whole);
}

void RunAct(Session& session, wire::JobAct act, const JobFlags& flags) {
  const auto acted = session.Request<wire::JobsResult>(
      wire::ActOnJob{JobId{flags.job}, act, flags.token, flags.reason});
  if (!acted) return;
  if (flags.follow) return FollowJob(session, JobId{flags.job});
  session.Print(*acted);
  const bool leaves_files = act == wire::JobAct::kStop && !acted->rows.empty() &&
                            acted->rows.front().job.kind == JobKind::kExport;
  if (leaves_files && !session.json) {
    session.world.err << session.view(
        "DO NOT HAND OVER files of this job that are in no index.csv: their requests go their way "
        "again.\n",
        "NE REMETTEZ PAS les fichiers de ce travail qu'aucun index.csv ne liste : leurs demandes "
        "reprennent leur chemin.\n");
  }
}

void AddActs(CLI::App& group, Session& session) {
  const auto add = [&](const char* name, wire::JobAct act, const char* what) {
    auto* verb = group.add_subcommand(name, what);
    const auto flags = std::make_shared<JobFlags>();
    verb->add_option("JOB", flags->job, "Its number")->required()->check(NotANumber);
    AddReason(*verb, flags->reason);
    const bool takes_token = act == wire::JobAct::kStart || act == wire::JobAct::kApprove;
    if (takes_token) verb->add_option("--token", flags->token, "Of its plan")->required();
    if (takes_token || act == wire::JobAct::kResume) {
      verb->add_flag("--follow", flags->follow, "Shows how far it is until it is over");
    }
    verb->callback([&session, flags, act] { RunAct(session, act, *flags); });
  };
  add("start", wire::JobAct::kStart, "Does what was planned");
  add("approve", wire::JobAct::kApprove, "As the second person, where one is needed");
  add("pause", wire::JobAct::kPause, "Stands still; what was done stays done");
  add("resume", wire::JobAct::kResume, "Goes on");
  add("stop", wire::JobAct::kStop, "Ends it; what was done stays done");
}

}  // namespace

std::optional<wire::JobsResult> AwaitPlan(Session& session, JobId job) {
  for (int look = 0;; ++look) {
    auto jobs = LookAt(session, job);
    if (!jobs) return std::nullopt;
    const bool counting = jobs->rows.front().job.state == JobState::kCounting;
    if (!counting || look == kLooksAtACount) return jobs;
    session.world.wait(kBetweenLooks);
  }
}

void FollowJob(Session& session, JobId job) {
  Job last;
  for (;;) {
    const auto jobs = LookAt(session, job);
    if (!jobs) return;
    const Job& now = jobs->rows.front().job;
    if (!(now == last)) {
      if (session.json) {
        session.Print(*jobs);
      } else if (session.world.terminal) {
        session.world.out << "\r" << JobLine(now, session.view) << "\033[K" << std::flush;
      } else {
        session.world.out << JobLine(now, session.view) << "\n" << std::flush;
      }
    }
    last = now;
    // An export that has reserved all waits for its files.
    const bool reserved = now.kind == JobKind::kExport && now.done + now.failed >= now.planned;
    if (now.state == JobState::kRunning && !reserved) {
      session.world.wait(kBetweenLooks);
      continue;
    }
    if (session.world.terminal && !session.json) session.world.out << "\n";
    session.Tell(JobText(jobs->rows.front(), session.view));
    return;
  }
}

void AddJobs(CLI::App& app, Session& session) {
  auto* group = app.add_subcommand("job", "Bulk work: plans, and what was started");
  group->require_subcommand(1);
  group->add_subcommand("list", "All of them, the newest first")->callback([&session] {
    session.Show<wire::JobsResult>(wire::Jobs{});
  });
  AddActs(*group, session);
  const auto flags = std::make_shared<JobFlags>();
  const auto add = [&](const char* name, const char* what, auto run) {
    auto* verb = group->add_subcommand(name, what);
    verb->add_option("JOB", flags->job, "Its number")->required()->check(NotANumber);
    verb->callback([&session, flags, run] { run(session, JobId{flags->job}); });
    return verb;
  };
  add("show", "One of them, with its token while one is wanted", [](Session& s, JobId job) {
    if (const auto jobs = LookAt(s, job)) s.Print(*jobs);
  });
  add("follow", "Shows how far it is until it is over", FollowJob);
  add("findings", "What a dry run found", RunFindings);
  auto* files = add("files", "Writes the files of an export, or goes on where it was cut off",
                    [flags](Session& s, JobId job) { WriteFiles(s, job, flags->to); });
  files->add_option("--to", flags->to, "The directory; new, or the one of this job")->required();
}

}  // namespace ecluse::ctl
