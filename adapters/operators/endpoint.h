// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <absl/status/statusor.h>

#include <functional>
#include <memory>
#include <string>

#include "adapters/protocols/driver.h"
#include "proto/profile/profile.h"
#include "proto/sections.h"

namespace ecluse {

// Makes the driver; what it opens on disk is opened then.
using OpenDriver = std::function<absl::StatusOr<std::unique_ptr<Driver>>()>;

// Where one service of the operator is reached: an [[endpoint]] section of adapter.toml, without
// the setting that names the service, together with the [[driver]] section of the profile. Files
// that it names are looked at: they must be there, and a secret must be its owner's alone.
//
// The status names file, line, setting and rule, never a secret.
absl::StatusOr<OpenDriver> ReadEndpoint(const profile::Profile& profile,
                                        const profile::Service& service,
                                        const std::string& config_path, Section endpoint);

}  // namespace ecluse
