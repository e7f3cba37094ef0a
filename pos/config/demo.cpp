#include "pos/config/demo.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "core/register.h"
#include "core/store/catalogue_store.h"
#include "core/store/till_store.h"
#include "pos/config/places.h"
#include "sync/upstream/json/order_json.h"

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

// A German shop, with a device that signs for a test only, as long as nobody has chosen. Whose
// hands there are does not matter: this is before anybody signs in.
Outcome choose_country(core::Register& till) {
  const core::Settings& settings = till.snapshot().settings;
  if (!settings.shop.country.empty() || settings.fiscal.device != "none") return core::Done{};
  core::Transaction transaction(till.database());
  core::save_setting(till.database(), "fiscal.device", "software");
  core::save_setting(till.database(), "shop.country", "DE");
  if (auto kept = transaction.commit(); !kept) return tl::unexpected(core::in_words(kept.error()));
  return core::Done{};
}

// Where a text holds a moment such as "2026-11-21T14:41:00Z", between quotes, and which.
std::map<std::size_t, core::Instant> moments_in(const std::string& text) {
  constexpr std::size_t length = 20;
  std::map<std::size_t, core::Instant> found;
  for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos; ++at) {
    if (at + 1 + length >= text.size() || text[at + 1 + length] != '"') continue;
    if (const auto moment = syncing::instant_from(text.substr(at + 1, length))) {
      found.emplace(at + 1, *moment);
    }
  }
  return found;
}

// The demo's orders came in within the last day, whenever it is started: all are moved by
// as many whole days as the newest of them is old.
Outcome fill_inbox(const std::filesystem::path& folder, core::Instant now) {
  std::error_code fault;
  const auto inbox = folder / "upstream" / "inbox";
  std::filesystem::create_directories(inbox, fault);
  if (fault) return tl::unexpected(fmt::format("{}: {}", inbox.string(), fault.message()));
  std::map<std::filesystem::path, std::string> orders;
  core::Instant newest{};
  for (const auto& entry :
       std::filesystem::directory_iterator(assets_folder() / "demo" / "inbox", fault)) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::string& text = orders[entry.path().filename()];
    text.assign(std::istreambuf_iterator<char>(file), {});
    for (const auto& [at, moment] : moments_in(text)) newest = std::max(newest, moment);
  }
  if (fault) return tl::unexpected(fmt::format("the demo's orders: {}", fault.message()));
  const auto later =
      std::max(std::chrono::floor<std::chrono::days>(now - newest), std::chrono::days::zero());
  for (auto& [name, text] : orders) {
    for (const auto& [at, moment] : moments_in(text)) {
      const std::string day = core::to_iso(moment + later).substr(0, 10);
      text.replace(at, day.size(), day);
    }
    if (std::filesystem::exists(inbox / name, fault)) continue;
    std::ofstream file(inbox / name, std::ios::binary);
    file << text;
    if (!file.flush()) {
      return tl::unexpected(fmt::format("cannot write {}", (inbox / name).string()));
    }
  }
  return core::Done{};
}

}  // namespace

Outcome make_demo_shop(const std::filesystem::path& folder, const core::Clock& clock) {
  auto till = core::Register::open({folder, core::Durability::full, {}}, clock);
  if (!till) return tl::unexpected(core::in_words(till.error()));
  if ((*till)->snapshot().settings.setup.shop == "own") return core::Done{};
  auto used = (*till)->database().query(
      "SELECT 1 WHERE EXISTS (SELECT 1 FROM variants) OR EXISTS (SELECT 1 FROM orders)");
  if (used.next()) return core::Done{};
  if (auto imported = import_demo_catalogue(**till); !imported) return imported;
  if (auto chosen = choose_country(**till); !chosen) return chosen;
  return fill_inbox(folder, clock.now());
}

std::filesystem::path pictures_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  const auto own = folder / "pictures";
  return std::filesystem::is_directory(own, ignored) ? own : assets_folder() / "demo" / "pictures";
}

}  // namespace pos
