// The archive of a security device (TAR), brought into the data folder: written beside its
// name, synced, read again and verified, and only then what it is called.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "drivers/signing/signing_device.h"

namespace pos {

// `folder`: of the data; the file lies in its tse/. Fails with an English sentence, and leaves
// nothing half-written behind. The device keeps what it has; `discards`: what was brought is to
// be discarded next (SigningDevice::discard_archived).
core::Result<std::filesystem::path, std::string> archive_device(drivers::SigningDevice& device,
                                                                const std::filesystem::path& folder,
                                                                core::Instant now, bool discards);

// Into `file`, what falls into `span`; the device keeps it. Fails as above.
core::Result<core::Done, std::string> archive_into(drivers::SigningDevice& device,
                                                   const std::filesystem::path& file,
                                                   const drivers::ArchiveSpan& span);

// When the latest that lies there was made, by its name; 0: there is none.
core::Instant last_archive(const std::filesystem::path& folder);

}  // namespace pos
