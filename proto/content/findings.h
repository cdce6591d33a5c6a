// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proto/content/reading.h"
#include "proto/content/rules.h"
#include "proto/problem.h"

namespace ecluse::content {

// What a check has found so far.
class Findings {
 public:
  // Says that a rule is broken. A value that could not even be read is told once.
  void Say(const At& at, RuleName rule) { Say(at, rule, rule->source); }
  void Say(const At& at, RuleName rule, std::string_view source) {
    Say(ToString(at), rule, source);
  }
  void Say(std::string path, RuleName rule, std::string_view source) {
    Add({std::move(path), std::string(rule->name), rule->severity, std::string(source)});
  }
  void Require(bool fine, const At& at, RuleName rule) {
    if (!fine) Say(at, rule);
  }

  // Of the reader. To be told before anything is said of the content.
  void Unreadable(const Mistake& mistake) {
    unreadable_.insert(mistake.path);
    problems_.push_back({mistake.path, std::string(mistake.rule->name), mistake.rule->severity,
                         std::string(mistake.rule->source)});
  }

  // Whether the value at this path could not be read, or is not there although it must.
  bool Unread(const std::string& path) const { return unreadable_.contains(path); }

  void Add(Problem problem) {
    if (unreadable_.contains(problem.path)) return;
    // Norm and operator may both want a value; that it is missing is one problem.
    if (problem.rule == "field.missing" && !missing_.insert(problem.path).second) return;
    problems_.push_back(std::move(problem));
  }

  // Problems that nobody can be told of one by one.
  void LeaveOut(size_t count, bool errors) {
    left_out_ += count;
    errors_left_out_ |= errors;
  }

  // No more than `most` problems; of others, the last says how many they are.
  std::vector<Problem> Take(size_t most) {
    for (; problems_.size() > most - (left_out_ == 0 ? 0 : 1); problems_.pop_back()) {
      LeaveOut(1, problems_.back().severity == Severity::kError);
    }
    if (left_out_ > 0) {
      // An error among those that are not told refuses all the same.
      constexpr RuleName kMore = "problems.more";
      problems_.push_back({std::to_string(left_out_) + " more", std::string(kMore->name),
                           errors_left_out_ ? Severity::kError : kMore->severity,
                           std::string(kMore->source)});
    }
    return std::move(problems_);
  }

 private:
  std::vector<Problem> problems_;
  size_t left_out_ = 0;
  bool errors_left_out_ = false;
  std::set<std::string> unreadable_;  // paths
  std::set<std::string> missing_;     // paths
};

}  // namespace ecluse::content
