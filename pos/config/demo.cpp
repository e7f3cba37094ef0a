#include "pos/config/demo.h"

#include <fmt/format.h>

#include <fstream>

#include "core/register.h"
#include "core/store/catalogue_store.h"
#include "pos/config/places.h"

namespace pos {

namespace {

using Outcome = core::Result<core::Done, std::string>;

Outcome import_demo_catalogue(core::Register& till) {
  const auto file = assets_folder() / "demo" / "catalogue.csv";
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return tl::unexpected(fmt::format("cannot read {}", file.string()));
  const core::ImportSource source{stream, file.string(), 0, till.snapshot().settings.shop.currency};
  const auto imported = core::import_catalogue(till.database(), source, {});
  if (!imported) return tl::unexpected(core::in_words(imported.error()));
  if (!imported->stored) return tl::unexpected(fmt::format("{} has faults", file.string()));
  return core::Done{};
}

Outcome fill_inbox(const std::filesystem::path& folder) {
  std::error_code fault;
  const auto inbox = folder / "upstream" / "inbox";
  std::filesystem::create_directories(inbox, fault);
  if (!fault) {
    std::filesystem::copy(
        assets_folder() / "demo" / "inbox", inbox,
        std::filesystem::copy_options::skip_existing | std::filesystem::copy_options::recursive,
        fault);
  }
  if (fault) return tl::unexpected(fmt::format("{}: {}", inbox.string(), fault.message()));
  return core::Done{};
}

}  // namespace

Outcome make_demo_shop(const std::filesystem::path& folder, const core::Clock& clock) {
  auto till = core::Register::open({folder, core::Durability::full, {}}, clock);
  if (!till) return tl::unexpected(core::in_words(till.error()));
  auto used = (*till)->database().query(
      "SELECT 1 WHERE EXISTS (SELECT 1 FROM variants) OR EXISTS (SELECT 1 FROM orders)");
  if (used.next()) return core::Done{};
  if (auto imported = import_demo_catalogue(**till); !imported) return imported;
  return fill_inbox(folder);
}

std::filesystem::path pictures_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  const auto own = folder / "pictures";
  return std::filesystem::is_directory(own, ignored) ? own : assets_folder() / "demo" / "pictures";
}

}  // namespace pos
