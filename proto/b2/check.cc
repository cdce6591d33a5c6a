// SPDX-License-Identifier: Apache-2.0
#include "proto/b2/check.h"

#include <limits>
#include <set>
#include <string>

#include "proto/b2/check_fields.h"
#include "proto/b2/layout.h"
#include "proto/b2/totals.h"

namespace ecluse::b2 {
namespace {

constexpr uint64_t kLinesPerInvoice = 999;
constexpr size_t kRecordsPerFile = 990;
// NIR, its key and the provider: what every record of an invoice begins with.
constexpr size_t kPersonAt = 12;
constexpr size_t kPersonBytes = 15;

// How far a complement stands behind its parent: 3, 3S, 3E, then 3F or 3H; the same for 4.
int RankOf(std::string_view type) {
  if (type.size() < 2) return 0;
  return type[1] == 'S' ? 1 : type[1] == 'E' ? 2 : 3;
}

uint64_t LimitOf(std::string_view type) {
  if (RankOf(type) < 3) return 1;
  return type == "4M" ? 26 : 10;
}

class FileChecker {
 public:
  FileChecker(std::string_view file, size_t most) : file_(file), most_(most) {}

  std::vector<Problem> Run(Rest& rest) {
    Records();
    Trim();
    rest = rest_;
    return std::move(problems_);
  }

 private:
  enum class Place { kStart, kFile, kLot, kInvoice, kEnd };

  void Records() {
    if (file_.empty() || file_.find_first_of("\r\n") != file_.npos) {
      // With separators every position that follows would be wrong: one problem says it all.
      problems_.push_back({0, 0, "", Rule::kLength, Severity::kError});
      return;
    }
    for (; file_.size() >= kRecordBytes; file_.remove_prefix(kRecordBytes)) {
      ++number_;
      Record(file_.substr(0, kRecordBytes));
      Trim();
    }
    if (!file_.empty()) {
      ++number_;
      Say(Rule::kLength);
    }
    if (place_ != Place::kEnd) problems_.push_back({0, 0, "", Rule::kOrder, Severity::kError});
    if (number_ > kRecordsPerFile) {
      problems_.push_back({0, 0, "", Rule::kLong, Severity::kWarning});
    }
  }

  void Trim() {
    for (; problems_.size() > most_; problems_.pop_back()) {
      ++rest_.problems;
      if (problems_.back().severity == Severity::kError) rest_.errors = true;
    }
  }

  void Say(Rule rule, Severity severity = Severity::kError) {
    problems_.push_back({number_, 0, "", rule, severity});
  }
  void SayOf(std::string_view field, Rule rule, Severity severity = Severity::kError) {
    const Field* f = FindLayout(type_)->Find(field);
    problems_.push_back({number_, f->position, f->name, rule, severity});
  }
  std::string_view Value(std::string_view field) const {
    return ValueOf(record_, *FindLayout(type_)->Find(field));
  }
  uint64_t Number(std::string_view field) const { return NumberOf(record_, type_, field); }

  void Record(std::string_view record) {
    record_ = record;
    type_ = TypeOf(record);
    const Layout* layout = FindLayout(type_);
    if (layout != nullptr) CheckFields(record, *layout, number_, problems_);
    if (place_ == Place::kEnd) return Say(Rule::kOrder);
    if (type_ == "000") return FileHeader();
    if (type_ == "999") return FileEnd();
    if (type_ == "1") return LotHeader();
    if (type_ == "6") return LotTotal();
    if (type_ == "2") return InvoiceHeader();
    if (type_ == "5") return InvoiceTotal();
    InvoiceRecord(layout != nullptr);
  }

  // Goes to `to`, and says so when that is not the way.
  void Move(Place from, Place to) {
    if (place_ != from) Say(Rule::kOrder);
    place_ = to;
  }

  void FileHeader() {
    Move(Place::kStart, Place::kFile);
    header_ = record_;
    if (Number("record-length") != kRecordBytes) SayOf("record-length", Rule::kLength);
  }

  void FileEnd() {
    Move(Place::kFile, Place::kEnd);
    if (lots_ == 0) Say(Rule::kOrder);
    if (Number("records") != number_) SayOf("records", Rule::kCount);
    if (Number("lots") != lots_) SayOf("lots", Rule::kCount);
    if (header_.empty()) return;
    for (const Field& field : FindLayout("999")->fields) {
      if (field.position < 4 || field.position > 50) continue;
      if (ValueOf(record_, field) != ValueOf(header_, field)) SayOf(field.name, Rule::kFrame);
    }
  }

  void LotHeader() {
    Move(Place::kFile, Place::kLot);
    ++lots_;
    lot_ = record_;
    lot_totals_ = {};
  }

  void LotTotal() {
    Move(Place::kLot, Place::kFile);
    const Totals& t = lot_totals_;
    if (t.invoices == 0) Say(Rule::kOrder);
    if (Number("invoices") != t.invoices) SayOf("invoices", Rule::kCount);
    if (Number("totals") != t.invoices) SayOf("totals", Rule::kCount);
    if (Number("lines-3") != t.lines_3) SayOf("lines-3", Rule::kCount);
    if (Number("lot-amo") != t.amo_3 + t.amo_4) SayOf("lot-amo", Rule::kSum);
    // What goes into the lot's total is not published; ours is an assumption.
    if (Number("lot-total") != t.expense_3 + t.fees_4) {
      SayOf("lot-total", Rule::kSum, Severity::kWarning);
    }
    if (lot_.empty()) return;
    if (Value("lot") != ValueOf(lot_, *FindLayout("1")->Find("lot"))) SayOf("lot", Rule::kFrame);
    if (record_.substr(1, 9) != lot_.substr(1, 9)) SayOf("provider", Rule::kProviderDiffers);
  }

  void InvoiceHeader() {
    Move(Place::kLot, Place::kInvoice);
    invoice_ = record_;
    totals_ = {};
    totals_.Add(record_);
    parent_ = '2';
    last_type_.assign(1, parent_);
    if (Number("invoice") == 0) {
      SayOf("invoice", Rule::kInvoiceZero);
    } else if (!invoices_.insert(Number("invoice")).second) {
      SayOf("invoice", Rule::kInvoiceRepeated);
    }
  }

  // A line or a complement; also what is carried unread.
  void InvoiceRecord(bool known) {
    if (place_ != Place::kInvoice) return Say(Rule::kOrder);
    SameAsHeader(known);
    if (!known) return;
    Family();
    totals_.Add(record_);
    if (type_[0] == '2') return;
    const bool split = ValueOf(invoice_, *FindLayout("2")->Find("split")) == "F";
    if (split && type_.size() == 1 && Number("amc-amount") != 0) SayOf("amc-amount", Rule::kSplit);
  }

  void SameAsHeader(bool known) {
    if (record_.substr(1, 9) != invoice_.substr(1, 9)) {
      problems_.push_back({number_, 2, "provider", Rule::kProviderDiffers, Severity::kError});
    }
    if (record_.substr(kPersonAt - 1, kPersonBytes) !=
        invoice_.substr(kPersonAt - 1, kPersonBytes)) {
      problems_.push_back({number_, kPersonAt, "nir", Rule::kPersonDiffers, Severity::kError});
    }
    if (!known) return;
    if (Value("invoice") != ValueOf(invoice_, *FindLayout("2")->Find("invoice"))) {
      SayOf("invoice", Rule::kInvoiceDiffers);
    }
  }

  // Parent before complement, complements in their order, numbered and not too many.
  void Family() {
    if (type_.size() == 1) {
      parent_ = type_[0];
      last_type_ = type_;
      last_sequence_ = 0;
      of_this_type_ = 0;
      return;
    }
    const int last = RankOf(last_type_), now = RankOf(type_);
    const bool same = type_ == last_type_;
    if (type_[0] != parent_ || now < last || (now == last && !same)) Say(Rule::kOrder);
    of_this_type_ = same ? of_this_type_ + 1 : 1;
    if (of_this_type_ > LimitOf(type_)) Say(Rule::kLimit);
    const uint64_t sequence = Number("sequence");
    if (sequence == 0 || (same && sequence <= last_sequence_)) SayOf("sequence", Rule::kSequence);
    last_type_ = type_;
    last_sequence_ = sequence;
  }

  void InvoiceTotal() {
    if (place_ != Place::kInvoice) Say(Rule::kOrder);
    const bool open = place_ == Place::kInvoice;
    place_ = Place::kLot;
    if (!open) return;
    SameAsHeader(true);
    const Totals& t = totals_;
    const uint64_t lines = t.lines_3 + t.lines_4;
    if (lines == 0 || lines > kLinesPerInvoice) Say(Rule::kLimit);
    const uint64_t told = Number("lines");
    if (told != lines + t.complements) {
      // An open program writes only the base lines there: it is read, and told.
      if (told == lines) {
        SayOf("lines", Rule::kCountBaseOnly, Severity::kWarning);
      } else {
        SayOf("lines", Rule::kCount);
      }
    }
    const std::pair<std::string_view, uint64_t> sums[] = {
        {"base-3", t.base_3},       {"amo-3", t.amo_3},
        {"fees-4", t.fees_4},       {"amo-4", t.amo_4},
        {"amc-3", t.amc_3},         {"amc-4", t.amc_4},
        {"expense-3", t.expense_3}, {"insured-share", t.InsuredShare()}};
    for (const auto& [field, sum] : sums) {
      if (Number(field) != sum) SayOf(field, Rule::kSum);
    }
    lot_totals_.Add(t);
  }

  std::string_view file_;
  const size_t most_;
  std::vector<Problem> problems_;
  Rest rest_;
  Place place_ = Place::kStart;
  size_t number_ = 0;
  std::string_view record_;
  std::string type_;

  std::string_view header_, lot_, invoice_;
  uint64_t lots_ = 0;
  std::set<uint64_t> invoices_;
  Totals totals_, lot_totals_;

  char parent_ = 0;
  std::string last_type_;
  uint64_t of_this_type_ = 0;
  uint64_t last_sequence_ = 0;
};

}  // namespace

std::vector<Problem> Check(std::string_view file, size_t most, Rest& rest) {
  return FileChecker(file, most).Run(rest);
}

std::vector<Problem> Check(std::string_view file) {
  Rest none;
  return Check(file, std::numeric_limits<size_t>::max(), none);
}

}  // namespace ecluse::b2
