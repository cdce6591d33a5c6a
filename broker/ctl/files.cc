// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "broker/ctl/bundle.h"
#include "broker/ctl/json_parts.h"
#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"

namespace ecluse::ctl {
namespace {

constexpr absl::Duration kBetweenLooks = absl::Seconds(1);

// The next page of what is reserved; waits while the job still reserves.
std::optional<wire::FetchResult> NextPage(Session& session, const wire::Fetch& call) {
  for (;;) {
    bool refused = false;
    auto page = session.RequestUnless<wire::FetchResult>(call, ErrorCode::kJobState, refused);
    if (page || !refused) return page;
    const auto jobs = session.Request<wire::JobsResult>(wire::Jobs{call.job});
    if (!jobs || jobs->rows.empty()) return std::nullopt;
    if (jobs->rows.front().job.state != JobState::kRunning) {
      session.Fail(kRefused, JobLine(jobs->rows.front().job, session.view));
      return std::nullopt;
    }
    session.world.wait(kBetweenLooks);
  }
}

// Those that the broker did not end by this package: it may send them, or another package has them.
// The files of these must not be handed over.
std::vector<uint64_t> NotByThis(Session& session, const wire::HandedOver& over) {
  std::vector<uint64_t> others;
  for (const RequestId id : over.requests) {
    const auto shown = session.Request<wire::ShowResult>(wire::Show{id});
    const bool by_this =
        shown && std::any_of(shown->history.begin(), shown->history.end(), [&](const auto& entry) {
          return entry.cause == CauseCode::kElsewhere && entry.note.ends_with(over.proof);
        });
    if (!by_this) others.push_back(id.value);
  }
  return others;
}

void TellBundle(Session& session, JobId job, const std::string& directory, const Bundle& bundle,
                const std::vector<uint64_t>& not_ended) {
  if (session.json) {
    JsonObject object = JsonStart("bundle");
    object["job"] = job.value;
    object["directory"] = directory;
    object["files"] = bundle.size();
    object["proof"] = bundle.Proof();
    object["not_ended"] = not_ended;
    session.world.out << JsonLine(object);
  } else {
    session.world.out << fmt::format(
        fmt::runtime(session.view("{}: {} file(s), index.csv and index.jsonl. {}\n",
                                  "{} : {} fichier(s), index.csv et index.jsonl. {}\n")),
        directory, bundle.size(), bundle.Proof());
  }
  if (not_ended.empty()) return;
  std::string numbers;
  for (const uint64_t number : not_ended) numbers += " " + std::to_string(number);
  session.Fail(kRefused,
               session.view("DO NOT HAND OVER the files of these: the broker may send them, or "
                            "another package has them:",
                            "NE REMETTEZ PAS les fichiers de celles-ci : le courtier peut les "
                            "envoyer, ou un autre lot les contient :") +
                   numbers);
}

}  // namespace

void WriteFiles(Session& session, JobId job, const std::string& directory) {
  wire::Fetch call{job, {}};
  auto page = NextPage(session, call);
  if (!page) return;
  const auto bundle = Bundle::Open(directory, job);
  if (!bundle.ok()) return session.Fail(kUsage, std::string(bundle.status().message()));
  std::vector<uint64_t> not_ended;
  for (;;) {
    const absl::Status status = (*bundle)->Add(page->rows);
    if (!status.ok()) return session.Fail(kUsage, std::string(status.message()));
    wire::HandedOver over{job, {}, (*bundle)->Proof()};
    for (const auto& row : page->rows) over.requests.push_back(row.request);
    if (!over.requests.empty()) {
      const auto ended = session.Request<wire::ActResult>(over);
      if (!ended) return;
      if (!ended->done) {
        const auto others = NotByThis(session, over);
        not_ended.insert(not_ended.end(), others.begin(), others.end());
      }
    }
    if (page->next.value == 0) break;
    call.after = page->next;
    page = NextPage(session, call);
    if (!page) return;
  }
  const absl::Status status = (*bundle)->WriteCsv();
  if (!status.ok()) return session.Fail(kUsage, std::string(status.message()));
  const std::vector<uint64_t> strays = (*bundle)->Strays();
  not_ended.insert(not_ended.end(), strays.begin(), strays.end());
  TellBundle(session, job, directory, **bundle, not_ended);
}

}  // namespace ecluse::ctl
