// SPDX-License-Identifier: Apache-2.0
#include "tests/support/operator/operator.h"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "tests/support/operator/exchange_surface.h"
#include "tests/support/operator/portal_surface.h"

namespace ecluse {
namespace {

using simulated::Door;

// The first part of a path, which is cut off.
std::string TakePart(std::string& path) {
  if (path.empty() || path[0] != '/') return "";
  const size_t end = std::min(path.find('/', 1), path.size());
  std::string part = path.substr(1, end - 1);
  path.erase(0, end);
  return part;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SimulatedOperator>> SimulatedOperator::Open(
    OperatorOptions options) {
  options.desk.ledger = options.ledger;
  options.desk.seed = options.seed;
  options.desk.deduplicate = options.deduplicate;
  std::unique_ptr<SimulatedOperator> self(new SimulatedOperator(options));
  options.desk.taken = [s = self.get()] { s->strike_.Taken(); };
  auto desk = simulated::Desk::Open(std::move(options.desk));
  if (!desk.ok()) return desk.status();
  self->desk_ = *std::move(desk);
  self->surfaces_["portal"] = std::make_unique<simulated::PortalSurface>(*self->desk_, self->dice_);
  self->surfaces_["exchange"] =
      std::make_unique<simulated::ExchangeSurface>(*self->desk_, self->dice_);
  auto server = TlsServer::Open(options.tls, [s = self.get()](TlsPeer& peer) { s->Serve(peer); });
  if (!server.ok()) return server.status();
  self->server_ = *std::move(server);
  return self;
}

void SimulatedOperator::Serve(TlsPeer& peer) {
  for (TlsPeer::Request request; peer.ReadHead(request);) {
    if (!ServeOne(peer, request)) return;
  }
}

bool SimulatedOperator::ServeOne(TlsPeer& peer, const TlsPeer::Request& request) {
  std::string path = request.target;
  const std::string service = TakePart(path);
  const auto surface = surfaces_.find(TakePart(path));
  // Both protocols number the tries of what is submitted, and of nothing else.
  const bool submits = request.headers.contains("x-ecluse-attempt");
  const simulated::Desk::Visit visit(*desk_, service, submits);
  if (Closed(peer, request, service)) return false;
  if (desk_->Has(service) && surface != surfaces_.end()) {
    const bool stays = surface->second->Serve(peer, request, service, path);
    strike_.Answered();
    return stays;
  }
  simulated::Refuse(peer, request, {404, "Content-Type: text/plain\r\n", "no such page"});
  return false;
}

bool SimulatedOperator::Closed(TlsPeer& peer, const TlsPeer::Request& request,
                               const std::string& service) {
  const Door door = desk_->DoorOf(service);
  switch (door.how) {
    case Door::How::kOpen:
      return false;
    case Door::How::kRefuse:
      break;
    case Door::How::kBusy:
      simulated::Refuse(
          peer, request,
          {503, simulated::RetryAfter(door.busy_for) + "Content-Type: application/json\r\n",
           R"({"error":"closed"})"});
      break;
    case Door::How::kPage:
      simulated::Refuse(
          peer, request,
          {200, "Content-Type: text/html\r\n", "<html><body>Site en maintenance</body></html>"});
      break;
  }
  return true;
}

std::string SimulatedOperator::Command(const std::string& line) {
  if (line == "status") return Status();
  if (line.starts_with("faults ")) {
    const auto faults = ParseFaults(line == "faults none" ? "" : line.substr(7));
    if (!faults.ok()) return "error: " + std::string(faults.status().message());
    dice_.Set(*faults);
    return "ok";
  }
  if (line.starts_with("strike ")) {
    const pid_t victim = std::atoi(line.c_str() + 7);
    if (victim <= 1) return "error: strike PID";
    strike_.Arm(victim);
    return "ok";
  }
  const auto said = desk_->Command(line);
  if (!said)
    return "error: open | close … | stage … | hours … | record … | refuse … | overload … | others "
           "… | "
           "load … | "
           "secrets … | account … | shares … | faults … | strike … | status";
  if (!said->starts_with("ok")) return *said;
  const bool refuses = desk_->DoorOf("").how == Door::How::kRefuse;
  if (!server_->Listen(!refuses)) return "error: the port is taken";
  return refuses && line == "close refuse" ? "ok closed, connections are refused" : *said;
}

std::string SimulatedOperator::Status() const {
  const simulated::Desk::Count count = desk_->Accepted();
  const char* const doors[] = {"open", "refuse", "busy", "page"};
  return fmt::format("ok door={} accepted={} keys={} duplicated={}",
                     doors[static_cast<size_t>(desk_->DoorOf("").how)], count.accepted, count.keys,
                     count.accepted - count.keys);
}

}  // namespace ecluse
