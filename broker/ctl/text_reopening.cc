// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "broker/ctl/table.h"
#include "broker/ctl/text.h"
#include "broker/ctl/text_gate.h"
#include "broker/ctl/when.h"
#include "broker/ctl/words.h"

namespace ecluse::ctl {
namespace {

std::string In(const std::optional<absl::Duration>& duration, const View& view) {
  return duration ? "~ " + Span(*duration, view) : view("unknown", "inconnu");
}

// What keeps the rate where it is.
std::string Bound(const GateState& gate, const View& view) {
  switch (gate.code) {
    case GateCode::kCanary:
    case GateCode::kSuspected:
      return view("one at a time until it is well", "une à la fois jusqu'à ce que ça aille");
    case GateCode::kRamping:
      return view("the ramp", "la montée");
    case GateCode::kClosed:
    case GateCode::kReclosed:
      return view("the gate, once it opens", "la vanne, quand elle ouvrira");
    case GateCode::kOpen:
      break;
  }
  return view("the operator and its profile", "l'opérateur et son profil");
}

}  // namespace

std::string Text(const wire::Explanation& explained, const View& view) {
  const wire::RequestStatus& s = explained.row.status;
  std::string text =
      fmt::format(fmt::runtime(view("Request {}, {}: {}\n", "Demande {}, {} : {}\n")),
                  s.number.value, ToString(s.destination), WordOf(s.state).In(view));
  if (explained.reasons.empty()) {
    return text + view("Nothing stands in its way: it moves, or it is over.\n",
                       "Rien ne l'arrête : elle avance, ou elle est finie.\n");
  }
  text += view("In its way, the first to be cleared first:\n",
               "Sur son chemin, à lever dans cet ordre :\n");
  size_t place = 0;
  for (const wire::WhyWaiting why : explained.reasons) {
    text += fmt::format("  {}. {}\n", ++place, WordOf(why).In(view));
    if (why == wire::WhyWaiting::kCase && s.behind.value != 0) {
      text +=
          fmt::format(fmt::runtime(view("     behind {}\n", "     derrière {}\n")), s.behind.value);
    }
    if (why == wire::WhyWaiting::kTurn) {
      text += fmt::format(fmt::runtime(view("     {} before it\n", "     {} avant elle\n")),
                          Grouped(s.before, view.french));
    }
  }
  text +=
      fmt::format(fmt::runtime(view("Gate: {}\n", "Vanne : {}\n")), GateCell(explained.gate, view));
  text += GateNews(explained.gate, std::nullopt, "  ", view);
  text += fmt::format(fmt::runtime(view("Goes in: {}; today's rate: {}, bound by {}\n",
                                        "Part dans : {} ; débit du jour : {}, borné par {}\n")),
                      In(explained.goes_in, view), RateText(explained.rate_milli, view),
                      Bound(explained.gate, view));
  if (!explained.holds.empty()) text += "\n" + Text(wire::HoldsResult{explained.holds}, view);
  return text;
}

std::string Text(const wire::ForecastResult& forecast, const View& view) {
  std::string text = fmt::format(
      fmt::runtime(view("{}: {} in the queue; rate {}{}\n", "{} : {} en file ; débit {}{}\n")),
      ToString(forecast.destination), Grouped(forecast.waiting, view.french),
      RateText(forecast.rate_milli, view),
      forecast.measured || forecast.rate_milli == 0
          ? ""
          : view(" (not measured: assumed from the profile)",
                 " (non mesuré : supposé d'après le profil)"));
  if (forecast.opens_in) {
    text += fmt::format(fmt::runtime(view("Opens in {}, if the announced hour holds.\n",
                                          "Ouvre dans {}, si l'heure annoncée tient.\n")),
                        Span(*forecast.opens_in, view));
  }
  text += fmt::format(fmt::runtime(view("Empty in: {}\n", "Vide dans : {}\n")),
                      In(forecast.empty_in, view));
  if (forecast.rows.empty()) return text;
  Table table;
  table.Column(view("Practice", "Praticien")).Number(view("In the queue", "En file"));
  table.Column(view("Empty in", "Vide dans")).Number(view("Too late", "Trop tard"));
  bool some_in_part = false;
  for (const auto& row : forecast.rows) {
    some_in_part = some_in_part || !row.looked_at_all;
    table.Row({row.practice.text, Grouped(row.waiting, view.french), In(row.empty_in, view),
               fmt::format("{}{}", row.looked_at_all ? "" : "≥ ", Grouped(row.late, view.french))});
  }
  text += "\n" + table.Text();
  if (some_in_part) {
    text += view("≥: only the head of that lane was looked at.\n",
                 "≥ : seule la tête de cette file a été regardée.\n");
  }
  return text;
}

std::string Text(const wire::BackupResult& backup, const View& view) {
  return fmt::format(
      fmt::runtime(view("Backup complete on the broker's machine: {}\nIts last request: {}\n",
                        "Sauvegarde complète sur la machine du courtier : {}\nSa dernière demande "
                        ": {}\n")),
      Plain(backup.path), backup.last_request.value);
}

}  // namespace ecluse::ctl
