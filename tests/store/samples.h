// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/rocks_store.h"
#include "store/store.h"

// Requests, batches and places on disk for the store's tests. All data is synthetic.
namespace ecluse::store::sample {

// A directory of its own with a master key beside the store; gone with the object.
class Place {
 public:
  Place();
  ~Place();
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  const std::string& root() const { return root_; }
  std::string store() const { return root_ + "/store"; }
  std::string key() const { return root_ + "/master.key"; }
  RocksOptions options() const;

 private:
  std::string root_;
};

inline const PracticeId kPractice{"pharmacie-du-port"};
inline const PracticeId kOther{"cabinet-des-halles"};
inline const Destination kDestination{{"viamedis"}, {"authorisation"}};

absl::Time At(int64_t seconds);

// A Ready request, number `id`, with the reference "ref-<id>".
NewRequest Deposit(const Reads& store, uint64_t id, const PracticeId& practice = kPractice,
                   const std::string& content = "<dossier/>",
                   const Destination& destination = kDestination);
Transition Change(const NewRequest& deposit, State before, State after, std::string note = {});
NewAnswer Answer(const NewRequest& deposit, uint64_t position, const std::string& body);

// A batch of deposits with all that belongs to them: tallies, lane counts, the last number.
// REQUIRES: the store held none of their practices' requests before.
Batch Deposits(std::vector<NewRequest> requests);

// Everything that a walk through the port can read, as text, to compare two moments.
std::string Everything(const Store& store);

// The bytes of every file below `directory`, one after the other.
std::string AllBytes(const std::string& directory);

}  // namespace ecluse::store::sample
