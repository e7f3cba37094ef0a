// The security device (TSE) that the settings describe.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/settings/settings.h"
#include "drivers/signing/signing_device.h"

namespace pos {

// What nobody may read: from secrets.toml, [signing]. A PUK is never kept: a person types it.
struct SigningSecrets {
  std::string admin_pin, time_admin_pin;  // Epson: five digits each; fiskaly: its admin PIN
  std::string api_key, api_secret;        // fiskaly
};

// Takes the PUK of a TSE that is made at fiskaly, which is shown once. False: it could not be
// kept, and the TSE is not made.
using KeepPuk = std::function<bool(const std::string&)>;

// Null for kind "none". A wrong address makes a device that cannot be reached. `folder`: of the
// data, where the software device keeps its key. `clock` must outlive it.
std::unique_ptr<drivers::SigningDevice> make_signing_device(
    const core::FiscalSettings& settings, const SigningSecrets& secrets,
    const std::filesystem::path& folder, const core::Clock& clock,
    KeepPuk keep_puk = [](const std::string&) { return false; });

}  // namespace pos
