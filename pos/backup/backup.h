// A till in one sealed file: its store, settings, secrets, pictures and what its devices
// left in the data folder. Restored into an empty folder it is the till, with all that
// waited still waiting. What lies in upstream/ and mail/ was given away already and stays
// out, as do locks.
//
// Errors are sentences; nothing is left half done. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/settings/settings.h"
#include "core/store/database.h"
#include "pos/backup/sealed_file.h"

namespace pos {

// What the secrets file keeps between two backups: [backup] key = "...".
struct BackupSecret {
  BackupKey key{};
  WrappedKey wrapped;
};
// A new key that `code` opens; backups made before stay with the code they were made with.
std::optional<BackupSecret> new_backup_secret(const RecoveryCode& code);
std::string to_text(const BackupSecret& secret);
std::optional<BackupSecret> backup_secret_from(std::string_view text);

// What a backup says of itself.
struct BackupNote {
  struct File {
    std::string name;  // below the data folder
    std::uint64_t size = 0;
    std::string hash;
  };
  std::string shop, till, program;  // the program's version
  core::Instant made{};
  std::int64_t schema = 0;               // of the store
  std::int64_t entry = 0, receipts = 0;  // of the journal, as a slip has them
  std::vector<File> files;
};

// "T1-20261130-231405817-7X.tresen": the till, when, and which code opens it.
std::string backup_name(const BackupNote& note, const BackupSecret& secret);

// Copies the store beside itself, seals it with the rest of its folder into `target`, reads
// all of that back, and gives it its name only then. The till may sell meanwhile.
core::Result<BackupNote, std::string> make_backup(core::Database& database,
                                                  const core::Settings& settings,
                                                  const std::filesystem::path& data,
                                                  const std::filesystem::path& target,
                                                  const BackupSecret& secret, core::Instant now);

// Reads the whole, and says what it is.
core::Result<BackupNote, std::string> check_backup(SealedReader reader);

// What the old till wrote last, as its slips say; 0: nothing after the backup.
struct LastSlips {
  std::int64_t receipt = 0, z_report = 0;
};
// Into `data`, which must not be there yet or be empty. Numbers go on behind those of the
// last slips, where they are more than the backup holds.
core::Result<BackupNote, std::string> restore_backup(SealedReader reader,
                                                     const std::filesystem::path& data,
                                                     LastSlips last);

}  // namespace pos
