// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace ecluse {

// A program's own folder inside one that a person named: made anew, removed at the end. Whatever
// else lies in the named one is nobody's business here. Ends the program with 2 if none can be
// made.
class OwnFolder {
 public:
  OwnFolder(const std::string& named, const std::string& program) : path_(named + "/" + program) {
    std::error_code error;
    std::filesystem::remove_all(path_, error);  // left by a run that was killed
    if (!error) std::filesystem::create_directories(path_, error);
    if (!error) return;
    std::fprintf(stderr, "no folder can be made at %s: %s\n", path_.c_str(),
                 error.message().c_str());
    std::exit(2);
  }
  ~OwnFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace ecluse
