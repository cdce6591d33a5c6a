// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "adapters/worker.h"

namespace ecluse::peers {

// An operator in memory behind a real worker: grants everything, and keeps a book of what it got.
class Operator {
 public:
  explicit Operator(const LinkOptions& link);
  ~Operator();
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;

  // Requests that it got twice.
  size_t doubled() const;

 private:
  class Book;
  std::unique_ptr<Book> book_;
  std::unique_ptr<Worker> worker_;
  std::thread thread_;
};

}  // namespace ecluse::peers
