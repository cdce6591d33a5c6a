// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "broker/ctl/filter.h"
#include "broker/ctl/table.h"
#include "broker/ctl/text.h"
#include "broker/ctl/when.h"
#include "broker/ctl/words.h"

namespace ecluse::ctl {
namespace {

const char* WhatItDoes(const Job& job, const View& view) {
  switch (job.kind) {
    case JobKind::kRelease:
      return view("They go back to their queue and ARE SENT.",
                  "Elles retournent en file et SERONT ENVOYÉES.");
    case JobKind::kConfirm:
      return view("Said for the practices: they are still wanted, and go.",
                  "Dit pour les praticiens : elles sont toujours voulues, et partent.");
    case JobKind::kExport:
      return view("They are handed over in files and never sent from here.",
                  "Elles sont remises en fichiers et ne partiront jamais d'ici.");
    case JobKind::kDestroy:
      return view("THEIR CONTENT IS ERASED FOR EVER. A second person must approve.",
                  "LEUR CONTENU EST EFFACÉ POUR TOUJOURS. Une seconde personne doit approuver.");
    case JobKind::kReroute:
      return view("They leave their queue and go to the other destination.",
                  "Elles quittent leur file et vont à l'autre destination.");
    case JobKind::kDryRun:
      return view("Adapters render and check them; nothing is sent and nothing changes.",
                  "Les adaptateurs les préparent et les vérifient ; rien ne part ni ne change.");
  }
  return "";
}

std::string Next(const wire::JobsResult::Row& row, const View& view) {
  const uint64_t id = row.job.id.value;
  if (row.job.state == JobState::kPlanned) {
    return fmt::format(fmt::runtime(view("To do it: eclusectl job start {} --token {} --reason …\n",
                                         "Pour le faire : eclusectl job start {} --token {} "
                                         "--reason …\n")),
                       id, row.token);
  }
  if (row.job.state == JobState::kAsked) {
    return fmt::format(
        fmt::runtime(view("Another person than {} says: eclusectl job approve {} --token {} "
                          "--reason …\n",
                          "Une autre personne que {} dit : eclusectl job approve {} --token {} "
                          "--reason …\n")),
        Plain(row.job.by), id, row.token);
  }
  if (row.job.kind == JobKind::kExport && row.job.state == JobState::kRunning) {
    return fmt::format(fmt::runtime(view("The files: eclusectl job files {} --to DIRECTORY\n",
                                         "Les fichiers : eclusectl job files {} --to DOSSIER\n")),
                       id);
  }
  if (row.job.kind == JobKind::kDryRun && row.job.failed > 0) {
    return fmt::format(fmt::runtime(view("What would fail: eclusectl job findings {}\n",
                                         "Ce qui échouerait : eclusectl job findings {}\n")),
                       id);
  }
  return "";
}

}  // namespace

std::string JobLine(const Job& job, const View& view) {
  std::string line = fmt::format(
      fmt::runtime(view("job {} ({}): {}, {}/{} done", "tâche {} ({}) : {}, {}/{} faites")),
      job.id.value, WordOf(job.kind).In(view), WordOf(job.state).In(view),
      Grouped(job.done, view.french), Grouped(job.planned, view.french));
  if (job.failed == 0) return line;
  const bool dry = job.kind == JobKind::kDryRun;
  const char* what =
      dry ? view("{}, {} would fail", "{}, {} échoueraient")
          : view("{}, {} could not be touched any more", "{}, {} ne pouvaient plus être touchées");
  return fmt::format(fmt::runtime(what), line, Grouped(job.failed, view.french));
}

std::string JobText(const wire::JobsResult::Row& row, const View& view) {
  const Job& job = row.job;
  std::string text = JobLine(job, view) + "\n";
  text += fmt::format("  {} {}\n", view("filter:", "filtre :"), FilterText(job.filter));
  if (job.to) {
    text += fmt::format(fmt::runtime(view("  to {}\n", "  vers {}\n")), ToString(*job.to));
  }
  text += fmt::format(fmt::runtime(view("  by {}{}, {}: {}\n", "  par {}{}, {} : {}\n")),
                      Plain(job.by), job.second.empty() ? "" : " + " + Plain(job.second),
                      Hour(job.since, view), Plain(job.reason));
  if (job.state == JobState::kCounting) return text;
  text += fmt::format(fmt::runtime(view("  {} request(s) counted. {}\n", "  {} demande(s). {}\n")),
                      Grouped(job.planned, view.french), WhatItDoes(job, view));
  return text + Next(row, view);
}

std::string Text(const wire::JobsResult& jobs, const View& view) {
  if (jobs.rows.empty()) return view("No jobs.\n", "Aucune tâche.\n");
  if (jobs.rows.size() == 1) return JobText(jobs.rows.front(), view);
  Table table;
  table.Number(view("Job", "Tâche")).Column(view("What", "Quoi")).Column(view("State", "État"));
  table.Number(view("Planned", "Prévues")).Number(view("Done", "Faites"));
  table.Number(view("Failed", "Ratées")).Column(view("Since", "Depuis")).Column(view("By", "Par"));
  table.Column(view("Filter", "Filtre")).Column(view("Reason", "Motif"));
  for (const auto& [job, token] : jobs.rows) {
    table.Row({std::to_string(job.id.value), WordOf(job.kind).In(view), WordOf(job.state).In(view),
               Grouped(job.planned, view.french), Grouped(job.done, view.french),
               Grouped(job.failed, view.french), Hour(job.since, view), Plain(job.by),
               FilterText(job.filter), Plain(job.reason)});
  }
  return table.Text();
}

std::string Text(const wire::FindingsResult& findings, const View& view) {
  if (findings.rows.empty()) {
    return view(
        "Of what was checked so far nothing would fail; `job show` says how much that is.\n",
        "De ce qui est vérifié à ce jour, rien n'échouerait ; `job show` dit combien.\n");
  }
  Table table;
  table.Number(view("Request", "Demande"))
      .Column(view("Where", "Où"))
      .Column(view("Rule", "Règle"));
  table.Column("Source");
  for (const auto& row : findings.rows) {
    for (const Problem& problem : row.problems) {
      table.Row({std::to_string(row.request.value),
                 problem.path.empty() ? "-" : Plain(problem.path), Plain(problem.rule),
                 Plain(problem.source)});
    }
  }
  return table.Text();
}

}  // namespace ecluse::ctl
