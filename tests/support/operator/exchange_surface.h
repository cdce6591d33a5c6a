// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/operator/surface.h"

namespace ecluse::exchange {
struct Get;
}

namespace ecluse::simulated {

// The operator's side of adapters/protocols/exchange/README.md, under /<service>/exchange. What is
// no message of the dialect is taken as a certified message of somebody's software, unread.
class ExchangeSurface : public Surface {
 public:
  ExchangeSurface(Desk& desk, Dice& dice) : desk_(desk), dice_(dice) {}
  bool Serve(TlsPeer& peer, const TlsPeer::Request& request, const std::string& service,
             const std::string& rest) override;

 private:
  bool Take(TlsPeer& peer, const TlsPeer::Request& request, Submission submission);
  bool Look(TlsPeer& peer, const TlsPeer::Request& request, const std::string& service,
            const exchange::Get& get);

  Desk& desk_;
  Dice& dice_;
};

}  // namespace ecluse::simulated
