// tresen backup FILE: the store as it stands now, in one file.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/store/backup.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

class Backup final : public Command {
 public:
  explicit Backup(CLI::App& app) {
    app.add_option("FILE", file_, "The file to make; it must not be there yet")->required();
  }

  Status run(const Common& common) override {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    std::error_code unknown;
    if (std::filesystem::exists(file_, unknown)) {
      return fail(file_ + " is there already, name another file");
    }
    if (auto copied = core::copy_store(store->database, file_); !copied) {
      return fail(fmt::format("no backup was made: {}", core::in_words(copied.error())));
    }
    const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(file_, unknown));
    if (common.json) {
      print_json({{"file", file_}, {"bytes", bytes}});
    } else {
      print(
          fmt::format("{} holds the store, {} KiB; to use it, put it into a data folder as "
                      "till.db",
                      printable(file_), bytes / 1024));
    }
    return well;
  }

 private:
  std::string file_;
};

}  // namespace

std::unique_ptr<Command> backup_command(CLI::App& app) {
  return std::make_unique<Backup>(app);
}

}  // namespace pos::cli
