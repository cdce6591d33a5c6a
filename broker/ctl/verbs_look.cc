// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>

#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"
#include "proto/limits.h"

namespace ecluse::ctl {
namespace {

struct ListFlags {
  FilterFlags filter;
  uint64_t after = 0;
  uint64_t limit = 100;
};

// One look of the broker ends after so many records, found or not; this goes on until enough are
// found or there are no more.
void RunList(Session& session, const ListFlags& flags) {
  const auto filter = flags.filter.Parse();
  if (!filter.ok()) return session.Fail(kUsage, std::string(filter.status().message()));
  const uint64_t limit = flags.limit == 0 ? UINT64_MAX : flags.limit;
  wire::ListResult found;
  RequestId after{flags.after};
  do {
    const uint64_t missing = limit - found.rows.size();
    const auto at_most = static_cast<uint32_t>(std::min<uint64_t>(missing, limits::kListPerCall));
    auto page = session.Request<wire::ListResult>(wire::List{*filter, after, at_most});
    if (!page) return;
    after = found.next = page->next;
    std::move(page->rows.begin(), page->rows.end(), std::back_inserter(found.rows));
  } while (after.value != 0 && found.rows.size() < limit);
  session.Print(found);
}

// Worst first there is no going on from a number: what was not looked at is told.
void RunDoubts(Session& session, uint32_t at_most) {
  auto found = session.Request<wire::ListResult>(wire::Doubts{at_most});
  if (!found) return;
  const RequestId last = std::exchange(found->next, RequestId{});
  session.Print(*found);
  if (last.value == 0) return;
  session.world.err << session.view("eclusectl: looked only at doubts up to number ",
                                    "eclusectl : seuls les doutes jusqu'au numéro ")
                    << last.value << session.view("\n", " ont été regardés\n");
}

}  // namespace

void AddLooking(CLI::App& app, Session& session) {
  app.add_subcommand("status", "The broker, its gates, and how many requests are in which state")
      ->callback([&session] { session.Show<wire::StatusReport>(wire::Status{}); });

  app.add_subcommand("shape", "Unfinished requests by destination and age")->callback([&session] {
    session.Show<wire::ShapeReport>(wire::Shape{});
  });

  auto* list = app.add_subcommand("list", "Requests, oldest first");
  const auto flags = std::make_shared<ListFlags>();
  flags->filter.AddTo(*list);
  list->add_option("--after", flags->after, "Only requests with higher numbers");
  list->add_option("--limit", flags->limit, "At most so many; 0: all")->capture_default_str();
  list->callback([&session, flags] { RunList(session, *flags); });

  auto* doubts = app.add_subcommand("doubts", "In doubt for a person to settle, the worst first");
  const auto at_most = std::make_shared<uint32_t>(100);
  doubts->add_option("--limit", *at_most, "At most so many")
      ->check(CLI::Range(1U, static_cast<uint32_t>(limits::kListPerCall)))
      ->capture_default_str();
  doubts->callback([&session, at_most] { RunDoubts(session, *at_most); });

  app.add_subcommand("holds", "Every hold")->callback([&session] {
    session.Show<wire::HoldsResult>(wire::Holds{});
  });
}

}  // namespace ecluse::ctl
