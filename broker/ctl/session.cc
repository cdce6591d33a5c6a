// SPDX-License-Identifier: Apache-2.0
#include "broker/ctl/session.h"

namespace ecluse::ctl {

void Session::Tell(const std::string& text) { (json ? world.err : world.out) << text; }

void Session::Fail(Exit how, const std::string& why) {
  world.err << "eclusectl: " << why << "\n";
  exit = how;
}

std::optional<wire::ReplyBody> Session::Hear(const wire::CallBody& call) {
  if (!ask_) {
    auto connected = world.connect(settings);
    if (!connected.ok()) {
      Fail(kUsage, std::string(connected.status().message()));
      return std::nullopt;
    }
    ask_ = std::move(*connected);
  }
  auto reply = ask_(call);
  if (!reply.ok()) {
    Fail(kNoAnswer, view("no answer from the broker. Is it running, and is this key known to it? "
                         "Whether it heard is not known; saying it again is safe.",
                         "pas de réponse du courtier. Tourne-t-il, connaît-il cette clé ? On ne "
                         "sait pas s'il a entendu ; on peut redire la commande sans risque."));
    return std::nullopt;
  }
  return std::move(*reply);
}

void Session::TellRefusal(const wire::ReplyBody& reply) {
  const auto* error = std::get_if<Error>(&reply);
  if (error == nullptr) {
    return Fail(kNoAnswer, view("the broker's answer does not fit the question",
                                "la réponse du courtier ne correspond pas à la question"));
  }
  world.err << (json ? Json(*error) : Text(*error, view));
  exit = kRefused;
}

std::optional<wire::ReplyBody> Session::Say(const wire::CallBody& call) {
  auto reply = Hear(call);
  if (!reply || !std::holds_alternative<Error>(*reply)) return reply;
  TellRefusal(*reply);
  return std::nullopt;
}

}  // namespace ecluse::ctl
