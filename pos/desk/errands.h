// What the screens ask to be done with files outside of the store, away from the UI thread, and
// what came of it. Plain values.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/catalogue/catalogue_import.h"
#include "pos/doctor/finding.h"
#include "pos/ui/translate.h"

namespace pos {

// The folders and files of `folder` that end so ("" : folders alone); an empty folder: the
// places where a person looks, sticks first.
struct ListFolder {
  std::string folder;
  std::vector<std::string> endings;
};
// Products of a file; on trial nothing is stored.
struct ImportFile {
  std::string file;
  bool is_trial = true;
  bool skip_bad = false;
  core::DepositName deposit_name = {};
};
// Copies a picture into the data folder and makes it the shop's.
struct TakeLogo {
  std::string file;
};
// A sealed backup, into a folder beside the store. What the old till wrote last: 0 is nothing
// after the backup.
struct RestoreFile {
  std::string file, code;
  std::int64_t last_receipt = 0, last_z = 0;
};
// [table] key = "..." of the secrets file.
struct KeepSecret {
  std::string table, key, value;
};
struct MakeBackupCode {};  // it is shown once
struct BackUpNow {};
// At USB, and in the network where somebody asks for that.
struct FindPrinters {
  bool in_network = false;
};
// Looks the till over, as tresen doctor.
struct ExamineTill {
  Language language = Language::english;
};
// The support file, into this folder; `devices`: how they are, a line each, in English.
struct WriteSupport {
  std::string folder;
  std::vector<std::string> devices;
};

using Errand = std::variant<ListFolder, ImportFile, TakeLogo, RestoreFile, KeepSecret,
                            MakeBackupCode, BackUpNow, FindPrinters, ExamineTill, WriteSupport>;

struct FoundPrinter {
  std::string product, kind, address;  // as printer.kind and printer.address
  friend bool operator==(const FoundPrinter&, const FoundPrinter&) = default;
};
struct FileEntry {
  std::string name, path;
  bool is_folder = false;
  std::int64_t bytes = 0;
};
struct FolderList {
  std::string folder;  // empty: the places
  std::string above;   // the folder it lies in; empty: the places
  std::vector<FileEntry> entries;
  std::string why_not;  // it cannot be read
};
struct ImportAnswer {
  std::string file;
  bool is_trial = true;
  core::ImportReport report;
  bool is_stored = false;
  std::string why_not;  // an English key; empty: the report says what came of it
};
struct RestoreAnswer {
  std::string why_not;  // empty: it lies there, whole
  std::string shop, till;
  core::Instant made{};
  std::int64_t receipts = 0;
};
// What came of looking the till over.
struct Examined {
  Findings findings;
};
struct BackupCodeMade {
  std::string code, mark;
  std::string why_not;
};

}  // namespace pos
