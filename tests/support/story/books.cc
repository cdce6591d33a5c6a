// SPDX-License-Identifier: Apache-2.0
#include "tests/support/story/books.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <map>
#include <set>

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
  Judge(const std::vector<wire::ListRow>& rows, const Witness& witness) : witness_(witness) {
    for (const wire::ListRow& row : rows) {
      if (!rows_.emplace(row.status.number, &row).second) {
        Disagree("the broker's book has request {} twice", row.status.number.value);
      }
    }
    for (const Acceptance& a : witness.accepted) digests_[a.key].insert(a.sha256);
  }

  Line Read(const Notebook& notebook) {
    Line line;
    line.who = notebook.practice.text;
    for (const Note& note : notebook.notes) {
      ++line.deposited;
      line.again += note.again;
      line.same_receipt += note.same_receipt;
      line.answered += note.answers > 0;
      if (note.again && !note.same_receipt) {
        Disagree("request {}: deposited again, and its receipt is another", note.receipt.value);
      }
      if (note.answers > 1) Disagree("request {}: answered twice", note.receipt.value);
      if (note.receipt.value == 0) continue;
      ++line.receipts;
      ReadOne(notebook.practice, note, line);
    }
    return line;
  }

  // What no practice knows of.
  void ReadTheRest(uint64_t receipts) {
    for (const auto& [key, times] : witness_.by_key) {
      if (!keys_.contains(key)) Disagree("the operator has {}, which nobody deposited", key);
    }
    if (rows_.size() != receipts) {
      Disagree("the broker's book has {} requests, the practices {} receipts", rows_.size(),
               receipts);
    }
  }

  std::vector<std::string> disagreements;

 private:
  template <class... Values>
  void Disagree(fmt::format_string<Values...> text, Values&&... values) {
    disagreements.push_back(fmt::format(text, std::forward<Values>(values)...));
  }

  void ReadOne(const PracticeId& practice, const Note& note, Line& line) {
    const std::string key = fmt::format("{}-{}", practice.text, note.receipt.value);
    if (!keys_.insert(key).second) {
      Disagree("request {}: one receipt for two deposits", note.receipt.value);
    }
    const auto found = witness_.by_key.find(key);
    const uint32_t accepted = found == witness_.by_key.end() ? 0 : found->second;
    line.accepted_once += accepted == 1;
    if (accepted > 1) line.duplicated += accepted - 1;
    if (accepted > 0 && digests_[key] != std::set{Sha256(note.request->item.content)}) {
      Disagree("request {}: the operator has other bytes than were deposited", note.receipt.value);
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
        ++line.settled;
        line.lost += note.answers == 0;
        if (accepted > 0) Disagree("request {}: rejected, but the operator has it", number);
        if (note.answers == 0) Disagree("request {}: rejected, but nobody was told", number);
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

  const Witness& witness_;
  std::map<RequestId, const wire::ListRow*> rows_;
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
  in_doubt += other.in_doubt;
  unfinished += other.unfinished;
  lost += other.lost;
  duplicated += other.duplicated;
}

Verdict Compare(const std::vector<Notebook>& notebooks, const std::vector<wire::ListRow>& rows,
                const Witness& witness) {
  Verdict verdict;
  verdict.total.who = "all";
  Judge judge(rows, witness);
  for (const Notebook& notebook : notebooks) {
    verdict.practices.push_back(judge.Read(notebook));
    verdict.total.Add(verdict.practices.back());
  }
  judge.ReadTheRest(verdict.total.receipts);
  verdict.disagreements = std::move(judge.disagreements);
  return verdict;
}

Verdict Compare(const std::vector<const Practice*>& practices,
                const std::vector<wire::ListRow>& rows, const Witness& witness) {
  std::vector<Notebook> notebooks;
  for (const Practice* practice : practices)
    notebooks.push_back({practice->who().id, practice->notes()});
  return Compare(notebooks, rows, witness);
}

}  // namespace ecluse::story
