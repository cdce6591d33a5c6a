// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ecluse {

// Which connections are to be cut so that none of them harms the others. Decides only: who asks
// the kernel and cuts is LineWatch.
//
// Bytes: ZeroMQ bounds the messages that wait, but not their bytes, and not a message that never
// ends. When all connections together hold too much that the kernel took in and nobody has heard
// yet, those that hold most are cut. Their peers may come back and ask again.
//
// Number: a connection is a file, and the store needs files. Beyond the bound goes first who is
// most likely nobody: the oldest of those that have not spoken since a moment, for they may not
// even be known; then the oldest that was never heard; then, of the key with most connections, the
// one that was silent longest. An eighth of all stays free for newcomers.
class Lines {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // After it a handshake is over: whoever is there still has a key that is known.
  static constexpr std::chrono::milliseconds kHandshake{5'000};

  Lines(size_t most_unheard, size_t most_lines)
      : most_unheard_(most_unheard), most_lines_(most_lines) {}

  void Opened(int fd, Time now);
  void Closed(int fd);
  // A frame of this many bytes, from the owner of this key, reached its reader.
  void Heard(int fd, size_t bytes, std::string_view key);

  // Those of which the kernel is to be asked now how many bytes it took in: the ones that held
  // much, and in turn some of the others, so that many idle lines cost little.
  std::vector<int> Doubtful();
  void TookIn(int fd, uint64_t bytes);

  // Forgets them too; the caller cuts them.
  std::vector<int> HoldTooMuch(Time now);
  std::vector<int> TooMany(Time now);

  size_t size() const { return lines_.size(); }

 private:
  using Ages = absl::btree_set<std::pair<Time, int>>;
  struct Line {
    Time since;
    uint64_t heard = 0;
    uint64_t took_in = 0;
    uint64_t last_turn = 0;  // when it was heard last, in frames of all lines
    std::string key;         // empty: never heard
  };
  static size_t Unheard(const Line& line, Time now);
  void Grow(Time now);
  int Nobody() const;
  int OfTheBusiestKey() const;

  size_t most_unheard_;
  size_t most_lines_;
  absl::btree_map<int, Line> lines_;
  // INVARIANT: every line that was never heard is in one of these: `young_` while it may be in its
  // handshake.
  Ages young_;
  Ages silent_;
  uint64_t frames_ = 0;
  int asked_last_ = -1;
};

}  // namespace ecluse
