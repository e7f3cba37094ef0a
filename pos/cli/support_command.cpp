// tresen support: the file for whoever helps.
#include <CLI/CLI.hpp>

#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/support/support_file.h"

namespace pos::cli {

namespace {

class Support final : public Command {
 public:
  explicit Support(CLI::App& app) {
    app.add_option("TARGET", target_, "The file to make, or a folder, where it gets its own name")
        ->required();
  }

  Status run(const Common& common) override {
    auto database = core::Database::open(store_file(common), core::Access::read);
    if (!database) return fail(core::in_words(database.error()));
    const Words english(Language::english);
    const auto written =
        write_support(*database, common.data, {target_, {}}, core::SystemClock().now(), english);
    if (!written) return fail(written.error());
    if (common.json) {
      print_json({{"file", written->string()}});
    } else {
      print(written->string());
    }
    return well;
  }

 private:
  std::string target_;
};

}  // namespace

std::unique_ptr<Command> support_command(CLI::App& app) {
  return std::make_unique<Support>(app);
}

}  // namespace pos::cli
