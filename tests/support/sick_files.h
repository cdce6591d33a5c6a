// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rocksdb/file_system.h>

#include <memory>
#include <string>

// The open files of a SickFs; for sick_fs.cc only.
namespace ecluse {
class SickFs;

namespace sick {

std::unique_ptr<rocksdb::FSSequentialFile> Sequential(
    std::unique_ptr<rocksdb::FSSequentialFile> file, std::string name, SickFs& fs);
std::unique_ptr<rocksdb::FSRandomAccessFile> RandomAccess(
    std::unique_ptr<rocksdb::FSRandomAccessFile> file, std::string name, SickFs& fs);
std::unique_ptr<rocksdb::FSWritableFile> Writable(std::unique_ptr<rocksdb::FSWritableFile> file,
                                                  std::string name, SickFs& fs);
std::unique_ptr<rocksdb::FSRandomRWFile> ReadWrite(std::unique_ptr<rocksdb::FSRandomRWFile> file,
                                                   std::string name, SickFs& fs);
std::unique_ptr<rocksdb::FSDirectory> Directory(std::unique_ptr<rocksdb::FSDirectory> directory,
                                                std::string name, SickFs& fs);

}  // namespace sick
}  // namespace ecluse
