#include "pos/support/support_file.h"

#include <SDL_version.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "core/store/journal.h"
#include "core/store/outbox_store.h"
#include "core/store/support_store.h"
#include "core/store/till_store.h"
#include "pos/config/private_file.h"
#include "pos/doctor/doctor.h"
#include "pos/export/zip_file.h"
#include "pos/support/log_file.h"
#include "pos/support/mask.h"

namespace pos {

namespace {

namespace fs = std::filesystem;

struct SupportText {
  std::string name, text;
};

// Gone with whatever it holds.
class WorkFolder {
 public:
  explicit WorkFolder(fs::path path) : path_(std::move(path)) {
    std::error_code fault;
    fs::remove_all(path_, fault);
    fs::create_directories(path_, fault);
  }
  ~WorkFolder() {
    std::error_code fault;
    fs::remove_all(path_, fault);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string system_name() {
  std::ifstream stream("/etc/os-release");
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("PRETTY_NAME=")) return line.substr(12);
  }
  return "not known";
}

std::string versions(core::Database& database) {
  SDL_version sdl{};
  SDL_GetVersion(&sdl);
  utsname kernel{};
  ::uname(&kernel);
  auto schema = database.query("PRAGMA user_version");
  std::string text =
      fmt::format("tresen {}, store {}\n", TRESEN_VERSION, schema.next() ? schema.integer(0) : 0);
  // Not the name of the machine, which may be its owner's.
  text += fmt::format("system {}, {} {} {}\n", system_name(), kernel.sysname, kernel.release,
                      kernel.machine);
  text += fmt::format("cores {}, memory {} MiB\n", ::sysconf(_SC_NPROCESSORS_ONLN),
                      ::sysconf(_SC_PHYS_PAGES) / 1024 * ::sysconf(_SC_PAGESIZE) / 1024);
  text += fmt::format("SQLite {}, SDL {}.{}.{}\n{}\n", core::sqlite_version(database), sdl.major,
                      sdl.minor, sdl.patch, curl_version());
  return text;
}

std::string findings_text(const Findings& findings, const std::vector<std::string>& devices) {
  std::string text;
  for (const Finding& finding : findings) {
    text += fmt::format("{:4}  {}: {}\n", word(finding.health), finding.what, finding.says);
  }
  for (const std::string& device : devices) text += "      " + device + "\n";
  return text;
}

// Who the shop is, and who is mailed: no fault hangs on that.
bool names_somebody(std::string_view key) {
  static constexpr std::array<std::string_view, 12> keys{
      "shop.name",       "shop.street",  "shop.postcode", "shop.city", "shop.phone", "shop.vat_id",
      "shop.tax_number", "shop.website", "shop.footer",   "shop.site", "mail.user",  "shop.logo"};
  return std::ranges::count(keys, key) > 0;
}

std::string settings_text(const core::Settings& settings, const Configuration& configuration) {
  std::string text;
  for (const core::SettingEntry& entry : core::entries(settings)) {
    const bool is_fixed =
        std::ranges::count(configuration.entries, entry.key, &core::SettingEntry::key) > 0;
    const bool is_hidden = names_somebody(entry.key) && !entry.value.empty();
    text += fmt::format("{} = {}{}\n", entry.key, is_hidden ? "<set>" : entry.value,
                        is_fixed ? "  (tresen.toml)" : "");
  }
  return text;
}

std::string counters(core::Database& database) {
  std::string text = "rows\n";
  for (const core::NamedCount& table : core::table_counts(database)) {
    text += fmt::format("  {} {}\n", table.name, table.count);
  }
  text += "counters\n";
  for (const core::NamedCount& counter : core::till_counters(database)) {
    text += fmt::format("  {} {}\n", counter.name, counter.count);
  }
  return text;
}

// What is open toward the outside; to whom is left out.
std::string outbox_text(core::Database& database) {
  constexpr std::int64_t most_rows = 200;
  std::string text;
  for (const core::OutboxRow& row : core::outbox_page(database, 0, most_rows)) {
    if (row.state == core::OutboxState::done) continue;
    text += fmt::format("{} {} {}, {} tries: {}\n", core::to_iso(row.created), word(row.kind),
                        word(row.state), row.attempts, row.reason);
  }
  return text;
}

// The kinds of what happened last; not what, with whom and for how much.
std::string journal_text(core::Database& database) {
  constexpr std::int64_t most_entries = 300;
  std::string text;
  for (const core::JournalRow& row : core::latest_entries(database, most_entries)) {
    text += fmt::format("{}: {} {}\n", row.seq, core::to_iso(row.at), row.kind);
  }
  return text;
}

std::vector<std::string> values_of(const Secrets& secrets) {
  return {secrets.mail_password,          secrets.upstream_key,    secrets.terminal.password,
          secrets.terminal.passphrase,    secrets.backup_key,      secrets.signing.admin_pin,
          secrets.signing.time_admin_pin, secrets.signing.api_key, secrets.signing.api_secret};
}

std::string text_in(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<SupportText> texts_of(core::Database& database, const fs::path& data,
                                  const SupportWish& wish, core::Instant now,
                                  const Words& english) {
  const Configuration configuration = read_configuration(data).value_or(Configuration{});
  const core::Settings settings = settings_of(database, configuration);
  std::vector<SupportText> texts{
      {"versions.txt", versions(database)},
      {"doctor.txt", findings_text(examine(database, data, now, english), wish.devices)},
      {"settings.txt", settings_text(settings, configuration)},
      {"counters.txt", counters(database)},
      {"outbox.txt", outbox_text(database)},
      {"journal.txt", journal_text(database)}};
  for (const fs::path& log : log_files(data)) {
    texts.push_back({"log/" + log.filename().string(), text_in(log)});
  }
  const Mask mask(core::words_of_people(database), values_of(configuration.secrets));
  for (SupportText& text : texts) text.text = mask(text.text);
  return texts;
}

// "tresen-support-T1-2026-12-01-0950.zip"
std::string own_name(core::Database& database, core::Instant now) {
  std::string moment = core::to_iso(now).substr(0, 16);
  std::ranges::replace(moment, 'T', '-');
  std::erase(moment, ':');
  return fmt::format("tresen-support-{}-{}.zip", core::load_settings(database).till.id, moment);
}

}  // namespace

core::Result<fs::path, std::string> write_support(core::Database& database, const fs::path& data,
                                                  const SupportWish& wish, core::Instant now,
                                                  const Words& english) {
  std::error_code unknown;
  const bool is_folder = fs::is_directory(wish.target, unknown);
  const fs::path file = is_folder ? wish.target / own_name(database, now) : wish.target;
  const WorkFolder work(data / "support.new");
  std::vector<ZipEntry> entries;
  for (const SupportText& text : texts_of(database, data, wish, now, english)) {
    const fs::path part = work.path() / std::to_string(entries.size());
    if (auto why = write_private(part, text.text)) return tl::unexpected(*why);
    entries.push_back({text.name, part});
  }
  if (!database.ok()) return tl::unexpected(core::in_words(*database.error()));
  if (auto written = write_zip(file, entries, now); !written) {
    return tl::unexpected(written.error());
  }
  return file;
}

}  // namespace pos
