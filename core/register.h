// The one door to the till: commands in, effects and snapshots out. Each
// command is one transaction; what it returns as done is on disk.
//
// Lives on the register thread, which owns the only writing connection.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/commands.h"
#include "core/effects.h"
#include "core/snapshot.h"
#include "core/store/catalogue_store.h"
#include "core/store/database.h"

namespace core {

struct RegisterOptions {
  std::filesystem::path folder;  // of the store: till.db, till.lock; made if missing, mode 0700
  Durability durability = Durability::full;
  std::vector<SettingEntry> fixed_settings;  // of tresen.toml: they win over the store
};

class Register {
 public:
  // Opens the store. The clock must outlive the register.
  static Stored<std::unique_ptr<Register>> open(const RegisterOptions& options, const Clock& clock);
  ~Register();
  Register(const Register&) = delete;
  Register& operator=(const Register&) = delete;

  // What the world still owes from before a stop: slips that were not printed,
  // card attempts whose answer was lost. Ask once, after opening.
  Effects resume();

  // `approval` is the PIN of somebody who may what the cashier may not.
  Handled handle(const Command& command, std::string_view approval = "");

  Snapshot snapshot();
  std::uint64_t revision() const;

  // Products of a file; in the journal with whoever is signed in, who must be allowed to
  // change settings. The refusal is the word for a person.
  Result<ImportOutcome, Refusal> import(ImportSource source, ImportOptions options);

  // For the tools that run in the register's process and thread: doctor, the demo.
  Database& database();
  // In idle moments: copies the log into the data base file, and makes the sums of one day
  // that is over. False: the store cannot be written, or there are more such days; to be
  // asked again in a moment.
  bool rest();

 private:
  struct Parts;
  explicit Register(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace core
