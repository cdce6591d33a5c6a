// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/books.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <map>
#include <set>

#include "proto/content/codec.h"

namespace ecluse::story {
namespace {

std::string Sha256(const std::string& bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

class Judge {
 public:
  Judge(const std::vector<wire::ListRow>& rows, const Ledgers& ledgers) : ledgers_(ledgers) {
    for (const wire::ListRow& row : rows) {
      if (!rows_.emplace(row.status.number, &row).second) {
        Disagree("the broker's book has request {} twice", row.status.number.value);
      }
    }
    for (const auto& [who, witness] : ledgers) {
      lines_[who].who = who.text;
      for (const Acceptance& a : witness.accepted) digests_[a.key].insert(a.sha256);
    }
  }

  void Read(const Notebook& notebook) {
    for (const Note& note : notebook.notes) notes_[note.receipt] = &note;
    for (const Note& note : notebook.notes) {
      Line& line = lines_[note.destination.run_by];
      line.who = note.destination.run_by.text;
      ++line.deposited;
      line.again += note.again;
      line.same_receipt += note.same_receipt;
      line.answered += note.answers > 0;
      if (note.again && !note.same_receipt) {
        Disagree("request {}: deposited again, and its receipt is another", note.receipt.value);
      }
      if (note.answers > 1) Disagree("request {}: answered twice", note.receipt.value);
      if (note.said_twice) Disagree("request {}: told the same word twice", note.receipt.value);
      if (note.receipt.value == 0) continue;
      ++line.receipts;
      ReadOne(notebook.practice, note, line);
    }
  }

  // What no practice knows of.
  void ReadTheRest(uint64_t receipts) {
    for (const auto& [who, witness] : ledgers_) {
      for (const auto& [key, times] : witness.by_key) {
        if (!keys_.contains(key)) Disagree("{} has {}, which nobody deposited", who.text, key);
      }
    }
    if (rows_.size() != receipts) {
      Disagree("the broker's book has {} requests, the practices {} receipts", rows_.size(),
               receipts);
    }
  }

  const std::map<OperatorId, Line>& lines() const { return lines_; }
  std::vector<std::string> disagreements;

 private:
  template <class... Values>
  void Disagree(fmt::format_string<Values...> text, Values&&... values) {
    disagreements.push_back(fmt::format(text, std::forward<Values>(values)...));
  }

  // A bill that was deposited before its grant takes the number along, and nothing else changes.
  std::string BytesOf(const Note& note) const {
    const wire::Deposit::Item& item = note.request->item;
    if (item.kind != Kind::kBill || item.follows.value == 0) return item.content;
    auto content = content::Decode(item.content);
    const auto authorisation = notes_.find(item.follows);
    if (!content.ok() || authorisation == notes_.end()) return item.content;
    auto* bill = std::get_if<content::Invoice>(&*content);
    if (bill == nullptr || !bill->authorisation_number.empty()) return item.content;
    bill->authorisation_number = authorisation->second->number;
    return content::Encode(*content);
  }

  // How often it was accepted, at its own operator or astray.
  uint32_t Accepted(const std::string& key, const Note& note) {
    uint32_t accepted = 0;
    for (const auto& [who, witness] : ledgers_) {
      const auto found = witness.by_key.find(key);
      if (found == witness.by_key.end()) continue;
      accepted += found->second;
      if (who != note.destination.run_by) {
        Disagree("request {}: it went astray, to {}", note.receipt.value, who.text);
      }
    }
    return accepted;
  }

  void ReadOne(const PracticeId& practice, const Note& note, Line& line) {
    const std::string key = fmt::format("{}-{}", practice.text, note.receipt.value);
    if (!keys_.insert(key).second) {
      Disagree("request {}: one receipt for two deposits", note.receipt.value);
    }
    const uint32_t accepted = Accepted(key, note);
    line.accepted_once += accepted == 1;
    if (accepted > 1) line.duplicated += accepted - 1;
    if (accepted > 0 && digests_[key] != std::set{Sha256(BytesOf(note))}) {
      Disagree("request {}: the operator has other bytes than were deposited", note.receipt.value);
    }
    if (note.withdrawn && rows_.contains(note.receipt) &&
        rows_[note.receipt]->status.state != StateCode::kWithdrawn) {
      Disagree("request {}: taken back, but the broker goes on with it", note.receipt.value);
    }
    const auto row = rows_.find(note.receipt);
    if (row == rows_.end() || row->second->practice != practice) {
      ++line.lost;
      return Disagree("request {}: the broker does not know it", note.receipt.value);
    }
    ReadState(row->second->status.state, accepted, note, line);
  }

  void ReadState(StateCode state, uint32_t accepted, const Note& note, Line& line) {
    const uint64_t number = note.receipt.value;
    switch (state) {
      case StateCode::kSettled:
        ++line.settled;
        line.lost += accepted == 0 || note.answers == 0;
        if (accepted == 0) Disagree("request {}: settled, but the operator never had it", number);
        if (note.answers == 0) Disagree("request {}: settled, but no answer came", number);
        return;
      case StateCode::kRejected:
        ++line.rejected;
        line.lost += note.answers == 0;
        if (accepted > 0) Disagree("request {}: rejected, but the operator has it", number);
        if (note.answers == 0) Disagree("request {}: rejected, but nobody was told", number);
        return;
      case StateCode::kReturned:
      case StateCode::kWithdrawn:
        ++line.given_back;
        if (accepted > 0) Disagree("request {}: given back, but the operator has it", number);
        if (state == StateCode::kReturned && !note.returned) {
          Disagree("request {}: given back, but nobody was told", number);
        }
        return;
      case StateCode::kInDoubt:
        ++line.in_doubt;
        return;
      case StateCode::kAwaiting:
        ++line.unfinished;
        line.lost += accepted == 0;
        if (accepted == 0) Disagree("request {}: awaited from an operator without it", number);
        return;
      case StateCode::kSending:
        ++line.unfinished;
        return;
      default:
        ++line.unfinished;
        if (accepted > 0) Disagree("request {}: unsent by the book, but sent", number);
        return;
    }
  }

  const Ledgers& ledgers_;
  std::map<OperatorId, Line> lines_;
  std::map<RequestId, const wire::ListRow*> rows_;
  std::map<RequestId, const Note*> notes_;
  std::map<std::string, std::set<std::string>> digests_;
  std::set<std::string> keys_;
};

}  // namespace

void Line::Add(const Line& other) {
  deposited += other.deposited;
  receipts += other.receipts;
  again += other.again;
  same_receipt += other.same_receipt;
  accepted_once += other.accepted_once;
  answered += other.answered;
  settled += other.settled;
  rejected += other.rejected;
  given_back += other.given_back;
  in_doubt += other.in_doubt;
  unfinished += other.unfinished;
  lost += other.lost;
  duplicated += other.duplicated;
}

Verdict Compare(const std::vector<Notebook>& notebooks, const std::vector<wire::ListRow>& rows,
                const Ledgers& ledgers) {
  Verdict verdict;
  verdict.total.who = "all";
  Judge judge(rows, ledgers);
  for (const Notebook& notebook : notebooks) judge.Read(notebook);
  for (const auto& [who, line] : judge.lines()) {
    verdict.operators.push_back(line);
    verdict.total.Add(line);
  }
  judge.ReadTheRest(verdict.total.receipts);
  verdict.disagreements = std::move(judge.disagreements);
  return verdict;
}

}  // namespace ecluse::story
