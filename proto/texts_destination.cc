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

std::string Gate(const GateState& gate, absl::Time now, bool french) {
  std::string text;
  if (gate.code == GateCode::kOpen) {
    text = french ? "ouvert" : "open";
  } else {
    const bool closed = gate.code == GateCode::kClosed;
    const std::string since = Hour(gate.since, french);
    text = french ? fmt::format("{} depuis le {}", closed ? "fermé" : "reprise en cours", since)
                  : fmt::format("{} since {}", closed ? "closed" : "resuming", since);
    if (!gate.reason.empty()) text += fmt::format(" ({})", gate.reason);
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
  return text + Queue(status, french);
}

}  // namespace ecluse
