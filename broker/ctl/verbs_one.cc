// SPDX-License-Identifier: Apache-2.0
#include <absl/strings/escaping.h>
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "broker/ctl/bundle.h"
#include "broker/ctl/json_parts.h"
#include "broker/ctl/session.h"
#include "broker/ctl/verbs.h"

namespace ecluse::ctl {
namespace {

struct ShowFlags {
  uint64_t request = 0;
  bool content = false;
  std::string reason;
  std::string out;
};

// A terminal obeys some bytes; whoever wants them exactly writes them to a file.
std::string ForTerminal(std::string content) {
  for (char& c : content) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) c = ' ';
  }
  return content;
}

void RunContent(Session& session, const ShowFlags& flags) {
  if (flags.reason.empty()) {
    return session.Fail(kUsage, session.view("--content needs --reason: it is personal data, and "
                                             "the request's history tells who looked",
                                             "--content demande --reason : ce sont des données "
                                             "personnelles, l'historique dit qui a regardé"));
  }
  const auto result = session.Request<wire::ContentResult>(
      wire::ReadContent{RequestId{flags.request}, flags.reason});
  if (!result) return;
  if (!flags.out.empty()) {
    const absl::Status status = WriteNewFile(flags.out, result->content);
    if (!status.ok()) return session.Fail(kUsage, std::string(status.message()));
  }
  if (session.json) {
    JsonObject object = JsonStart("content");
    object["request"] = result->request.value;
    object["format"] = result->format;
    object["bytes"] = result->content.size();
    if (flags.out.empty()) {
      object["base64"] = absl::Base64Escape(result->content);
    } else {
      object["file"] = flags.out;
    }
    session.world.out << JsonLine(object);
  } else if (flags.out.empty()) {
    session.world.out << (session.world.terminal ? ForTerminal(result->content) : result->content);
  }
}

}  // namespace

void AddOne(CLI::App& app, Session& session) {
  auto* show = app.add_subcommand("show", "One request with its whole history");
  const auto flags = std::make_shared<ShowFlags>();
  show->add_option("REQUEST", flags->request, "Its number")->required()->check(NotANumber);
  auto* content =
      show->add_flag("--content", flags->content,
                     "Its exact bytes instead; needs --reason, its history tells of it");
  show->add_option("--reason", flags->reason, "Why it must be looked at; kept in the books")
      ->needs(content);
  show->add_option("--out", flags->out, "A new file for the bytes, mode 0600")->needs(content);
  show->callback([&session, flags] {
    if (flags->content) return RunContent(session, *flags);
    session.Show<wire::ShowResult>(wire::Show{RequestId{flags->request}});
  });

  auto* explain =
      app.add_subcommand("explain", "Why a request waits, what is to be cleared, when it would go");
  const auto number = std::make_shared<uint64_t>();
  explain->add_option("REQUEST", *number, "Its number")->required()->check(NotANumber);
  explain->callback(
      [&session, number] { session.Show<wire::Explanation>(wire::Explain{RequestId{*number}}); });
}

void AddForecast(CLI::App& app, Session& session) {
  auto* forecast = app.add_subcommand(
      "forecast", "At today's rate: when is it empty, and whose requests miss their date?");
  const auto destination = std::make_shared<std::string>();
  forecast->add_option("DESTINATION", *destination, "OPERATOR/SERVICE")->required();
  forecast->callback([&session, destination] {
    const auto parsed = DestinationOr(session, *destination);
    if (!parsed) return;
    wire::Forecast call{*parsed, {}};
    auto whole = session.Request<wire::ForecastResult>(call);
    if (!whole) return;
    while (whole->more && !whole->rows.empty()) {
      call.after = whole->rows.back().practice;
      auto page = session.Request<wire::ForecastResult>(call);
      if (!page) return;
      whole->more = page->more && !page->rows.empty();
      std::move(page->rows.begin(), page->rows.end(), std::back_inserter(whole->rows));
    }
    session.Print(*whole);
  });
}

}  // namespace ecluse::ctl
