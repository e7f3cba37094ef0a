#include "pos/cli/store.h"

#include <cerrno>
#include <cstring>

#include "pos/cli/say.h"

namespace pos::cli {

std::filesystem::path store_file(const Common& common) {
  return common.data / "till.db";
}

std::optional<Reading> open_for_reading(const Common& common) {
  const auto configuration = read_configuration(common.data);
  if (!configuration) {
    fail(configuration.error());
    return {};
  }
  auto database = core::Database::open(store_file(common), core::Access::read);
  if (!database) {
    fail(core::in_words(database.error()));
    return {};
  }
  core::Settings settings = settings_of(*database, *configuration);
  return Reading{std::move(*database), std::move(settings)};
}

std::unique_ptr<core::Register> open_register(const Common& common, const core::Clock& clock,
                                              core::Durability durability) {
  auto configuration = read_configuration(common.data);
  if (!configuration) {
    fail(configuration.error());
    return nullptr;
  }
  auto opened =
      core::Register::open({common.data, durability, std::move(configuration->entries)}, clock);
  if (!opened) {
    fail(core::in_words(opened.error()));
    return nullptr;
  }
  return std::move(*opened);
}

Status after_reading(const core::Database& database, Status status) {
  if (database.ok()) return status;
  return fail(core::in_words(*database.error()));
}

Status print_from_store(const Common& common, const std::function<Table(Reading&)>& read,
                        std::string_view when_empty) {
  auto store = open_for_reading(common);
  if (!store) return cannot;
  const Table table = read(*store);
  if (const Status status = after_reading(store->database); status != well) return status;
  print_table(table, common.json ? Form::json : Form::text, when_empty);
  return well;
}

std::optional<std::ifstream> open_file(const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) {
    fail(file.string() + " is a folder, name a file in it");
    return {};
  }
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    fail(file.string() + " cannot be read: " + std::strerror(errno));
    return {};
  }
  return stream;
}

Status say_refusal(const core::Refusal& refusal) {
  return fail(refusal.detail.empty() ? refusal.text : refusal.text + " (" + refusal.detail + ")",
              refusal.kind == core::RefusalKind::not_saved ? cannot : attention);
}

}  // namespace pos::cli
