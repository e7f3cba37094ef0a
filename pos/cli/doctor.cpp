#include "pos/cli/doctor.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "core/base/clock_doubt.h"
#include "core/fiscal/signing_warnings.h"
#include "core/store/aside_store.h"
#include "core/store/journal.h"
#include "core/store/migrations.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"
#include "core/store/signing_store.h"
#include "core/store/till_store.h"
#include "core/tax/country.h"
#include "drivers/printer/escpos_printer.h"
#include "drivers/transport/address.h"
#include "pos/cli/anchors.h"
#include "pos/cli/table.h"
#include "pos/layout/printer_words.h"
#include "pos/layout/signing_words.h"
#include "pos/ui/fonts.h"
#include "pos/ui/translate.h"
#include "sync/base/plain.h"

namespace pos::cli {

namespace {

constexpr std::uintmax_t mebibyte = 1024 * 1024;
constexpr std::uintmax_t scarce_space = 500 * mebibyte;
constexpr std::uintmax_t least_space = 50 * mebibyte;
// Of a smaller store every page is read in a moment.
constexpr std::uintmax_t large_store = 64 * mebibyte;

Finding ok(std::string what, std::string says) {
  return {std::move(what), Health::ok, std::move(says)};
}
Finding warn(std::string what, std::string says) {
  return {std::move(what), Health::warn, std::move(says)};
}
Finding bad(std::string what, std::string says) {
  return {std::move(what), Health::bad, std::move(says)};
}

// A folder that the till will write into; it makes what is missing itself.
Finding check_writable(std::string what, std::filesystem::path folder) {
  const std::string name = folder.string();
  std::error_code fault;
  while (!std::filesystem::exists(folder, fault) && folder.has_parent_path()) {
    folder = folder.parent_path();
  }
  const std::filesystem::path trial = folder / ".tresen-doctor";
  const bool written = std::filesystem::is_directory(folder, fault) &&
                       std::ofstream(trial, std::ios::binary).put('x').flush().good();
  std::filesystem::remove(trial, fault);
  if (written) return ok(std::move(what), name);
  return bad(std::move(what), folder.string() + " cannot be written, check its owner and rights");
}

std::string first_line(core::Query& query) {
  return query.next() ? query.text(0) : "";
}

}  // namespace

std::string_view word(Health health) {
  static constexpr std::array<std::string_view, 3> words{"ok", "warn", "bad"};
  return words[static_cast<std::size_t>(health)];
}

Finding check_folder(const std::filesystem::path& data) {
  struct stat facts {};
  if (::stat(data.c_str(), &facts) != 0) {
    return bad("data folder", data.string() +
                                  " is not there: start the till once, or name the "
                                  "right one with --data DIR");
  }
  if (!S_ISDIR(facts.st_mode)) return bad("data folder", data.string() + " is not a folder");
  if (facts.st_mode & 077) {
    return warn("data folder", fmt::format("others may look into {}, say: chmod 700 {}",
                                           data.string(), data.string()));
  }
  return check_writable("data folder", data);
}

Finding check_space(const std::filesystem::path& data) {
  std::error_code fault;
  const auto space = std::filesystem::space(data, fault);
  if (fault) return warn("disk", "the free space is not known: " + fault.message());
  const std::string says = fmt::format("{} MiB free", space.available / mebibyte);
  if (space.available < least_space) return bad("disk", says + ", free some space now");
  if (space.available < scarce_space) return warn("disk", says + ", free some space soon");
  return ok("disk", says);
}

Finding check_lock(const std::filesystem::path& data) {
  return ok("lock", core::StoreLock::is_taken(data) ? "a till runs here" : "no till runs here");
}

// Every page of a small store, or of a large one where somebody has the time.
Finding check_pages(core::Database& database, const std::filesystem::path& file, Extent extent) {
  std::error_code unknown;
  if (extent == Extent::latest && std::filesystem::file_size(file, unknown) > large_store) {
    return ok("store", "it can be read; tresen doctor --all looks at every page");
  }
  auto check = database.query("PRAGMA quick_check(1)");
  const std::string said = first_line(check);
  if (said == "ok") return ok("store", "every page is in order");
  return bad("store", "it is damaged, restore a backup (" + said + ")");
}

Findings check_store(core::Database& database, const std::filesystem::path& file,
                     const std::vector<core::Anchor>& anchors, Extent extent) {
  Findings findings;
  auto version = database.query("PRAGMA user_version");
  const std::int64_t found = version.next() ? version.integer(0) : 0;
  const auto newest = static_cast<std::int64_t>(core::migrations().size());
  findings.push_back(found == newest ? ok("schema", fmt::format("version {}", found))
                                     : warn("schema", fmt::format("version {} of {}, the next "
                                                                  "start of the till brings it up",
                                                                  found, newest)));
  findings.push_back(check_pages(database, file, extent));
  const auto verified = verify(database, file, anchors, extent);
  if (const auto* broken = std::get_if<core::JournalBroken>(&verified.verdict)) {
    findings.push_back(bad("journal", broken->what + "; keep this store and tell your auditor"));
  } else {
    const auto& sound = std::get<core::JournalSound>(verified.verdict);
    findings.push_back(
        ok("journal",
           fmt::format("{}{} entries and {} receipts are sound{}",
                       verified.is_whole() ? "" : "the latest ", sound.entries, sound.receipts,
                       verified.is_whole() ? "" : "; --all verifies every one")));
    for (const core::JournalGap& gap : sound.gaps) {
      findings.push_back(warn("journal", words_for(gap)));
    }
    if (anchors.empty() && sound.entries > 0) {
      findings.push_back(warn("journal",
                              "nothing outside the store proves its end: the till's "
                              "anchor is missing, the next start makes one"));
    }
  }
  return findings;
}

namespace {

// What came from outside and could not be taken, by name.
Finding check_aside(core::Database& database) {
  constexpr std::int64_t most_named = 3;
  const std::int64_t count = core::count_put_aside(database);
  if (count == 0) return ok("from outside", "everything could be taken");
  std::string named;
  for (const core::AsideRow& row : core::put_aside(database, most_named)) {
    const std::string reason = row.what.reason.substr(0, row.what.reason.find('\n'));
    named += fmt::format("{}{} ({})", named.empty() ? "" : ", ", row.what.name, reason);
  }
  return warn("from outside", fmt::format("{} could not be taken: {}{}; see tresen sync refused",
                                          count, named, count > most_named ? ", ..." : ""));
}

}  // namespace

Finding check_time_zone(core::Database& database, const core::Settings& settings) {
  if (!core::is_time_zone("Europe/Berlin")) {
    return bad("time zone", "the time zones are not installed: install the package tzdata");
  }
  const std::string stored = core::stored_setting(database, "shop.time_zone");
  if (!stored.empty() && !core::is_time_zone(stored)) {
    return warn("time zone", fmt::format("\"{}\" is no time zone, so {} is used; set "
                                         "shop.time_zone, as in Europe/Berlin",
                                         stored, settings.shop.time_zone));
  }
  return ok("time zone", settings.shop.time_zone);
}

// A rate of its own may be right, as one that a law has just changed: so it is told, not refused.
Finding check_rates(const core::Settings& settings) {
  const core::Country country = core::country_from(settings.shop.country);
  if (country == core::Country::none) return ok("tax rates", "no country was chosen");
  const std::vector<core::TaxRate> known = core::ready_rates(country);
  std::string others;
  for (const core::TaxRate& rate : settings.money.rates) {
    if (std::ranges::find(known, rate.rate, &core::TaxRate::rate) != known.end()) continue;
    others += fmt::format("{}{} ({} %)", others.empty() ? "" : ", ", rate.code,
                          core::to_plain(rate.rate));
  }
  if (others.empty()) return ok("tax rates", "those of " + settings.shop.country);
  return warn("tax rates", fmt::format("no rate of {}: {}; see tax.rates in tresen.toml and in "
                                       "tresen settings",
                                       settings.shop.country, others));
}

Finding check_clock(core::Database& database, const core::Settings& settings, core::Instant now) {
  const auto said = [&](core::Instant at) { return time_cell(at, settings.shop.time_zone).text; };
  const auto doubt = core::clock_doubt(now, {.last_receipt = core::last_trusted_receipt(database),
                                             .platform_ahead = {},
                                             .terminal_ahead = {},
                                             .signing_device_ahead = {}});
  if (!doubt) return ok("clock", said(now));
  const std::string says =
      doubt->witness == core::ClockWitness::program
          ? fmt::format("it says {}, and it cannot be before {}: set it", said(now),
                        said(doubt->says))
          : fmt::format(
                "it says {}, the last receipt is of {}: set it, or say on the till that it "
                "is right",
                said(now), said(doubt->says));
  return doubt->is_grave ? bad("clock", says) : warn("clock", says);
}

Findings check_queues(core::Database& database) {
  const core::OutboxCounts counts = core::outbox_counts(database);
  const std::string says = fmt::format("{} waiting, {} done", counts.waiting, counts.done);
  Findings findings;
  findings.push_back(counts.stuck == 0 ? ok("outbox", says)
                                       : warn("outbox", fmt::format("{} refused or unclear, {}; "
                                                                    "see tresen outbox",
                                                                    counts.stuck, says)));
  const std::int64_t cards = core::count_open_terminal_slips(database).count;
  const std::int64_t slips = core::count_open_prints(database).count;
  findings.push_back(slips == 0
                         ? ok("slips", "all are printed")
                         : warn("slips", fmt::format("{} are not printed yet, {} of the card "
                                                     "terminal; see tresen print --jobs",
                                                     slips, cards)));
  findings.push_back(check_aside(database));
  return findings;
}

Finding check_fonts() {
  const auto fonts = ui::Fonts::open();
  return fonts ? ok("fonts", "Inter and the icons are there")
               : bad("fonts", ui::to_text(fonts.error()));
}

Finding check_translations() {
  const Translations translations = Translations::load();
  const bool german = translations(Language::german)("Cash") != "Cash";
  return german ? ok("languages", "German and English")
                : warn("languages", "the German texts are not there, install Tresen again");
}

Finding check_printer(const core::PrinterSettings& settings) {
  if (settings.kind == "none") return ok("printer", "none is set up");
  if (settings.kind == "simulated") return ok("printer", "simulated, shown on the screen");
  std::string address = settings.kind + ":" + settings.address;
  if (settings.kind == "serial") address += fmt::format(":{}", settings.baud);
  auto link = drivers::transport_at(address);
  if (!link) {
    return bad("printer", fmt::format("printer.address \"{}\" leads to no {} printer",
                                      settings.address, settings.kind));
  }
  if (const auto fault = fault_of(settings)) return bad("printer", *fault);
  drivers::EscposPrinter printer(std::move(*link), drivers::profile(settings.profile));
  const drivers::PrinterStatus status = printer.status();
  if (status.trouble) {
    return bad("printer", fmt::format("{} {}: {}", settings.kind, settings.address,
                                      pos::in_words(*status.trouble, settings)));
  }
  if (status.paper_low) return warn("printer", "the paper is nearly out");
  return ok("printer", status.answered ? "it answers" : "it can be reached");
}

Finding check_signing(core::Database& database, const core::Settings& settings,
                      const SigningSecrets& secrets, core::Instant now) {
  constexpr const char* what = "signing";
  const std::string& kind = settings.fiscal.device;
  if (core::country_from(settings.shop.country) != core::Country::germany) {
    return ok(what, "no country is chosen that asks for it");
  }
  if (kind == "none") {
    return bad(what,
               "Germany asks for a security device (TSE), so nothing is sold: set one up with "
               "tresen fiscal setup, or in Settings, Fiscal");
  }
  const bool has_pins = kind != "epson" || !secrets.time_admin_pin.empty();
  const bool has_keys =
      kind != "fiskaly" || (!secrets.api_key.empty() && !secrets.api_secret.empty());
  if (!has_pins || !has_keys) {
    return bad(what,
               fmt::format("secrets.toml has no {} below [signing]: write it there, or set the "
                           "device up in Settings, Fiscal",
                           has_pins ? "api_key and api_secret" : "time_admin_pin"));
  }
  const auto device = core::signing_device(database);
  if (const auto outage = core::open_outage(database)) {
    const std::string detail = outage->detail.empty() ? "" : " (" + outage->detail + ")";
    return bad(what, fmt::format("out of order since {}: {}{} Then: tresen fiscal test",
                                 time_cell(outage->began, settings.shop.time_zone).text,
                                 outage->reason, detail));
  }
  if (!device) {
    return bad(what,
               "the security device was not seen yet: check where it is, then tresen fiscal test");
  }
  const auto warnings = core::signing_warnings(*device, now);
  if (warnings.empty()) return ok(what, fmt::format("{} {}", device->maker, device->serial));
  static const Translations translations = Translations::load();
  std::string says;
  bool is_grave = false;
  for (const core::SigningWarning& warning : warnings) {
    says += (says.empty() ? "" : " ") + in_words(warning, translations(Language::english));
    is_grave |= warning.is_grave;
  }
  return is_grave ? bad(what, says) : warn(what, says);
}

Findings check_outside(const std::filesystem::path& data, const core::Settings& settings) {
  Findings findings;
  if (settings.upstream.kind == "folder") {
    findings.push_back(check_writable("upstream", data / "upstream"));
  }
  if (settings.mail.kind == "folder") findings.push_back(check_writable("mail", data / "mail"));
  if (settings.mail.kind == "smtp" && settings.mail.host.empty()) {
    findings.push_back(bad("mail", "mail.host is empty, name the mail server"));
  }
  const auto judge = [&](const char* what, const std::optional<std::string>& given,
                         const std::string& plain) {
    if (!given) return;
    const bool is_allowed = plain == "allow";
    findings.push_back(bad(what, *given +
                                     (is_allowed ? std::string(" It is done all the same, as ")
                                                 : std::string(" Nothing is sent, unless ")) +
                                     what + ".plain = allow" + (is_allowed ? " says." : ".")));
  };
  judge("upstream", syncing::given_away(settings.upstream), settings.upstream.plain);
  judge("mail", syncing::given_away(settings.mail), settings.mail.plain);
  return findings;
}

}  // namespace pos::cli
