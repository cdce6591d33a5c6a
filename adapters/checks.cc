// SPDX-License-Identifier: Apache-2.0
#include "adapters/checks.h"

#include "proto/limits.h"

namespace ecluse {
namespace {

// Problems travel in the first frame, which has other things to carry too.
constexpr size_t kBytes = limits::kEnvelopeFrameBytes / 2;
constexpr size_t kBytesBeside = 32;  // of an item or a problem, beside its texts

size_t BytesOf(const std::vector<Problem>& problems) {
  size_t bytes = kBytesBeside;
  for (const Problem& problem : problems) {
    bytes += problem.path.size() + problem.rule.size() + problem.source.size() + kBytesBeside;
  }
  return bytes;
}

// A handler may find more than one call carries: what is beyond is left out.
void CutToSize(std::vector<Problem>& problems) {
  if (problems.size() > limits::kProblemsPerItem) problems.resize(limits::kProblemsPerItem);
  for (Problem& problem : problems) {
    for (std::string* text : {&problem.path, &problem.rule, &problem.source}) {
      if (text->size() > limits::kProblemBytes) text->resize(limits::kProblemBytes);
    }
  }
  while (BytesOf(problems) > kBytes) problems.pop_back();
}

}  // namespace

void Checks::Take(wire::Task task) {
  const auto [at, fresh] = checks_.try_emplace({task.job, task.envelope.id});
  if (!fresh) return;
  at->second.envelope = std::move(task.envelope);
  at->second.content = std::move(task.content);
  at->second.grant = std::move(task.grant);
}

std::vector<HandlerCall> Checks::NextCalls(size_t free_threads) {
  std::vector<HandlerCall> calls;
  for (auto& [key, check] : checks_) {
    if (calls.size() >= free_threads) break;
    if (check.phase != Phase::kInHand) continue;
    check.phase = Phase::kRunning;
    ++running_;
    calls.push_back({wire::Task::What::kDryRun, std::move(check.envelope), 0,
                     std::move(check.content), std::move(check.grant), key.first});
  }
  return calls;
}

void Checks::Done(JobId job, RequestId request, std::vector<Problem> problems) {
  const auto at = checks_.find({job, request});
  if (at == checks_.end() || at->second.phase != Phase::kRunning) return;
  --running_;
  CutToSize(problems);
  at->second.phase = Phase::kToSay;
  at->second.problems = std::move(problems);
}

std::optional<wire::Checked> Checks::Next(WorkerId worker) {
  wire::Checked checked{worker, {}};
  size_t bytes = 0;
  for (auto& [key, check] : checks_) {
    if (check.phase != Phase::kToSay) continue;
    bytes += BytesOf(check.problems);
    const bool full = bytes > kBytes || checked.items.size() == limits::kSlotsPerWorker;
    if (full && !checked.items.empty()) break;
    check.phase = Phase::kSaying;
    checked.items.push_back({key.second, key.first, check.problems});
  }
  if (checked.items.empty()) return std::nullopt;
  return checked;
}

void Checks::Answered(const wire::Checked& checked) {
  for (const auto& item : checked.items) {
    const auto at = checks_.find({item.job, item.request});
    if (at != checks_.end() && at->second.phase == Phase::kSaying) checks_.erase(at);
  }
}

void Checks::PutDown() {
  std::erase_if(checks_, [](const auto& pair) { return pair.second.phase == Phase::kInHand; });
}

}  // namespace ecluse
