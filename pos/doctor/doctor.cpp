#include "pos/doctor/doctor.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "core/base/clock_doubt.h"
#include "core/fiscal/signing_warnings.h"
#include "core/store/aside_store.h"
#include "core/store/migrations.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"
#include "core/store/signing_store.h"
#include "core/store/till_store.h"
#include "core/tax/country.h"
#include "drivers/printer/escpos_printer.h"
#include "drivers/transport/address.h"
#include "pos/doctor/anchors.h"
#include "pos/layout/printer_words.h"
#include "pos/layout/signing_words.h"
#include "pos/ui/fonts.h"
#include "pos/ui/format.h"
#include "sync/base/plain.h"

namespace pos {

namespace {

constexpr std::uintmax_t mebibyte = 1024 * 1024;
constexpr std::uintmax_t scarce_space = 500 * mebibyte;
constexpr std::uintmax_t least_space = 50 * mebibyte;
// Of a smaller store every page is read in a moment.
constexpr std::uintmax_t large_store = 64 * mebibyte;

Finding ok(std::string what, std::string_view says) {
  return {std::move(what), Health::ok, std::string(says)};
}
Finding warn(std::string what, std::string_view says) {
  return {std::move(what), Health::warn, std::string(says)};
}
Finding bad(std::string what, std::string_view says) {
  return {std::move(what), Health::bad, std::string(says)};
}

void append(Findings& all, Findings more) {
  std::ranges::move(more, std::back_inserter(all));
}

// A folder that the till will write into; it makes what is missing itself.
Finding check_writable(std::string what, std::filesystem::path folder, const Words& words) {
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
  return bad(std::move(what),
             words.fill("{} cannot be written: check its owner and rights.", {folder.string()}));
}

std::string first_line(core::Query& query) {
  return query.next() ? query.text(0) : "";
}

std::string moment(core::Instant at, const core::Settings& settings, const Words& words) {
  const auto local = core::local_time(at, settings.shop.time_zone);
  return date_text(local, words.language()) + " " + time_text(local);
}

}  // namespace

std::string_view word(Health health) {
  static constexpr std::array<std::string_view, 3> words{"ok", "warn", "bad"};
  return words[static_cast<std::size_t>(health)];
}

Finding check_folder(const std::filesystem::path& data, const Words& words) {
  constexpr const char* what = "data folder";
  struct stat facts {};
  if (::stat(data.c_str(), &facts) != 0) {
    return bad(what, words.fill("{} is not there: start the till once, or name the right one with "
                                "--data DIR.",
                                {data.string()}));
  }
  if (!S_ISDIR(facts.st_mode)) return bad(what, words.fill("{} is no folder.", {data.string()}));
  if (facts.st_mode & 077) {
    return warn(what, words.fill("Others may look into {}: take that right from them (chmod 700).",
                                 {data.string()}));
  }
  return check_writable(what, data, words);
}

Finding check_space(const std::filesystem::path& data, const Words& words) {
  constexpr const char* what = "disk";
  std::error_code fault;
  const auto space = std::filesystem::space(data, fault);
  if (fault) return warn(what, words.fill("The free space is not known: {}", {fault.message()}));
  const std::string free = std::to_string(space.available / mebibyte);
  if (space.available < least_space) {
    return bad(what, words.fill("{} MiB are free: make room now.", {free}));
  }
  if (space.available < scarce_space) {
    return warn(what, words.fill("{} MiB are free: make room soon.", {free}));
  }
  return ok(what, words.fill("{} MiB are free.", {free}));
}

// Every page of a small store, or of a large one where somebody has the time.
Finding check_pages(core::Database& database, const std::filesystem::path& file, Extent extent,
                    const Words& words) {
  std::error_code unknown;
  if (extent == Extent::latest && std::filesystem::file_size(file, unknown) > large_store) {
    return ok("store", words("It can be read; tresen doctor --all looks at every page."));
  }
  auto check = database.query("PRAGMA quick_check(1)");
  const std::string said = first_line(check);
  if (said == "ok") return ok("store", words("Every page is in order."));
  return bad("store", words.fill("It is damaged: restore a backup ({}).", {said}));
}

Findings check_store(core::Database& database, const std::filesystem::path& file, Extent extent,
                     const Words& words) {
  auto version = database.query("PRAGMA user_version");
  const std::int64_t found = version.next() ? version.integer(0) : 0;
  const auto newest = static_cast<std::int64_t>(core::migrations().size());
  const std::string number = std::to_string(found);
  Finding schema = ok("schema", words.fill("Version {}.", {number}));
  if (found != newest) {
    schema = warn("schema", words.fill("Version {} of {}: the next start of the till brings it up.",
                                       {number, std::to_string(newest)}));
  }
  return {std::move(schema), check_pages(database, file, extent, words)};
}

Findings check_journal(const Verified& verified, bool has_anchors, const Words& words) {
  constexpr const char* what = "journal";
  if (const auto* broken = std::get_if<core::JournalBroken>(&verified.verdict)) {
    return {bad(what, words.fill("{}. Keep this store as it is and tell your auditor.",
                                 {std::string(words(broken->what))}))};
  }
  const auto& sound = std::get<core::JournalSound>(verified.verdict);
  const std::string entries = std::to_string(sound.entries);
  const std::string receipts = std::to_string(sound.receipts);
  Findings findings{
      ok(what, verified.is_whole()
                   ? words.fill("{} entries and {} receipts are sound.", {entries, receipts})
                   : words.fill("The latest {} entries and {} receipts are sound; tresen doctor "
                                "--all verifies every one.",
                                {entries, receipts}))};
  for (const core::JournalGap& gap : sound.gaps) {
    findings.push_back(warn(what, in_words(gap, words)));
  }
  if (!has_anchors && sound.entries > 0) {
    findings.push_back(warn(what, words("Nothing outside the store proves its end: the till's "
                                        "anchor is missing, the next start makes one.")));
  }
  return findings;
}

namespace {

// What came from outside and could not be taken, by name.
Finding check_aside(core::Database& database, const Words& words) {
  constexpr const char* what = "from outside";
  constexpr std::int64_t most_named = 3;
  const std::int64_t count = core::count_put_aside(database);
  if (count == 0) return ok(what, words("Everything could be taken."));
  std::string named;
  for (const core::AsideRow& row : core::put_aside(database, most_named)) {
    const std::string reason = row.what.reason.substr(0, row.what.reason.find('\n'));
    named += fmt::format("{}{} ({})", named.empty() ? "" : ", ", row.what.name, words(reason));
  }
  if (count > most_named) named += ", ...";
  return warn(what, words.fill("{} could not be taken: {}; see the page Sync, or tresen sync "
                               "refused.",
                               {std::to_string(count), named}));
}

}  // namespace

Finding check_time_zone(core::Database& database, const core::Settings& settings,
                        const Words& words) {
  constexpr const char* what = "time zone";
  if (!core::is_time_zone("Europe/Berlin")) {
    return bad(what, words("The time zones are not installed: install the package tzdata."));
  }
  const std::string stored = core::stored_setting(database, "shop.time_zone");
  if (!stored.empty() && !core::is_time_zone(stored)) {
    return warn(what, words.fill("“{}” is no time zone, so {} is used: set one, as in "
                                 "Europe/Berlin.",
                                 {stored, settings.shop.time_zone}));
  }
  return ok(what, settings.shop.time_zone);
}

// A rate of its own may be right, as one that a law has just changed: so it is told, not refused.
Finding check_rates(const core::Settings& settings, const Words& words) {
  constexpr const char* what = "tax rates";
  const core::Country country = core::country_from(settings.shop.country);
  if (country == core::Country::none) return ok(what, words("No country was chosen."));
  const std::vector<core::TaxRate> known = core::ready_rates(country);
  std::string others;
  for (const core::TaxRate& rate : settings.money.rates) {
    if (std::ranges::find(known, rate.rate, &core::TaxRate::rate) != known.end()) continue;
    others += fmt::format("{}{} ({} %)", others.empty() ? "" : ", ", rate.code,
                          core::to_plain(rate.rate));
  }
  if (others.empty()) return ok(what, words.fill("Those of {}.", {settings.shop.country}));
  return warn(what,
              words.fill("No rate of {}: {}. See Tax and money in the settings, and tax.rates "
                         "in tresen.toml.",
                         {settings.shop.country, others}));
}

Finding check_clock(core::Database& database, const core::Settings& settings, core::Instant now,
                    const Words& words) {
  constexpr const char* what = "clock";
  const std::string here = moment(now, settings, words);
  const auto doubt = core::clock_doubt(now, {.last_receipt = core::last_trusted_receipt(database),
                                             .platform_ahead = {},
                                             .terminal_ahead = {},
                                             .signing_device_ahead = {}});
  if (!doubt) return ok(what, here);
  const std::string there = moment(doubt->says, settings, words);
  const std::string says =
      doubt->witness == core::ClockWitness::program
          ? words.fill("The clock says {}. It cannot be before {}: please set it.", {here, there})
          : words.fill("The clock says {}, the last receipt is of {}. Is it right?", {here, there});
  return doubt->is_grave ? bad(what, says) : warn(what, says);
}

Findings check_queues(core::Database& database, const Words& words) {
  const core::OutboxCounts counts = core::outbox_counts(database);
  const std::string waiting = std::to_string(counts.waiting), done = std::to_string(counts.done);
  Findings findings;
  findings.push_back(
      counts.stuck == 0
          ? ok("outbox", words.fill("{} waiting, {} done.", {waiting, done}))
          : warn("outbox", words.fill("{} refused or unclear, {} waiting, {} done: see the page "
                                      "Sync, or tresen outbox.",
                                      {std::to_string(counts.stuck), waiting, done})));
  const std::int64_t cards = core::count_open_terminal_slips(database).count;
  const std::int64_t slips = core::count_open_prints(database).count;
  findings.push_back(
      slips == 0 ? ok("slips", words("All are printed."))
                 : warn("slips", words.fill("{} are not printed yet, {} of them of the card "
                                            "terminal: see the page Sync, or tresen print --jobs.",
                                            {std::to_string(slips), std::to_string(cards)})));
  findings.push_back(check_aside(database, words));
  return findings;
}

Finding check_fonts(const Words& words) {
  const auto fonts = ui::Fonts::open();
  return fonts ? ok("fonts", words("Letters and icons are there."))
               : bad("fonts", ui::to_text(fonts.error()));
}

Finding check_printer(const core::PrinterSettings& settings, const Words& words) {
  constexpr const char* what = "printer";
  if (settings.kind == "none") return ok(what, words("No printer is set up."));
  if (settings.kind == "simulated") return ok(what, words("Simulated, shown on the screen."));
  std::string address = settings.kind + ":" + settings.address;
  if (settings.kind == "serial") address += fmt::format(":{}", settings.baud);
  auto link = drivers::transport_at(address);
  if (!link) {
    return bad(what, words.fill("The address “{}” leads to no printer: see Receipt printer in the "
                                "settings.",
                                {settings.address}));
  }
  if (const auto fault = fault_of(settings)) return bad(what, words(*fault));
  drivers::EscposPrinter printer(std::move(*link), drivers::profile(settings.profile));
  const drivers::PrinterStatus status = printer.status();
  if (status.trouble) {
    return bad(what, fmt::format("{} {}: {}", settings.kind, settings.address,
                                 words(pos::in_words(*status.trouble, settings))));
  }
  if (status.paper_low) return warn(what, words("The paper is nearly out"));
  return ok(what, words(status.answered ? "It answers." : "It can be reached."));
}

Finding check_signing(core::Database& database, const core::Settings& settings,
                      const SigningSecrets& secrets, core::Instant now, const Words& words) {
  constexpr const char* what = "signing";
  const std::string& kind = settings.fiscal.device;
  if (core::country_from(settings.shop.country) != core::Country::germany) {
    return ok(what, words("No country is chosen that asks for it."));
  }
  if (kind == "none") {
    return bad(what, words("Germany asks for a security device (TSE), so nothing is sold: set one "
                           "up in Settings, Fiscal, or with tresen fiscal setup."));
  }
  const bool has_pins = kind != "epson" || !secrets.time_admin_pin.empty();
  const bool has_keys =
      kind != "fiskaly" || (!secrets.api_key.empty() && !secrets.api_secret.empty());
  if (!has_pins || !has_keys) {
    return bad(what, words.fill("secrets.toml has no {} below [signing]: set the device up in "
                                "Settings, Fiscal, or write it there.",
                                {has_pins ? "api_key, api_secret" : "time_admin_pin"}));
  }
  const auto device = core::signing_device(database);
  if (const auto outage = core::open_outage(database)) {
    return bad(what, words.fill("Out of order since {}: {} {} Put it right, then test it.",
                                {moment(outage->began, settings, words),
                                 std::string(words(outage->reason)), outage->detail}));
  }
  if (!device) {
    return bad(what, words("The security device was not seen yet: check where it is, then test "
                           "it."));
  }
  const auto warnings = core::signing_warnings(*device, now);
  if (warnings.empty()) return ok(what, fmt::format("{} {}", device->maker, device->serial));
  std::string says;
  bool is_grave = false;
  for (const core::SigningWarning& warning : warnings) {
    says += (says.empty() ? "" : " ") + in_words(warning, words);
    is_grave |= warning.is_grave;
  }
  return is_grave ? bad(what, says) : warn(what, says);
}

Findings check_outside(const std::filesystem::path& data, const core::Settings& settings,
                       const Words& words) {
  Findings findings;
  if (settings.upstream.kind == "folder") {
    findings.push_back(check_writable("upstream", data / "upstream", words));
  }
  if (settings.mail.kind == "folder") {
    findings.push_back(check_writable("mail", data / "mail", words));
  }
  if (settings.mail.kind == "smtp" && settings.mail.host.empty()) {
    findings.push_back(bad("mail", words("No mail server is named: see Mail server in the "
                                         "settings.")));
  }
  const auto judge = [&](const char* what, const std::optional<std::string>& given,
                         const std::string& plain) {
    if (!given) return;
    const bool is_allowed = plain == "allow";
    findings.push_back(
        bad(what, std::string(words(*given)) + " " +
                      (is_allowed ? words.fill("It is sent all the same, as {} says.",
                                               {std::string(what) + ".plain = allow"})
                                  : words.fill("Nothing is sent, unless {} says so.",
                                               {std::string(what) + ".plain = allow"}))));
  };
  judge("upstream", syncing::given_away(settings.upstream), settings.upstream.plain);
  judge("mail", syncing::given_away(settings.mail), settings.mail.plain);
  return findings;
}

core::Settings settings_of(core::Database& database, const Configuration& configuration) {
  core::Settings settings = core::load_settings(database);
  for (const auto& entry : configuration.entries) {
    [[maybe_unused]] const auto checked = core::apply(settings, entry.key, entry.value);
  }
  return settings;
}

Findings examine(core::Database& database, const std::filesystem::path& data, core::Instant now,
                 const Words& words, const Examination& how) {
  Findings all{check_folder(data, words), check_space(data, words)};
  const auto configuration = read_configuration(data);
  if (!configuration) {
    all.push_back(bad("settings", configuration.error()));
    return all;
  }
  all.push_back(ok("settings", words("tresen.toml and secrets.toml can be read.")));
  const core::Settings settings = settings_of(database, *configuration);
  const auto anchors = known_anchors(data, settings);
  append(all, check_store(database, data / "till.db", how.extent, words));
  append(all, check_journal(how.verify ? how.verify(anchors) : verify_latest(database, anchors),
                            !anchors.empty(), words));
  append(all, check_queues(database, words));
  all.push_back(check_time_zone(database, settings, words));
  all.push_back(check_rates(settings, words));
  all.push_back(check_clock(database, settings, now, words));
  all.push_back(check_signing(database, settings, configuration->secrets.signing, now, words));
  append(all, check_outside(data, settings, words));
  return all;
}

}  // namespace pos
