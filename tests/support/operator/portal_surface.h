// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/operator/surface.h"

namespace ecluse::simulated {

// The contract of adapters/protocols/portal/README.md, under /<service>/portal.
class PortalSurface : public Surface {
 public:
  PortalSurface(Desk& desk, Dice& dice) : desk_(desk), dice_(dice) {}
  bool Serve(TlsPeer& peer, const TlsPeer::Request& request, const std::string& service,
             const std::string& rest) override;

 private:
  bool Deposit(TlsPeer& peer, const TlsPeer::Request& request, const std::string& service,
               const std::string& practice);
  bool Read(TlsPeer& peer, const std::string& service, const std::string& reference,
            const std::string& practice);
  Spoken Say(const Verdict& verdict, const std::string& key) const;
  Spoken Decided(const Verdict& verdict, const std::string& key) const;

  Desk& desk_;
  Dice& dice_;
};

}  // namespace ecluse::simulated
