// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <set>

#include "broker/ctl/table.h"
#include "broker/ctl/text.h"
#include "broker/ctl/text_gate.h"
#include "broker/ctl/when.h"
#include "broker/ctl/words.h"

namespace ecluse::ctl {
namespace {

std::string ReasonCell(const GateState& gate) {
  const std::string reason = Plain(gate.reason);
  return gate.by.empty() ? reason : Plain(gate.by) + (reason.empty() ? "" : ": " + reason);
}

std::string GateTable(const std::vector<wire::DestinationStatus>& destinations, const View& view) {
  Table table;
  table.Column("Destination").Column(view("Gate", "Vanne")).Column(view("Since", "Depuis"));
  table.Column(view("Announced", "Annoncée")).Number(view("Waiting", "En attente"));
  table.Number(view("In flight", "En vol")).Column(view("Held", "Retenue"));
  table.Column(view("By: reason", "Par : motif"));
  for (const auto& d : destinations) {
    table.Row({ToString(d.destination), GateCell(d.gate, view), Hour(d.gate.since, view),
               Hour(d.gate.announced, view), Grouped(d.waiting, view.french),
               Grouped(d.in_flight, view.french), d.held ? view("yes", "oui") : "-",
               ReasonCell(d.gate)});
  }
  std::string text = table.Text();
  for (const auto& d : destinations) {
    std::string news = GateNews(d.gate, d.opens_in, "  ", view);
    if (!d.served) {
      news +=
          view("  no adapter asks for its work\n", "  aucun adaptateur ne demande son travail\n");
    }
    if (!news.empty()) text += "\n" + ToString(d.destination) + "\n" + news;
  }
  return text;
}

// Destinations down, the states that somebody is in across.
std::string CountTable(const std::vector<wire::StatusReport::Count>& counts, const View& view) {
  std::set<StateCode> states;
  std::map<Destination, std::map<StateCode, uint64_t>> rows;
  for (const auto& c : counts) {
    if (c.requests == 0) continue;
    states.insert(c.state);
    rows[c.destination][c.state] += c.requests;
  }
  if (rows.empty()) return view("No requests.\n", "Aucune demande.\n");
  Table table;
  table.Column(view("Requests", "Demandes"));
  for (const StateCode state : states) table.Number(WordOf(state).In(view));
  for (auto& [destination, row] : rows) {
    std::vector<std::string> cells = {ToString(destination)};
    for (const StateCode state : states) {
      cells.push_back(row[state] == 0 ? "-" : Grouped(row[state], view.french));
    }
    table.Row(std::move(cells));
  }
  return table.Text();
}

std::string Bucket(size_t index, const View& view) {
  const auto edge = [&](uint32_t hours) {
    return hours % 24 == 0 ? fmt::format("{} {}", hours / 24, view("d", "j"))
                           : fmt::format("{} h", hours);
  };
  if (index < std::size(wire::kShapeHours)) return "< " + edge(wire::kShapeHours[index]);
  return "≥ " + edge(wire::kShapeHours[std::size(wire::kShapeHours) - 1]);
}

}  // namespace

std::string Text(const wire::StatusReport& report, const View& view) {
  std::string text = fmt::format(
      fmt::runtime(view("eclused {}, up {}; workers heard from: {}; holds: {}\n",
                        "eclused {}, en marche depuis {} ; ouvriers entendus : {} ; retenues : "
                        "{}\n")),
      report.version, Span(report.up, view), report.workers, report.holds);
  if (report.disk_low) {
    text += view("DISK LOW: no deposit is taken and nothing is sent until there is room.\n",
                 "DISQUE PRESQUE PLEIN : aucun dépôt ni envoi tant qu'il manque de la place.\n");
  }
  if (report.unfit > 0) {
    text += fmt::format(fmt::runtime(view("deposits refused for their content since then: {}\n",
                                          "dépôts refusés pour leur contenu depuis : {}\n")),
                        report.unfit);
  }
  if (report.epoch > 0) {
    text += fmt::format(fmt::runtime(view("life of the store: {} (restored or copied)\n",
                                          "vie du magasin : {} (restauré ou copié)\n")),
                        report.epoch);
  }
  if (report.alarms > 0) {
    text +=
        fmt::format(fmt::runtime(view(
                        "ALARM: the operator may hold {} request(s) twice: eclusectl list twice\n",
                        "ALARME : l'opérateur a peut-être {} demande(s) en double : eclusectl "
                        "list twice\n")),
                    report.alarms);
  }
  if (report.workers == 0) {
    text += view("NO WORKER: nothing can be sent until an adapter calls.\n",
                 "AUCUN OUVRIER : rien ne part tant qu'aucun adaptateur n'appelle.\n");
  }
  return text + "\n" + GateTable(report.destinations, view) + "\n" +
         CountTable(report.counts, view);
}

std::string Text(const wire::ShapeReport& report, const View& view) {
  if (report.rows.empty()) {
    return view("No unfinished requests.\n", "Aucune demande en cours.\n");
  }
  Table table;
  table.Column(view("Unfinished, by age", "En cours, par âge"));
  for (size_t i = 0; i <= std::size(wire::kShapeHours); ++i) table.Number(Bucket(i, view));
  table.Number("Total");
  table.Number(fmt::format(fmt::runtime(view("Due in {} d", "À faire sous {} j")),
                           wire::kShapeDueHours / 24));
  for (const auto& row : report.rows) {
    std::vector<std::string> cells = {ToString(row.destination)};
    uint64_t total = 0;
    for (size_t i = 0; i <= std::size(wire::kShapeHours); ++i) {
      const uint64_t requests = i < row.requests.size() ? row.requests[i] : 0;
      total += requests;
      cells.push_back(requests == 0 ? "-" : Grouped(requests, view.french));
    }
    cells.push_back(Grouped(total, view.french));
    const std::string due = Grouped(row.due_soon, view.french);
    cells.push_back(row.due_at_least ? "≥ " + due : row.due_soon == 0 ? "-" : due);
    table.Row(std::move(cells));
  }
  return table.Text();
}

}  // namespace ecluse::ctl
