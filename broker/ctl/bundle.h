// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "proto/wire.h"

namespace ecluse::ctl {

// The files of an export, in a directory of their own: one file for each request, named by its
// number alone, and an index as CSV for people and as JSON lines for programs. They hold personal
// data: mode 0700 and 0600.
//
// INVARIANT: what is in index.jsonl is written and synced, each request once. So an export that was
// cut off at any point goes on in the same directory, and loses and doubles nothing.
class Bundle {
 public:
  // A new directory, or that of the same job, as it was left.
  static absl::StatusOr<std::unique_ptr<Bundle>> Open(const std::string& directory, JobId job);
  ~Bundle();

  // Writes those that are not in it yet. Durable on return. An error: one of them is there with
  // other bytes, or the disk fails; nothing may be told to the broker.
  absl::Status Add(const std::vector<wire::FetchResult::Row>& rows);
  // For the history of the requests that are in it now: the directory, and the digest of the index,
  // which has the digest of each file.
  std::string Proof() const;
  // Writes index.csv, of all that is in it. Durable on return.
  absl::Status WriteCsv() const;
  size_t size() const { return digests_.size(); }
  // Files of requests that are not in its index: they were written before a crash, and the requests
  // may have gone into another directory since. They must not be handed over.
  std::vector<uint64_t> Strays() const;

 private:
  Bundle(std::string directory, int index, int folder);
  absl::Status Load();
  absl::Status WriteContent(const wire::FetchResult::Row& row, const std::string& digest);

  std::string directory_;
  int index_ = -1;
  int folder_ = -1;
  std::string lines_;  // of index.jsonl
  std::map<RequestId, std::string> digests_;
};

// The whole lines of an index.jsonl: each request and the digest of its file. The status names
// `path` alone.
absl::StatusOr<std::map<RequestId, std::string>> ParseIndex(const std::string& lines,
                                                            const std::string& path);

// A new file of mode 0600 with these bytes, synced. An error when it exists.
absl::Status WriteNewFile(const std::string& path, const std::string& bytes);

}  // namespace ecluse::ctl
