// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/text_gate.h"

#include <fmt/format.h>

#include <algorithm>

#include "broker/ctl/table.h"
#include "broker/ctl/text.h"
#include "broker/ctl/when.h"
#include "broker/ctl/words.h"

namespace ecluse::ctl {
namespace {

std::string Thousandths(uint32_t milli) {
  return fmt::format("{}.{}", milli / 1000, milli % 1000 / 100);
}

std::string Announced(const GateState& gate, const std::optional<absl::Duration>& opens_in,
                      const View& view) {
  std::string text = fmt::format(fmt::runtime(view("announced for {}", "annoncée pour {}")),
                                 absl::FormatTime("%Y-%m-%d %H:%M %Z", gate.announced, view.zone));
  if (gate.announced > view.now) {
    text += fmt::format(fmt::runtime(view(" (in {})", " (dans {})")),
                        Span(gate.announced - view.now, view));
  }
  if (!gate.source.empty()) text += ", " + Plain(gate.source);
  if (!gate.announced_by.empty()) {
    text += fmt::format(fmt::runtime(view(", written down by {}", ", noté par {}")),
                        Plain(gate.announced_by));
  }
  if (gate.slips > 0) {
    text +=
        fmt::format(fmt::runtime(view(", put off {} time(s)", ", reportée {} fois")), gate.slips);
  }
  const absl::Duration offset =
      opens_in ? *opens_in - (gate.announced - view.now) : absl::ZeroDuration();
  if (offset >= absl::Seconds(1)) {
    text += fmt::format(
        fmt::runtime(view("; this broker goes {} later", " ; ce courtier part {} plus tard")),
        Span(offset, view));
  }
  return text;
}

}  // namespace

std::string RateText(uint64_t milli, const View& view) {
  if (milli == 0) return view("unknown", "inconnu");
  if (milli >= 1000) return fmt::format("{}.{}/s", milli / 1000, milli % 1000 / 100);
  const uint64_t per_hour = milli * 3600 / 1000;
  return per_hour >= 60 ? fmt::format("{}/min", per_hour / 60) : fmt::format("{}/h", per_hour);
}

std::string GateCell(const GateState& gate, const View& view) {
  std::string cell = WordOf(gate.code).In(view);
  if (gate.asks) cell += view(", asks a person", ", demande une personne");
  if (gate.paused_until > view.now) {
    cell += fmt::format(fmt::runtime(view(", paused {}", ", pause {}")),
                        Span(gate.paused_until - view.now, view));
  }
  if (gate.allowance > 0) {
    cell += fmt::format(fmt::runtime(view(", {} may pass", ", {} peuvent passer")),
                        Grouped(gate.allowance, view.french));
  }
  return cell;
}

std::string GateNews(const GateState& gate, const std::optional<absl::Duration>& opens_in,
                     const std::string& indent, const View& view) {
  std::string news;
  const auto tell = [&](const std::string& line) { news += indent + line + "\n"; };
  if (gate.announced != absl::InfiniteFuture()) tell(Announced(gate, opens_in, view));
  const bool rises = gate.code == GateCode::kRamping || gate.code == GateCode::kReclosed;
  if (rises && gate.pace.window > 0) {
    std::string ramp = fmt::format(
        fmt::runtime(view("ramp: {} at once, {} learned", "montée : {} à la fois, {} appris")),
        Thousandths(gate.pace.window), Thousandths(gate.pace.learned));
    if (gate.pace.failed_cohorts > 0) {
      ramp += fmt::format(fmt::runtime(view("; {} cohort(s) failed in a row",
                                            " ; {} cohorte(s) ratée(s) de suite")),
                          gate.pace.failed_cohorts);
    }
    tell(ramp);
  }
  if (gate.mix.seen > 0 && gate.code != GateCode::kOpen) {
    tell(fmt::format(fmt::runtime(view("answers since it began to open: {}, of them refused: {} "
                                       "(usually {} %)",
                                       "réponses depuis le début de l'ouverture : {}, dont refus : "
                                       "{} (d'habitude {} %)")),
                     gate.mix.seen, gate.mix.bad, gate.mix.usual / 10));
  }
  if (gate.asks) {
    tell(view("closed again for its answers: look at them, then `eclusectl reopen`",
              "refermée pour ses réponses : examinez-les, puis `eclusectl reopen`"));
  }
  return news;
}

std::string Text(const wire::GateResult& result, const View& view) {
  const GateState& gate = result.gate;
  return ToString(result.destination) + ": " + GateCell(gate, view) +
         fmt::format(fmt::runtime(view(" since {}", " depuis {}")), Hour(gate.since, view)) + "\n" +
         GateNews(gate, std::nullopt, "  ", view);
}

std::string ReopenPlanText(const wire::StatusReport& report, const wire::Reopen& reopen,
                           const View& view) {
  const auto found =
      std::find_if(report.destinations.begin(), report.destinations.end(),
                   [&](const auto& d) { return d.destination == reopen.destination; });
  if (found == report.destinations.end()) return "";
  std::string text = fmt::format(
      fmt::runtime(view("{}: {}; {} requests wait.\n", "{} : {} ; {} demandes attendent.\n")),
      ToString(reopen.destination), GateCell(found->gate, view),
      Grouped(found->waiting, view.french));
  text +=
      reopen.at_once
          ? view("At once: all of them go as fast as the operator's profile allows.\n",
                 "D'un coup : toutes partent aussi vite que le profil le permet.\n")
          : view("One goes first; the others follow, more and more, as the operator takes them.\n",
                 "Une part d'abord ; les autres suivent, de plus en plus, si l'opérateur les "
                 "prend.\n");
  if (found->held || report.holds > 0) {
    text += view("Holds stay: what they stop does not go (eclusectl holds).\n",
                 "Les retenues restent : ce qu'elles arrêtent ne part pas (eclusectl holds).\n");
  }
  if (report.workers == 0) {
    text += view("No worker is heard: nothing goes before an adapter calls.\n",
                 "Aucun ouvrier entendu : rien ne part avant qu'un adaptateur n'appelle.\n");
  }
  return text;
}

}  // namespace ecluse::ctl
