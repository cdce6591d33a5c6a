// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "proto/texts.h"

namespace ecluse {
namespace {

struct Zone {
  absl::TimeZone zone = absl::UTCTimeZone();
  const char* mark = " UTC";
};

const Zone& Paris() {
  static const Zone zone = [] {
    Zone z;
    if (absl::LoadTimeZone("Europe/Paris", &z.zone)) z.mark = "";
    return z;
  }();
  return zone;
}

std::string Hour(absl::Time time, bool french) {
  return absl::FormatTime(french ? "%d/%m à %H:%M" : "%d/%m %H:%M", time, Paris().zone) +
         Paris().mark;
}

std::string_view Word(GateCode code, bool french) {
  switch (code) {
    case GateCode::kOpen:
      return french ? "ouvert" : "open";
    case GateCode::kClosed:
      return french ? "fermé" : "closed";
    case GateCode::kCanary:
      return french ? "essai d'une demande" : "trying one request";
    case GateCode::kSuspected:
      return french ? "suspect, une demande à la fois" : "suspected, one request at a time";
    case GateCode::kRamping:
      return french ? "montée en charge" : "ramping up";
    case GateCode::kReclosed:
      return french ? "refermé" : "closed again";
  }
  return french ? "état inconnu" : "unknown state";
}

// As exact as a forecast can be.
std::string About(absl::Duration time, bool french) {
  if (time < absl::Minutes(1)) return french ? "moins d'une minute" : "less than a minute";
  if (time < absl::Hours(1)) return fmt::format("{} min", absl::ToInt64Minutes(time));
  if (time < absl::Hours(48)) return fmt::format("{} h", absl::ToInt64Hours(time));
  return fmt::format("{} {}", absl::ToInt64Hours(time) / 24, french ? "jours" : "days");
}

std::string Gate(const GateState& gate, absl::Time now, bool french) {
  std::string text(Word(gate.code, french));
  if (gate.code != GateCode::kOpen) {
    text += fmt::format("{}{}", french ? " depuis le " : " since ", Hour(gate.since, french));
    if (!gate.reason.empty()) text += fmt::format(" ({})", gate.reason);
  }
  if (gate.code == GateCode::kReclosed && gate.asks) {
    text += french ? ", l'équipe d'exploitation examine les réponses"
                   : ", the support team looks at the answers";
  }
  if (gate.code == GateCode::kClosed && gate.announced != absl::InfiniteFuture()) {
    const bool past = gate.announced <= now;
    const std::string at = Hour(gate.announced, french);
    text += french
                ? fmt::format(", réouverture {}annoncée pour le {}", past ? "qui était " : "", at)
                : fmt::format(", reopening {}announced {}", past ? "was " : "", at);
  }
  if (gate.paused_until > now) {
    const std::string until = Hour(gate.paused_until, french);
    text += french ? fmt::format(", en pause jusqu'au {}", until)
                   : fmt::format(", paused until {}", until);
  }
  return text;
}

std::string Queue(const wire::DestinationStatus& status, bool french) {
  if (status.before == 0) {
    if (status.waiting == 0) return {};
    return french ? ", votre demande est la prochaine" : ", your request is next";
  }
  if (!french) return fmt::format(", {} before you", status.before);
  return fmt::format(", {} demande{} avant la vôtre", status.before, status.before == 1 ? "" : "s");
}

// What stands in the way of this practice, and how long it may take.
std::string Prospect(const wire::DestinationStatus& status, const std::string& who, bool french) {
  std::string text;
  if (status.password) {
    text += french ? fmt::format(", attend que vous changiez votre mot de passe chez {}", who)
                   : fmt::format(", waiting for you to change your password at {}", who);
  }
  if (!status.served) {
    text += french ? ", aucun connecteur en service" : ", no adapter at work";
  }
  if (status.waiting > 0 && status.empty_in) {
    const std::string about = About(*status.empty_in, french);
    text += french ? fmt::format(", tout parti dans {} environ", about)
                   : fmt::format(", all gone in about {}", about);
  }
  return text;
}

}  // namespace

std::string Sentence(const wire::DestinationStatus& status, absl::Time now, Language language) {
  const bool french = language == Language::kFrench;
  std::string who = status.destination.run_by.text;
  if (!who.empty() && who[0] >= 'a' && who[0] <= 'z') who[0] = static_cast<char>(who[0] - 32);
  std::string text = fmt::format("{} {}{} {}", who, status.destination.service.text,
                                 french ? " :" : ":", Gate(status.gate, now, french));
  if (status.held) {
    text += french ? ", envois bloqués par l'équipe d'exploitation"
                   : ", sending on hold by the support team";
  }
  return text + Queue(status, french) + Prospect(status, who, french);
}

}  // namespace ecluse
