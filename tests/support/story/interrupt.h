// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <thread>

namespace ecluse::story {

// From its construction on, Ctrl-C and kill no longer end the program at once: they are waited for
// until somebody knows what there is to tidy up.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt() { End(); }

  // From now on a signal, also one that came before, calls `tidy` on a thread of its own, and ends
  // the program.
  void Serve(std::function<void()> tidy);
  // Does not return if a signal came: the program is about to end.
  void StayIfCame() const;
  // What `tidy` needs is about to go: signals end the program at once again.
  void End();

 private:
  std::thread thread_;
};

}  // namespace ecluse::story
