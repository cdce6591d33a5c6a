// SPDX-License-Identifier: Apache-2.0
#include "store/rocks_open.h"

#include <fmt/format.h>
#include <rocksdb/write_batch.h>

#include "store/keyspace.h"
#include "store/master_key.h"
#include "store/rocks_promise.h"
#include "store/rocks_reads.h"

namespace ecluse::store {

namespace {

absl::Status Damaged(const RocksOptions& options, const std::string& what) {
  return absl::DataLossError(
      fmt::format("the store {} is damaged: {}. {}", options.directory, what, kDamagedAdvice));
}

// A disk that fails to read may be well again tomorrow; damage stays.
absl::Status Unreadable(const RocksOptions& options, const absl::Status& status) {
  const std::string what(status.message());
  if (absl::IsDataLoss(status)) return Damaged(options, what);
  return absl::UnavailableError(
      fmt::format("the disk of the store {} failed: {}. Look at the disk and at the system's log",
                  options.directory, what));
}

// How far the database goes, without a change to it; nothing: RocksDB refuses it.
std::optional<uint64_t> LastSequence(const RocksOptions& options, const Seam& seam) {
  const rocksdb::DBOptions tuned = TunedOptions(seam, std::make_shared<Latch>(), nullptr);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::OpenForReadOnly(tuned, options.directory, TunedFamilies(seam),
                                                   &handles, &opened);
  if (!status.ok()) return std::nullopt;
  const std::unique_ptr<rocksdb::DB> db(opened);
  const uint64_t last = db->GetLatestSequenceNumber();
  for (auto* handle : handles) db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  return last;
}

// Before RocksDB opens a shortened database and drops what it does not know of.
absl::Status CheckKept(const RocksOptions& options, const Seam& seam, rocksdb::Env& env) {
  const absl::Status kept =
      CheckPromise(env, options.directory, [&] { return LastSequence(options, seam); });
  return kept.ok() ? kept : Unreadable(options, kept);
}

absl::Status KeepPromise(const RocksOptions& options, Database& database) {
  if (auto status = database.promise->Begin(*database.env, options.directory); !status.ok()) {
    return status;
  }
  rocksdb::Status status = database.promise->Commit(database.db->GetLatestSequenceNumber());
  if (status.ok()) status = database.promise->Settle(*database.db);
  return status.ok() ? absl::OkStatus() : Explain(options, status);
}

absl::Status OpenFamilies(const RocksOptions& options, const Seam& seam, Access access, bool create,
                          Database& database) {
  rocksdb::DBOptions tuned = TunedOptions(seam, database.latch, database.promise);
  tuned.create_if_missing = create;
  tuned.create_missing_column_families = create;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  rocksdb::Status status;
  if (access != Access::kReadOnly) {
    status = rocksdb::DB::Open(tuned, options.directory, TunedFamilies(seam), &handles, &db);
  } else {
    status = database.env->LockFile(options.directory + "/LOCK", &database.lock);
    if (!status.ok()) return Explain(options, status);
    status =
        rocksdb::DB::OpenForReadOnly(tuned, options.directory, TunedFamilies(seam), &handles, &db);
  }
  if (!status.ok()) return Explain(options, status);
  database.db.reset(db);
  for (size_t i = 0; i < kFamilies; ++i) database.families[i] = handles[i];
  return absl::OkStatus();
}

// The first batch of a new store. Until it is durable the directory counts as empty.
absl::Status WriteFirst(const SecretKey& master, const Seam& seam, Database& database) {
  rocksdb::WriteBatch batch;
  rocksdb::Status status;
  std::string value;
  const auto put = [&](std::string_view key) {
    if (status.ok()) status = batch.Put(database.families[kBooks], SliceOf(key), value);
  };
  const SecretKey random = SecretKey::Random();
  database.head = record::Head();
  database.head.format = kFormat;
  database.head.store = std::string(random.bytes.begin(), random.bytes.begin() + 16);
  database.head.master_key = Fingerprint(master);
  record::Encode(database.head, value);
  put(keyspace::kHead);
  record::Encode(database.numbers, value);
  put(keyspace::kNumbers);
  for (const KeyId id : {kOwnKey, kHashKey}) {
    record::Encode(database.keyring->Make(id, {}, database.sealer), value);
    put(keyspace::DataKey(id));
  }
  rocksdb::WriteOptions options;
  options.sync = seam.sync;
  if (status.ok()) status = database.db->Write(options, &batch);
  return status.ok() ? absl::OkStatus() : Failed(status);
}

absl::Status CheckHead(const RocksOptions& options, const SecretKey& master,
                       const std::string& value, Database& database) {
  if (auto status = record::Decode(value, database.head); !status.ok()) {
    return Damaged(options, std::string(status.message()));
  }
  if (database.head.format == 0 || database.head.format > kFormat) {
    return absl::FailedPreconditionError(fmt::format(
        "the store {} has format {}, and this version knows {} at most: a newer version wrote it. "
        "Start that version again, or restore a backup made before the upgrade",
        options.directory, database.head.format, kFormat));
  }
  if (database.head.master_key != Fingerprint(master)) {
    return absl::FailedPreconditionError(fmt::format(
        "the key in {} is not the master key of the store {}. Put the right key file there; "
        "without it nobody can read the contents",
        options.master_key_file, options.directory));
  }
  return absl::OkStatus();
}

absl::Status LoadKeys(const RocksOptions& options, Database& database) {
  const std::string prefix(1, keyspace::kDataKeys);
  Range keys(database, kBooks, prefix, keyspace::Behind(prefix));
  for (; keys.Valid(); keys.Next()) {
    record::WrappedKey wrapped;
    absl::Status status = record::Decode(keys.value(), wrapped);
    KeyId id = 0;
    if (keys.key().size() != 5) status = absl::DataLossError("a data key's number can't be read");
    if (status.ok()) {
      for (size_t i = 1; i < 5; ++i) id = id << 8 | static_cast<unsigned char>(keys.key()[i]);
      status = database.keyring->Learn(id, wrapped, database.sealer);
    }
    if (!status.ok()) return Damaged(options, std::string(status.message()));
  }
  if (auto status = keys.status(); !status.ok()) return Unreadable(options, status);
  if (database.keyring->Find(kOwnKey) == nullptr || database.keyring->Find(kHashKey) == nullptr) {
    return Damaged(options, "one of its own keys is missing");
  }
  return absl::OkStatus();
}

absl::Status Load(const RocksOptions& options, const Seam& seam, Access access,
                  const SecretKey& master, Database& database) {
  database.keyring = std::make_unique<Keyring>(master);
  std::string value;
  const auto head = database.Get(kBooks, keyspace::kHead, value);
  if (!head.ok()) return Unreadable(options, head.status());
  if (!*head) {
    if (access == Access::kWrite && database.db->GetLatestSequenceNumber() == 0) {
      return WriteFirst(master, seam, database);
    }
    return Damaged(options, "its head is missing, so this may be no store of ours at all");
  }
  if (auto status = CheckHead(options, master, value, database); !status.ok()) return status;
  const auto numbers = database.Get(kBooks, keyspace::kNumbers, value);
  if (!numbers.ok()) return Unreadable(options, numbers.status());
  if (!*numbers || !record::Decode(value, database.numbers).ok()) {
    return Damaged(options, "the last numbers can't be read");
  }
  return LoadKeys(options, database);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> OpenDatabase(const RocksOptions& options,
                                                       const Seam& seam, Access access) {
  rocksdb::Env* env = seam.env != nullptr ? seam.env : rocksdb::Env::Default();
  auto place = Inspect(options, env);
  if (!place.ok()) return place.status();
  const auto master = ReadMasterKey(options.master_key_file, options.directory);
  if (!master.ok()) return master.status();
  bool create = false;
  if (*place == Place::kEmpty) {
    if (access == Access::kReadOnly || !options.create_if_missing) {
      return absl::NotFoundError(fmt::format("there is no store in {}", options.directory));
    }
    create = true;
    if (auto status = MakeDirectory(options.directory, env); !status.ok()) return status;
  } else {
    if (access != Access::kReadOnly) {
      if (auto status = CheckKept(options, seam, *env); !status.ok()) return status;
    }
    const auto whole = CheckFamilies(options, env);
    if (!whole.ok()) return whole.status();
    create = !*whole;
  }
  auto database = std::make_unique<Database>();
  database->env = env;
  database->sync = seam.sync;
  if (access != Access::kReadOnly) database->promise = std::make_shared<PromiseKeeper>();
  if (auto status = OpenFamilies(options, seam, access, create, *database); !status.ok())
    return status;
  if (auto status = Load(options, seam, access, *master, *database); !status.ok()) return status;
  if (access == Access::kReadOnly) return database;
  if (auto status = Migrate(seam, *database); !status.ok()) {
    return absl::Status(
        status.code(),
        fmt::format("the store {} can't be brought to format {}: {}. {}", options.directory,
                    kFormat, std::string(status.message()), kDamagedAdvice));
  }
  if (access == Access::kWrite) {
    if (auto status = SettleHome(options, seam, *database); !status.ok()) return status;
  }
  if (auto status = KeepPromise(options, *database); !status.ok()) return status;
  return database;
}

}  // namespace ecluse::store
