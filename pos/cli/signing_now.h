// The security device for a command that has the store to itself: looked at, signed with and
// exported without a thread. Each call may take as long as the device does.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/register.h"
#include "pos/cli/command.h"
#include "pos/runtime/signing_archive.h"
#include "pos/runtime/signing_work.h"

namespace pos::cli {

class SigningNow {
 public:
  // `till` and `clock` must outlive it.
  SigningNow(const std::filesystem::path& folder, core::Register& till, const core::Clock& clock);

  // With what the settings and the secrets file say now; null: no device is chosen.
  drivers::SigningDevice* make_anew();
  bool has_device() const { return device_ != nullptr; }
  drivers::SigningDevice& device() { return *device_; }
  // Makes it ready. False: `trouble` says why. `is_asked`: a person has put something right.
  bool look(bool is_asked);
  const std::string& trouble() const { return work_->trouble(); }
  // What is still to be signed, and what follows from that.
  void sign_what_waits();
  // Everything that the device holds, as a file in the data folder; forgotten by the device
  // where the owner wants it. Fails with a sentence.
  core::Result<std::filesystem::path, std::string> archive();
  // Into a file, what falls into the span; the device keeps it.
  core::Result<core::Done, std::string> archive_part(const std::filesystem::path& file,
                                                     const drivers::ArchiveSpan& span) {
    return archive_into(*device_, file, span);
  }

 private:
  std::optional<Reply> ask(const core::Command& command);

  std::filesystem::path folder_;
  core::Register& till_;
  const core::Clock& clock_;
  std::unique_ptr<drivers::SigningDevice> device_;
  std::unique_ptr<SigningWork> work_;
  std::vector<core::SignStep> steps_;
};

// tresen fiscal archive, tresen export tar: all that the device holds into the data folder; or
// into `file` where one is named, of `span` alone.
Status archive_now(const Common& common, const std::filesystem::path& file,
                   const drivers::ArchiveSpan& span);

}  // namespace pos::cli
