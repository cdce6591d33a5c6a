// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "proto/codec_pb.h"
#include "proto/shape.h"

namespace ecluse::codec {
namespace {

// A reply that nobody can read would be asked for again for ever, so a text that is too long or
// no text is cut rather than sent. It may be cut inside a character: then that goes too.
std::string Cut(const std::string& text) {
  std::string cut = text.substr(0, limits::kProblemBytes);
  while (!IsText(cut, limits::kProblemBytes)) cut.pop_back();
  return cut;
}

void Put(const Problem& from, pb::Problem* to) {
  to->set_path(Cut(from.path));
  to->set_rule(Cut(from.rule));
  to->set_severity(static_cast<pb::Severity>(from.severity));
  to->set_source(Cut(from.source));
}

void Get(const pb::Problem& from, const At& at, Reading& in, Problem& to) {
  to.path = GetText(from.path(), limits::kProblemBytes, at / "path", in);
  to.rule = GetText(from.rule(), limits::kProblemBytes, at / "rule", in);
  to.severity = GetEnum(from.severity(), Severity::kWarning, Severity::kError, at / "severity", in);
  to.source = GetText(from.source(), limits::kProblemBytes, at / "source", in);
}

}  // namespace

void PutProblems(const std::vector<Problem>& from, size_t at_most, Problems* to) {
  const auto room = [&] { return static_cast<size_t>(to->size()) < at_most; };
  if (from.size() <= at_most) {
    for (const Problem& problem : from) Put(problem, to->Add());
    return;
  }
  for (const Severity severity : {Severity::kError, Severity::kWarning}) {
    for (const Problem& problem : from) {
      if (problem.severity == severity && room()) Put(problem, to->Add());
    }
  }
}

void GetProblems(const Problems& from, const At& at, Reading& in, std::vector<Problem>& to) {
  to.resize(static_cast<size_t>(Many(from.size(), 0, limits::kProblemsPerItem, at, in)));
  for (size_t i = 0; i < to.size(); ++i) {
    const int index = static_cast<int>(i);
    Get(from.Get(index), at[index], in, to[i]);
  }
}

void Put(const Error& from, size_t problems, pb::Error* to) {
  to->set_code(static_cast<pb::ErrorCode>(from.code));
  to->set_field(from.field);
  PutProblems(from.problems, problems, to->mutable_problems());
}

void Put(const Error& from, pb::Error* to) { Put(from, limits::kProblemsPerItem, to); }

void Get(const pb::Error& from, const At& at, Reading& in, Error& to) {
  to.code = GetErrorCode(from.code(), at / "code", in);
  in.Require(to.code != ErrorCode::kNone, at / "code", ErrorCode::kMalformed);
  to.field = GetText(from.field(), limits::kReasonBytes, at / "field", in);
  GetProblems(from.problems(), at / "problems", in, to.problems);
}

}  // namespace ecluse::codec
