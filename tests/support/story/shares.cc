// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/shares.h"

#include <algorithm>
#include <map>
#include <string>

namespace ecluse::story {
namespace {

// Deliveries to one service, in order: whose they were.
using Deliveries = std::vector<std::string>;

std::map<std::pair<OperatorId, std::string>, Deliveries> DeliveriesOf(const Ledgers& ledgers) {
  std::map<std::pair<OperatorId, std::string>, Deliveries> all;
  for (const auto& [who, witness] : ledgers) {
    for (const Acceptance& a : witness.accepted) all[{who, a.service}].push_back(a.practice);
  }
  return all;
}

}  // namespace

std::vector<Share> SharesOf(const std::vector<Notebook>& notebooks, const Ledgers& ledgers,
                            const std::set<std::pair<OperatorId, PracticeId>>& not_let_in) {
  std::vector<Share> shares;
  for (const Notebook& notebook : notebooks) {
    Share& share = shares.emplace_back();
    share.practice = notebook.practice;
    share.deposited = notebook.notes.size();
    for (const Note& note : notebook.notes) share.last = std::max(share.last, note.answered_at);
  }
  for (const auto& [service, list] : DeliveriesOf(ledgers)) {
    const auto half = list.begin() + static_cast<std::ptrdiff_t>(list.size() / 2);
    const std::set<std::string> everybody(list.begin(), list.end());
    const double equal =
        static_cast<double>(half - list.begin()) / static_cast<double>(everybody.size());
    for (Share& share : shares) {
      if (not_let_in.contains({service.first, share.practice})) continue;
      const std::string& name = share.practice.text;
      const auto own = static_cast<double>(std::count(list.begin(), list.end(), name));
      share.early += static_cast<uint64_t>(std::count(list.begin(), half, name));
      share.fair += std::min(own, equal);
    }
  }
  return shares;
}

}  // namespace ecluse::story
