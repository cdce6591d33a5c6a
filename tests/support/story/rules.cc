// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "proto/content/codec.h"

namespace ecluse::story {
namespace {

using Complaints = std::vector<std::string>;

// Where each key stands in its operator's ledger, and the line itself.
struct Come {
  size_t place = 0;
  const Acceptance* acceptance = nullptr;
};
using Comings = std::map<std::string, Come>;

Comings ComingsOf(const Ledgers& ledgers) {
  Comings comings;
  for (const auto& [who, witness] : ledgers) {
    size_t place = 0;
    for (const Acceptance& a : witness.accepted) comings.try_emplace(a.key, Come{++place, &a});
  }
  return comings;
}

// As the ledger keeps time.
absl::Time MillisOf(absl::Time time) { return absl::FromUnixMillis(absl::ToUnixMillis(time)); }

std::string KeyOf(const Notebook& notebook, const Note& note) {
  return fmt::format("{}-{}", notebook.practice.text, note.receipt.value);
}

bool WasGranted(const Note& authorisation) {
  return authorisation.decision == Decision::kGranted ||
         authorisation.decision == Decision::kGrantedOtherAmount;
}

class Cases {
 public:
  Cases(const Notebook& notebook, const Comings& comings) : notebook_(notebook), comings_(comings) {
    for (const Note& note : notebook.notes) notes_[note.receipt] = &note;
  }

  Complaints Check() {
    for (const auto& [receipt, note] : notes_) {
      const RequestId first = note->request->item.follows;
      if (first.value == 0) continue;
      const auto followed = notes_.find(first);
      if (followed == notes_.end()) continue;
      CheckOrder(*note, first);
      if (note->request->item.kind == Kind::kBill) CheckBill(*note, *followed->second);
    }
    return std::move(complaints_);
  }

 private:
  const Come* ComingOf(const Note& note) const {
    const auto found = comings_.find(KeyOf(notebook_, note));
    return found == comings_.end() ? nullptr : &found->second;
  }

  // What follows one request follows it in order of number, and after it.
  void CheckOrder(const Note& note, RequestId first) {
    const Come* came = ComingOf(note);
    if (came == nullptr) return;
    for (const auto& [receipt, earlier] : notes_) {
      if (receipt >= note.receipt) break;
      if (receipt != first && earlier->request->item.follows != first) continue;
      const Come* before = ComingOf(*earlier);
      if (before == nullptr || before->place < came->place) continue;
      complaints_.push_back(fmt::format("request {}: it overtook request {} of its case",
                                        note.receipt.value, receipt.value));
    }
  }

  void CheckBill(const Note& bill, const Note& authorisation) {
    const Come* came = ComingOf(bill);
    const auto complain = [&](const char* what) {
      complaints_.push_back(fmt::format("bill {}: {}", bill.receipt.value, what));
    };
    if (came != nullptr && came->acceptance->about != authorisation.number) {
      complain("without its authorisation's number");
    }
    if (came != nullptr && came->acceptance->about_was != "granted") complain("before its grant");
    if (bill.returned && WasGranted(authorisation)) complain("given back though it was granted");
    if (authorisation.decision == Decision::kRefused && !bill.returned) {
      complain("its authorisation was refused, and it was not given back");
    }
  }

  const Notebook& notebook_;
  const Comings& comings_;
  std::map<RequestId, const Note*> notes_;
  Complaints complaints_;
};

}  // namespace

Complaints CheckCases(const std::vector<Notebook>& notebooks, const Ledgers& ledgers) {
  const Comings comings = ComingsOf(ledgers);
  Complaints all;
  for (const Notebook& notebook : notebooks) {
    const Complaints complaints = Cases(notebook, comings).Check();
    all.insert(all.end(), complaints.begin(), complaints.end());
  }
  return all;
}

Complaints CheckCeilings(const Ledgers& ledgers, const std::map<Destination, uint32_t>& ceilings) {
  Complaints complaints;
  for (const auto& [destination, ceiling] : ceilings) {
    const auto witness = ledgers.find(destination.run_by);
    if (witness == ledgers.end()) continue;
    const uint32_t most = witness->second.MostAtOnce(destination.service.text);
    if (most <= ceiling) continue;
    complaints.push_back(fmt::format("{}: {} at once, over its ceiling of {}",
                                     ToString(destination), most, ceiling));
  }
  return complaints;
}

Complaints CheckPasswords(const Ledgers& ledgers, const std::vector<NewPassword>& passwords) {
  Complaints complaints;
  for (const NewPassword& password : passwords) {
    if (password.waited == 0) {
      complaints.push_back(
          fmt::format("{}: nothing waited for its new password", password.practice.text));
    }
    if (password.tried) {
      complaints.push_back(
          fmt::format("{}: its old password was tried all the same", password.practice.text));
    }
    const auto witness = ledgers.find(password.at);
    if (witness == ledgers.end()) continue;
    for (const Acceptance& a : witness->second.accepted) {
      if (a.practice != password.practice.text || a.at >= MillisOf(password.since)) continue;
      complaints.push_back(fmt::format("{} went before its practice's new password", a.key));
    }
  }
  return complaints;
}

uint64_t TimesReclosed(const GateLog& log, const Destination& destination) {
  return static_cast<uint64_t>(
      std::ranges::count(log, std::pair{destination, GateCode::kReclosed}));
}

Complaints CheckReclosing(const GateLog& log, const Destination& destination) {
  const auto closed = std::ranges::find(log, std::pair{destination, GateCode::kReclosed});
  if (closed == log.end()) {
    return {
        fmt::format("{}: it fell over, and its gate did not close again", ToString(destination))};
  }
  const bool rose = std::any_of(closed, log.end(), [&](const auto& seen) {
    return seen.first == destination &&
           (seen.second == GateCode::kRamping || seen.second == GateCode::kOpen);
  });
  if (rose) return {};
  return {fmt::format("{}: its gate did not rise again", ToString(destination))};
}

}  // namespace ecluse::story
