// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "broker/ctl/table.h"
#include "broker/ctl/text.h"
#include "broker/ctl/when.h"
#include "broker/ctl/words.h"

namespace ecluse::ctl {
namespace {

std::string Pair(const char* label, const std::string& value) {
  return label + std::string(16 - std::min<size_t>(15, Width(label)), ' ') + value + "\n";
}

std::string OutcomeCell(const JournalEntry& entry, const View& view) {
  std::string cell = WordOf(entry.outcome).In(view);
  std::string detail;
  if (entry.outcome == OutcomeCode::kDeferred && entry.detail != 0) {
    detail = WordOf(static_cast<Hindrance>(entry.detail)).In(view);
  } else if (entry.outcome == OutcomeCode::kAnswered) {
    detail = WordOf(static_cast<Decision>(entry.detail)).In(view);
  } else if (entry.outcome == OutcomeCode::kAccepted && entry.detail != 0) {
    detail = WordOf(static_cast<Decision>(entry.detail)).In(view);
  }
  return detail.empty() ? cell : cell + ": " + detail;
}

std::string HistoryTable(const std::vector<JournalEntry>& history, const View& view) {
  Table table;
  table.Column(view("When", "Quand")).Column(view("What", "Quoi")).Column(view("State", "État"));
  table.Number(view("Attempt", "Essai")).Column(view("Outcome", "Issue"));
  table.Column(view("By", "Par")).Column("Note");
  for (const JournalEntry& entry : history) {
    const char* to = WordOf(entry.to).In(view);
    const bool moved = entry.from.has_value() && *entry.from != entry.to;
    table.Row({Moment(entry.at, view), WordOf(entry.cause).In(view),
               moved ? fmt::format("{} → {}", WordOf(*entry.from).In(view), to) : to,
               entry.attempt == 0 ? "-" : std::to_string(entry.attempt), OutcomeCell(entry, view),
               entry.actor.empty() ? "eclused" : Plain(entry.actor), Plain(entry.note)});
  }
  return table.Text();
}

std::string LiftedBy(const Hold& hold, const View& view) {
  const char* rule = WordOf(hold.rule).In(view);
  if (hold.until == absl::InfiniteFuture()) return rule;
  return fmt::format(fmt::runtime(view("{}, or at {}", "{}, ou à {}")), rule,
                     Hour(hold.until, view));
}

std::string HoldsTable(const std::vector<Hold>& holds, const View& view) {
  Table table;
  table.Number(view("Hold", "Retenue")).Column(view("Stops", "Arrête"));
  table.Column(view("Since", "Depuis")).Column(view("By", "Par"));
  table.Column(view("Lifted by", "Levée par")).Column(view("Reason", "Motif"));
  for (const Hold& hold : holds) {
    table.Row({std::to_string(hold.id.value), ScopeText(hold.scope, view), Hour(hold.since, view),
               Plain(hold.owner), LiftedBy(hold, view), Plain(hold.reason)});
  }
  return table.Text();
}

std::string CardText(const Card& card, const View& view) {
  std::string text = fmt::format("AMC {}", Plain(card.amc));
  if (!card.convention.empty()) text += ", " + Plain(card.convention);
  if (!card.csr.empty()) text += ", CSR " + Plain(card.csr);
  return fmt::format(fmt::runtime(view("{}, {}, care of {}", "{}, {}, soins du {}")), text,
                     Plain(card.domain), absl::FormatCivilTime(card.day));
}

std::string DueText(absl::Time due, const View& view) {
  const bool over = due <= view.now;
  const std::string span = Span(over ? view.now - due : due - view.now, view);
  return fmt::format(fmt::runtime(over ? view("{} (PASSED {} ago)", "{} (PASSÉ depuis {})")
                                       : view("{} (in {})", "{} (dans {})")),
                     Hour(due, view), span);
}

std::string SaidText(const std::vector<Decision>& said, const View& view) {
  std::string text;
  for (const Decision decision : said) {
    text += (text.empty() ? "" : "; ") + std::string(WordOf(decision).In(view));
  }
  return text;
}

}  // namespace

std::string ScopeText(const Scope& scope, const View& view) {
  if (scope.request) {
    return fmt::format(fmt::runtime(view("request {}", "demande {}")), scope.request->value);
  }
  std::string where = scope.run_by ? scope.run_by->text : "";
  if (scope.service) where += "/" + scope.service->text;
  if (scope.practice && where.empty()) {
    where = fmt::format(fmt::runtime(view("practice {}", "praticien {}")), scope.practice->text);
  } else if (scope.practice) {
    where = scope.practice->text + "@" + where;
  } else if (where.empty()) {
    where = view("everything", "tout");
  }
  if (scope.kind) where += std::string(", ") + WordOf(*scope.kind).In(view);
  if (scope.deposited_from != absl::InfinitePast()) {
    where += fmt::format(fmt::runtime(view(", deposited from {}", ", déposé depuis {}")),
                         Hour(scope.deposited_from, view));
  }
  if (scope.deposited_until != absl::InfiniteFuture()) {
    where += fmt::format(fmt::runtime(view(", deposited until {}", ", déposé jusqu'à {}")),
                         Hour(scope.deposited_until, view));
  }
  return where;
}

std::string Text(const wire::ListResult& list, const View& view) {
  std::string text;
  if (list.rows.empty()) {
    text = view("No such requests.\n", "Aucune demande de ce genre.\n");
  } else {
    Table table;
    table.Number(view("Request", "Demande")).Column("Destination");
    table.Column(view("Practice", "Praticien")).Column(view("State", "État"));
    table.Column(view("Waits for", "Attend")).Column(view("Deposited", "Déposée"));
    table.Column(view("Age", "Âge")).Column(view("Due", "Pour le"));
    table.Column(view("Goes in", "Part dans")).Number(view("Attempts", "Essais"));
    for (const auto& row : list.rows) {
      const wire::RequestStatus& s = row.status;
      table.Row({std::to_string(s.number.value), ToString(s.destination), row.practice.text,
                 WordOf(s.state).In(view), WordOf(s.why).In(view), Hour(s.deposited_at, view),
                 Span(view.now - s.deposited_at, view), Hour(s.due, view),
                 s.goes_in ? "~ " + Span(*s.goes_in, view) : "-", std::to_string(s.attempts)});
    }
    text = table.Text();
  }
  if (list.next.value != 0) {
    text += fmt::format(fmt::runtime(view("There may be more: --after {}\n",
                                          "Il y en a peut-être d'autres : --after {}\n")),
                        list.next.value);
  }
  return text;
}

std::string Text(const wire::ShowResult& shown, const View& view) {
  const wire::RequestStatus& s = shown.row.status;
  std::string state = WordOf(s.state).In(view);
  if (s.why != wire::WhyWaiting::kNothing) state += std::string(": ") + WordOf(s.why).In(view);
  std::string text = Pair(view("Request", "Demande"), std::to_string(s.number.value));
  text += Pair(view("State", "État"), state);
  if (s.before > 0) text += Pair(view("Before it", "Avant elle"), Grouped(s.before, view.french));
  if (s.behind.value != 0) text += Pair(view("Behind", "Derrière"), std::to_string(s.behind.value));
  if (s.goes_in) {
    text += Pair(view("Goes in", "Part dans"), "~ " + Span(*s.goes_in, view));
  }
  text += Pair("Destination", ToString(s.destination));
  if (shown.deposited_to) {
    text += Pair(view("Deposited to", "Déposée pour"), ToString(*shown.deposited_to));
  }
  if (shown.card) text += Pair(view("Card", "Carte"), CardText(*shown.card, view));
  text += Pair(view("Practice", "Praticien"),
               fmt::format("{} (FINESS {})", shown.row.practice.text, Plain(shown.finess)));
  text += Pair(view("Content", "Contenu"),
               fmt::format(fmt::runtime(view("{}, {}, {} bytes", "{}, {}, {} octets")),
                           WordOf(shown.kind).In(view), Plain(shown.format),
                           Grouped(shown.content_bytes, view.french)));
  text += Pair(view("Deposited", "Déposée"),
               fmt::format(fmt::runtime(view("{} ({} ago)", "{} (il y a {})")),
                           Moment(s.deposited_at, view), Span(view.now - s.deposited_at, view)));
  if (s.due != absl::InfiniteFuture()) {
    text += Pair(view("Due", "À faire pour le"), DueText(s.due, view));
  }
  if (s.follows.value != 0) {
    text += Pair(view("Belongs to", "Se rattache à"), std::to_string(s.follows.value));
  }
  if (!s.said.empty()) {
    text += Pair(view("Operator said", "Opérateur dit"), SaidText(s.said, view));
  }
  if (!shown.number.empty()) {
    text += Pair(view("Its number", "Son numéro"), Plain(shown.number));
  }
  if (!shown.grant.empty()) {
    text += Pair(view("Takes along", "Emporte"), Plain(shown.grant));
  }
  if (shown.maybe_twice) {
    text += Pair(view("ALARM", "ALARME"),
                 view("the operator may hold it twice", "l'opérateur l'a peut-être deux fois"));
  }
  text += Pair(view("Attempts", "Essais"), std::to_string(s.attempts));
  if (shown.next_at && *shown.next_at != absl::InfiniteFuture()) {
    text += Pair(view("Next at", "Suite à"), Moment(*shown.next_at, view));
  }
  if (!shown.holds.empty()) text += "\n" + HoldsTable(shown.holds, view);
  return text + "\n" + HistoryTable(shown.history, view);
}

std::string Text(const wire::HoldsResult& result, const View& view) {
  return result.holds.empty() ? view("No holds.\n", "Aucune retenue.\n")
                              : HoldsTable(result.holds, view);
}

std::string Text(const wire::ActResult& result, const View& view) {
  return fmt::format(fmt::runtime(view("Done: {} request(s).\n", "Fait : {} demande(s).\n")),
                     Grouped(result.requests, view.french)) +
         (result.more
              ? view("There are more: plan again.\n", "Il y en a d'autres : planifiez à nouveau.\n")
              : "");
}

std::string PlanText(const wire::ActResult& plan, wire::Verdict verdict, const View& view) {
  if (plan.requests == 0) {
    return view("No request in doubt matches.\n", "Aucune demande en doute ne correspond.\n");
  }
  const char* what =
      verdict == wire::Verdict::kSent
          ? view("SENT: they will await the operator's answer and are never sent again",
                 "ENVOYÉES : elles attendront la réponse et ne partiront plus jamais")
          : view("NOT SENT: they go back to their queue and ARE SENT AGAIN",
                 "PAS ENVOYÉES : elles retournent en file et PARTENT À NOUVEAU");
  std::string text =
      fmt::format(fmt::runtime(view("Plan: {} request(s) in doubt would be declared {}.\n",
                                    "Plan : {} demande(s) en doute seraient déclarées {}.\n")),
                  Grouped(plan.requests, view.french), what);
  if (plan.more) {
    text += view("The plan was cut: there are more, plan again after it.\n",
                 "Le plan est coupé : il y en a d'autres, planifiez à nouveau ensuite.\n");
  }
  return text + fmt::format(fmt::runtime(view("To do it, say the same with --token {}\n",
                                              "Pour le faire, redites-le avec --token {}\n")),
                            plan.token);
}

}  // namespace ecluse::ctl
