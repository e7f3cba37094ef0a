#include "pos/config/first_start.h"

#include <fmt/format.h>

#include <cstdlib>
#include <vector>

#include "core/register.h"
#include "core/store/till_store.h"

namespace pos {

namespace {

namespace fs = std::filesystem;
using Outcome = core::Result<core::Done, std::string>;
using SettingList = std::vector<core::SettingEntry>;

// Before anybody signs in.
Outcome keep(const fs::path& folder, const SettingList& entries, const core::Clock& clock) {
  auto till = core::Register::open({folder, core::Durability::full, {}}, clock);
  if (!till) return tl::unexpected(core::in_words(till.error()));
  core::Transaction transaction((*till)->database());
  for (const core::SettingEntry& entry : entries) {
    core::save_setting((*till)->database(), entry.key, entry.value);
  }
  if (auto kept = transaction.commit(); !kept) return tl::unexpected(core::in_words(kept.error()));
  return core::Done{};
}

Outcome outcome_of(const fs::path& file, const std::error_code& fault) {
  if (!fault) return core::Done{};
  return tl::unexpected(fmt::format("{}: {}", file.string(), fault.message()));
}

}  // namespace

bool is_untouched(const fs::path& folder) {
  std::error_code unknown;
  return !fs::exists(folder / "till.db", unknown) && !fs::exists(folder / "tresen.toml", unknown);
}

std::string session_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* said = std::getenv(name);
    const std::string_view code = said ? said : "";
    if (code.empty()) continue;
    const bool says_nothing = code == "C" || code == "POSIX" || code.starts_with("C.");
    return says_nothing || code.starts_with("de") ? "de" : "en";
  }
  return "de";
}

Outcome begin_first_start(const fs::path& folder, const std::string& language,
                          const core::Clock& clock) {
  SettingList entries{{"setup.shop", "own"},       {"setup.wizard", "doors"},
                      {"till.language", language}, {"shop.language", language},
                      {"printer.kind", "none"},    {"terminal.kind", "none"},
                      {"upstream.kind", "none"},   {"mail.kind", "none"}};
  for (const char* key : {"shop.name", "shop.street", "shop.city", "shop.phone", "shop.tax_number",
                          "shop.website", "shop.footer", "mail.from", "mails.to"}) {
    entries.push_back({key, ""});
  }
  if (auto kept = keep(folder, entries, clock); !kept) return kept;
  // Its own pictures, from the start: the demo's have the names of common goods.
  std::error_code fault;
  fs::create_directories(folder / "pictures", fault);
  return outcome_of(folder / "pictures", fault);
}

Outcome mark_as_demo(const fs::path& folder, const std::string& language,
                     const core::Clock& clock) {
  return keep(folder,
              {{"setup.shop", "demo"},
               {"shop.name", "DEMO " + core::ShopSettings{}.name},
               {"till.language", language}},
              clock);
}

fs::path restored_folder(const fs::path& folder) {
  return folder / "restored";
}

Outcome move_restored(const fs::path& folder) {
  const fs::path from = restored_folder(folder);
  std::error_code fault;
  if (!fs::exists(from / "till.db", fault)) return core::Done{};
  // What the first start made goes, its store last: where that is gone, what lies beside it is
  // of the restored one, and its log holds what was booked when it was restored.
  if (fs::exists(folder / "till.db", fault)) {
    for (const char* name : {"till.db-wal", "till.db-shm", "till.anchor", "till.lock", "till.db"}) {
      fs::remove(folder / name, fault);
      if (fault) return outcome_of(folder / name, fault);
    }
  }
  fs::remove(folder / "pictures", fault);  // where it holds none
  // The store comes last: until then this is done again.
  std::vector<fs::path> names;
  for (const auto& entry : fs::directory_iterator(from, fault)) {
    if (entry.path().filename() != "till.db") names.push_back(entry.path().filename());
  }
  names.emplace_back("till.db");
  for (const fs::path& name : names) {
    if (fs::is_directory(folder / name, fault)) fs::remove_all(folder / name, fault);
    fs::rename(from / name, folder / name, fault);
    if (fault) return outcome_of(folder / name, fault);
  }
  fs::remove(from, fault);
  return core::Done{};
}

}  // namespace pos
