// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/check_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "broker/ctl/table.h"

namespace ecluse::ctl {

std::string Text(const store::Finding& finding) {
  return Plain(finding.where) + ": " + Plain(finding.what) + "\n";
}

std::string Text(const store::Checked& checked, const View& view) {
  const auto number = [&](uint64_t n) { return Grouped(n, view.french); };
  std::string text = fmt::format(
      fmt::runtime(view("{} requests, {} journal entries, {} answers, {} index keys, {} business "
                        "keys checked: {} finding(s)\n",
                        "{} demandes, {} lignes de journal, {} réponses, {} clés d'index, {} clés "
                        "métier vérifiées : {} anomalie(s)\n")),
      number(checked.requests), number(checked.entries), number(checked.answers),
      number(checked.index_keys), number(checked.business_keys), number(checked.findings));
  text += fmt::format(fmt::runtime(view("format {}, epoch {}\n", "format {}, époque {}\n")),
                      checked.format, checked.epoch);
  if (checked.fenced) {
    text += view("Restored or copied: a broker that opens it starts held.\n",
                 "Restauré ou copié : le courtier qui l'ouvre démarre suspendu.\n");
  }
  return text;
}

std::string Json(const store::Finding& finding) {
  const nlohmann::ordered_json object = {
      {"type", "finding"}, {"what", finding.what}, {"where", finding.where}};
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string Json(const store::Checked& checked) {
  const nlohmann::ordered_json object = {{"type", "checked"},
                                         {"requests", checked.requests},
                                         {"entries", checked.entries},
                                         {"answers", checked.answers},
                                         {"index_keys", checked.index_keys},
                                         {"business_keys", checked.business_keys},
                                         {"findings", checked.findings},
                                         {"format", checked.format},
                                         {"epoch", checked.epoch},
                                         {"fenced", checked.fenced}};
  return object.dump() + "\n";
}

}  // namespace ecluse::ctl
