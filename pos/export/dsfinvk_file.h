// An export for the tax office as one ZIP: the rows are written into a folder beside it as
// they come, then packed together with index.xml and its DTD. Until save() is done there is
// no ZIP of that name; the folder is gone at the end, whatever becomes of it.
// One thread. Errors are sentences that name the file.
#pragma once

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/fiscal/dsfinvk/check.h"
#include "core/fiscal/dsfinvk/writer.h"

namespace pos {

class DsfinvkFile {
 public:
  explicit DsfinvkFile(std::filesystem::path zip);
  DsfinvkFile(const DsfinvkFile&) = delete;
  DsfinvkFile& operator=(const DsfinvkFile&) = delete;
  ~DsfinvkFile();

  core::Result<core::Done, std::string> open();
  // Closings and receipts go in here, between open() and save(). What the disk refuses is
  // told by save().
  core::dsfinvk::Writer& writer() { return writer_; }
  core::Result<core::Done, std::string> save(core::Instant now);

 private:
  void put(core::dsfinvk::File file, std::string_view row);
  std::filesystem::path part_of(std::string_view name) const { return folder_ / name; }
  core::Result<core::Done, std::string> close_parts();

  std::filesystem::path zip_, folder_;
  std::array<std::FILE*, core::dsfinvk::file_count> parts_{};
  core::dsfinvk::Writer writer_;
};

// Reads such a ZIP again. Fails only where it cannot be read at all.
core::Result<core::dsfinvk::CheckReport, std::string> check_dsfinvk(
    const std::filesystem::path& zip);

}  // namespace pos
