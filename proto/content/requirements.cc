// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "proto/content/check_content.h"
#include "proto/content/codec.h"
#include "proto/content/leaves.h"

namespace ecluse::content {
namespace {

// A content of the kind with one of everything that may be there several times.
Content Example(Kind kind) {
  switch (kind) {
    case Kind::kBill: {
      Invoice invoice;
      invoice.lines.emplace_back();
      return invoice;
    }
    case Kind::kDocument:
      return Document{};
    case Kind::kCancellation:
      return Cancellation{};
    case Kind::kAuthorisation:
    case Kind::kQuotation:
      break;
  }
  Authorisation request;
  request.lines.emplace_back();
  return request;
}

// Where a condition holds. One on lines looks at the line of what is wanted; where that is of the
// whole request, at any line. Gathered once for each requirement: asked anew for each line, a few
// long requests would keep the broker from everything else.
class Condition {
 public:
  Condition(std::string_view when, const std::vector<Leaf>& leaves) {
    const size_t equals = when.find('=');
    const std::string_view pattern = when.substr(0, equals);
    for (const Leaf& leaf : leaves) {
      if (leaf.pattern != pattern) continue;
      const bool fits = equals == when.npos ? leaf.present : leaf.value == when.substr(equals + 1);
      if (fits) lines_.insert(leaf.line);
    }
  }
  bool Holds(int line) const {
    return line < 0 ? !lines_.empty() : lines_.contains(-1) || lines_.contains(line);
  }

 private:
  std::set<int> lines_;  // -1: of the whole request
};

void Judge(const Requirement& wanted, const Leaf& leaf, const Condition& condition,
           std::string_view source, Findings& out) {
  switch (wanted.presence) {
    case Presence::kOptional:
      return;
    case Presence::kUnwanted:
      if (leaf.present) out.Say(leaf.path, "field.unwanted", source);
      return;
    case Presence::kConditional:
      if (!condition.Holds(leaf.line)) return;
      break;
    case Presence::kObligatory:
      break;
  }
  if (!leaf.present) out.Say(leaf.path, "field.missing", source);
}

void CheckLines(std::string_view domain, const std::vector<Line>& lines, const Rules& rules,
                Findings& out) {
  const At root;
  if (rules.most_lines != 0 && lines.size() > rules.most_lines) {
    out.Say(root / "lines", "lines.most", rules.profile);
  }
  if (rules.most_equipments != 0 && CountEquipments(domain, lines) > rules.most_equipments) {
    out.Say(root / "lines", "equipments.most", rules.profile);
  }
}

}  // namespace

bool IsPath(Kind kind, std::string_view path) {
  return std::ranges::any_of(LeavesOf(Example(kind)),
                             [&](const Leaf& leaf) { return leaf.pattern == path; });
}

size_t CountEquipments(std::string_view domain, const std::vector<Line>& lines) {
  const bool optics = domain == "optics";
  size_t alone = 0, left = 0, right = 0;
  for (const Line& line : lines) {
    if (line.side == Side::kNone) {
      if (optics) alone += line.quantity;
    } else if (!optics || line.correction) {
      ++(line.side == Side::kLeft ? left : right);
    }
  }
  return std::max({alone, left, right, std::min<size_t>(lines.size(), 1)});
}

void CheckRequirements(const Content& content, const Rules& rules, Findings& out) {
  if (const auto* request = std::get_if<Authorisation>(&content)) {
    CheckLines(request->domain, request->lines, rules, out);
  } else if (const auto* quotation = std::get_if<Quotation>(&content)) {
    CheckLines(quotation->request.domain, quotation->request.lines, rules, out);
  }
  if (rules.requirements.empty()) return;
  const std::vector<Leaf> leaves = LeavesOf(content);
  for (const Requirement& wanted : rules.requirements) {
    if (wanted.kind != KindOf(content)) continue;
    const std::string& source = wanted.source.empty() ? rules.profile : wanted.source;
    const Condition condition(wanted.when, leaves);
    for (const Leaf& leaf : leaves) {
      if (leaf.pattern == wanted.path) Judge(wanted, leaf, condition, source, out);
    }
  }
}

}  // namespace ecluse::content
