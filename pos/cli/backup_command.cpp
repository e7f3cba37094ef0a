// tresen backup: the store in one file, or the whole till in a sealed one; also while the
// till runs.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/store/backup.h"
#include "pos/backup/backup.h"
#include "pos/cli/pins.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

Json about(const BackupNote& note) {
  return {{"shop", note.shop},          {"till", note.till},
          {"version", note.program},    {"made", core::to_iso(note.made)},
          {"receipts", note.receipts},  {"entries", note.entry},
          {"files", note.files.size()}, {"schema", note.schema}};
}

// The code as it is typed or read; the error is on stderr.
std::optional<RecoveryCode> ask_code(const std::string& file) {
  auto typed = Pins::from(file);
  if (!typed) return {};
  const auto code = RecoveryCode::parse(typed->next("the recovery code"));
  if (code) return *code;
  fail(code.error());
  return {};
}

class Backup final : public Command {
 public:
  explicit Backup(CLI::App& app) {
    auto* target = app.add_option(
        "TARGET", target_,
        "A folder, also of a stick or a share: the whole till, sealed, in a file of its own "
        "name. Else the file to make: the store alone, readable by anybody; it must not be "
        "there yet");
    auto* code = app.add_flag("--new-code", new_code_,
                              "Make the recovery code that opens sealed backups, and say it: it "
                              "is written down nowhere else");
    auto* check = app.add_option("--check", check_, "Read a sealed backup and say what it holds")
                      ->type_name("FILE");
    app.add_option("--code-file", code_file_,
                   "Where the code for --check is read, - for stdin; without it this till's own "
                   "key is tried")
        ->type_name("FILE")
        ->needs(check);
    target->excludes(code)->excludes(check);
    code->excludes(check);
  }

  Status run(const Common& common) override {
    if (new_code_) return make_code(common);
    if (!check_.empty()) return check(common);
    if (target_.empty()) return fail("name a folder or a file for the backup", wrong_usage);
    std::error_code unknown;
    return std::filesystem::is_directory(target_, unknown) ? seal(common) : copy(common);
  }

 private:
  Status copy(const Common& common) const {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    std::error_code unknown;
    if (std::filesystem::exists(target_, unknown)) {
      return fail(target_ + " is there already, name another file");
    }
    if (auto copied = core::copy_store(store->database, target_); !copied) {
      return fail(fmt::format("no backup was made: {}", core::in_words(copied.error())));
    }
    const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(target_, unknown));
    if (common.json) {
      print_json({{"file", target_}, {"bytes", bytes}});
    } else {
      print(
          fmt::format("{} holds the store, {} KiB; to use it, put it into a data folder as "
                      "till.db",
                      printable(target_), bytes / 1024));
    }
    return well;
  }

  static Status make_code(const Common& common) {
    if (!open_for_reading(common)) return cannot;
    const RecoveryCode code = RecoveryCode::make();
    const auto secret = new_backup_secret(code);
    if (!secret) return fail("there is too little memory to make a code");
    if (auto kept = keep_secret(common.data, "backup", "key", to_text(*secret)); !kept) {
      return fail(kept.error());
    }
    if (common.json) {
      print_json({{"code", code.text()}, {"mark", code.id()}});
    } else {
      print(
          fmt::format("{}\n"
                      "This code opens the backups marked {} that are made from now on. Write it "
                      "down and keep it\naway from the till: without it nobody can open them, and "
                      "it is not said again.",
                      code.text(), code.id()));
    }
    return well;
  }

  Status seal(const Common& common) const {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto secret = own_secret(common);
    if (!secret) return cannot;
    BackupNote name;
    name.till = store->settings.till.id;
    name.made = core::SystemClock().now();
    const auto file = std::filesystem::path(target_) / backup_name(name, *secret);
    const auto made =
        make_backup(store->database, store->settings, common.data, file, *secret, name.made);
    if (!made) return fail(fmt::format("no backup was made: {}", made.error()));
    std::error_code unknown;
    if (common.json) {
      Json json = about(*made);
      json["file"] = file.string();
      json["mark"] = secret->wrapped.code_id;
      json["bytes"] = std::filesystem::file_size(file, unknown);
      print_json(json);
    } else {
      print(fmt::format("{} holds the till with {} receipts, {} KiB; it was read back and is whole",
                        printable(file.string()), made->receipts,
                        std::filesystem::file_size(file, unknown) / 1024));
    }
    return well;
  }

  Status check(const Common& common) const {
    auto reader = open_check(common);
    if (!reader) return cannot;
    const auto read = check_backup(std::move(*reader));
    if (!read) return fail(read.error());
    if (common.json) {
      print_json(about(*read));
    } else {
      print(fmt::format("whole: till {} of {}, made {}, {} receipts, version {}", read->till,
                        printable(read->shop), core::to_iso(read->made), read->receipts,
                        read->program));
    }
    return well;
  }

  std::optional<SealedReader> open_check(const Common& common) const {
    core::Result<SealedReader, std::string> reader = tl::unexpected(std::string());
    if (code_file_.empty()) {
      const auto secret = own_secret(common);
      if (!secret) return {};
      reader = SealedReader::open(check_, secret->key);
    } else {
      const auto code = ask_code(code_file_);
      if (!code) return {};
      reader = SealedReader::open(check_, *code);
    }
    if (reader) return std::move(*reader);
    fail(reader.error());
    return {};
  }

  static std::optional<BackupSecret> own_secret(const Common& common) {
    const auto configuration = read_configuration(common.data);
    if (!configuration) {
      fail(configuration.error());
      return {};
    }
    const std::string& text = configuration->secrets.backup_key;
    if (text.empty()) {
      fail("there is no recovery code yet, make one: tresen backup --new-code");
      return {};
    }
    auto secret = backup_secret_from(text);
    if (!secret) {
      fail("the secret backup.key cannot be read, make a new code: tresen backup --new-code");
    }
    return secret;
  }

  std::string target_, check_, code_file_;
  bool new_code_ = false;
};

// tresen restore: a sealed backup becomes a till again.
class Restore final : public Command {
 public:
  explicit Restore(CLI::App& app) {
    app.add_option("FILE", file_, "The sealed backup")->required()->type_name("FILE");
    app.add_option("--code-file", code_file_, "Where the recovery code is read, - for stdin")
        ->type_name("FILE");
    app.add_option("--last-receipt", last_,
                   "The number of the last slip that the old till printed (T1-R000123 or 123), so "
                   "that no number is given twice; none, when it sold nothing after the backup")
        ->required();
    app.add_option("--last-z", last_z_,
                   "The number of its last Z report, where it closed after the backup")
        ->check(CLI::NonNegativeNumber);
  }

  Status run(const Common& common) override {
    const auto last = last_number();
    if (!last) {
      return fail(fmt::format("--last-receipt is the number on a slip, or none; not \"{}\"",
                              printable(last_)),
                  wrong_usage);
    }
    const auto code = ask_code(code_file_);
    if (!code) return cannot;
    auto reader = SealedReader::open(file_, *code);
    if (!reader) return fail(reader.error());
    const auto restored = restore_backup(std::move(*reader), common.data, {*last, last_z_});
    if (!restored) return fail(fmt::format("nothing was restored: {}", restored.error()));
    if (common.json) {
      print_json(about(*restored));
    } else {
      print(fmt::format("{} is till {} of {} as it was at {}, with {} receipts",
                        printable(common.data.string()), restored->till, printable(restored->shop),
                        core::to_iso(restored->made), restored->receipts));
    }
    return well;
  }

 private:
  // 0: it wrote none after the backup.
  std::optional<std::int64_t> last_number() const {
    if (last_ == "none") return 0;
    const auto begin = last_.find_last_not_of("0123456789") + 1;  // npos + 1 is 0
    const std::string digits = last_.substr(begin);
    if (digits.empty() || digits.size() > 15) return {};
    return std::stoll(digits);
  }

  std::string file_, code_file_, last_;
  std::int64_t last_z_ = 0;
};

}  // namespace

std::unique_ptr<Command> backup_command(CLI::App& app) {
  return std::make_unique<Backup>(app);
}

std::unique_ptr<Command> restore_command(CLI::App& app) {
  return std::make_unique<Restore>(app);
}

}  // namespace pos::cli
