#include "core/settings/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <initializer_list>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/tax/country.h"

namespace core {

namespace {

using Outcome = Result<Done, std::string>;

struct Field {
  std::string_view key;
  std::function<std::string(const Settings&)> read;
  std::function<Outcome(Settings&, std::string_view)> write;
};

// A reference to one text of Settings, whether the Settings are constant or not.
template <class Pick>
Field text(std::string_view key, Pick pick) {
  return {key, [pick](const Settings& s) { return pick(const_cast<Settings&>(s)); },
          [pick](Settings& s, std::string_view value) -> Outcome {
            pick(s) = value;
            return Done{};
          }};
}

template <class Pick>
Field one_of(std::string_view key, Pick pick, const std::vector<std::string>& words) {
  return {key, [pick](const Settings& s) { return pick(const_cast<Settings&>(s)); },
          [pick, words, key](Settings& s, std::string_view value) -> Outcome {
            if (std::find(words.begin(), words.end(), value) == words.end()) {
              return tl::unexpected(fmt::format("{} is \"{}\", but may be one of: {}", key, value,
                                                fmt::join(words, ", ")));
            }
            pick(s) = value;
            return Done{};
          }};
}

template <class Pick>
Field number(std::string_view key, Pick pick, std::int64_t least, std::int64_t most) {
  return {key, [pick](const Settings& s) { return std::to_string(pick(const_cast<Settings&>(s))); },
          [pick, least, most, key](Settings& s, std::string_view value) -> Outcome {
            std::int64_t parsed = 0;
            const auto* end = value.data() + value.size();
            const auto [rest, fault] = std::from_chars(value.data(), end, parsed);
            if (fault != std::errc{} || rest != end || parsed < least || parsed > most) {
              return tl::unexpected(fmt::format("{} is \"{}\", but must be a number from {} to {}",
                                                key, value, least, most));
            }
            pick(s) = parsed;
            return Done{};
          }};
}

// "cp858@19": a code page and the number that the printer has it under.
template <class Pick>
Field code_table(std::string_view key, Pick pick) {
  return {key, [pick](const Settings& s) { return pick(const_cast<Settings&>(s)); },
          [pick, key](Settings& s, std::string_view value) -> Outcome {
            static constexpr std::array<std::string_view, 5> pages{"cp437", "cp850", "cp858",
                                                                   "cp1252", "iso8859-15"};
            const auto at = value.find('@');
            const std::string_view digits = at == value.npos ? "" : value.substr(at + 1);
            int number = -1;
            const auto* end = digits.data() + digits.size();
            const auto [rest, fault] = std::from_chars(digits.data(), end, number);
            const bool is_sound = std::ranges::find(pages, value.substr(0, at)) != pages.end() &&
                                  fault == std::errc{} && rest == end && number >= 0 &&
                                  number <= 255;
            if (!value.empty() && !is_sound) {
              return tl::unexpected(
                  fmt::format("{} is \"{}\", but must be one of {} with the number of the set-up "
                              "slip, as in cp858@19, or empty",
                              key, value, fmt::join(pages, ", ")));
            }
            pick(s) = value;
            return Done{};
          }};
}

// Cuts what follows `mark` off `item`, and returns it; empty: there is no mark.
std::string_view cut_off(std::string_view& item, std::string_view mark) {
  const auto at = item.find(mark);
  if (at == item.npos) return {};
  const std::string_view rest = item.substr(at + mark.size());
  item = item.substr(0, at);
  return rest;
}

// "1900", "887.5": basis points up to 100 %.
std::optional<Rate> rate_in(std::string_view text) {
  constexpr std::string_view figures = "0123456789";
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = point == text.npos ? "" : text.substr(point + 1);
  const bool is_number = !whole.empty() && whole.size() <= 5 && part.size() <= 3 &&
                         whole.find_first_not_of(figures) == whole.npos &&
                         part.find_first_not_of(figures) == part.npos &&
                         (point == text.npos || !part.empty());
  if (!is_number) return {};
  const Rate rate = taxed_from(text).rate;
  return rate > Rate{10'000} ? std::nullopt : std::optional(rate);
}

// "standard=1900#1;reduced=700#2;standard=1600@2020-07-01..2020-12-31|Regelsatz":
// code, basis points, key, first day, last day, name.
Outcome read_rates(std::string_view text, Country country, std::vector<TaxRate>& rates) {
  std::vector<TaxRate> read;
  while (!text.empty()) {
    const auto end = std::min(text.find(';'), text.size());
    std::string_view item = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view name = cut_off(item, "|");
    std::string_view days = cut_off(item, "@");
    const std::string_view until = cut_off(days, "..");
    const auto equals = item.find('=');
    if (equals == item.npos || equals == 0) {
      return tl::unexpected(fmt::format("tax.rates: \"{}\" is not code=basis points", item));
    }
    std::string_view digits = item.substr(equals + 1);
    const std::string_view key = cut_off(digits, "#");
    const auto percent = rate_in(digits);
    if (!percent) {
      return tl::unexpected(
          fmt::format("tax.rates: \"{}\" is not a rate from 0 to 10000 basis points", digits));
    }
    TaxRate rate{std::string(item.substr(0, equals)),
                 *percent,
                 std::string(days),
                 std::string(until),
                 std::string(name),
                 {}};
    if (!key.empty()) {
      const auto [rest, fault] =
          std::from_chars(key.data(), key.data() + key.size(), rate.key.number);
      const bool is_number = fault == std::errc{} && rest == key.data() + key.size();
      if (!is_number || !is_tax_key(country, rate.key)) {
        return tl::unexpected(fmt::format(
            "tax.rates: {} has the key \"{}\", which is none of the country's", rate.code, key));
      }
    }
    for (const std::string_view day : {days, until}) {
      if (!day.empty() && !is_iso_date(day)) {
        return tl::unexpected(fmt::format("tax.rates: \"{}\" is no date as in 2026-01-31", day));
      }
    }
    if (!until.empty() && until < days) {
      return tl::unexpected(fmt::format("tax.rates: {} ends before it begins", rate.code));
    }
    read.push_back(std::move(rate));
  }
  if (read.empty()) return tl::unexpected(std::string("tax.rates needs at least one rate"));
  rates = std::move(read);
  return Done{};
}

#define TRESEN_PICK(path)     \
  [](Settings & s) -> auto& { \
    return s.path;            \
  }

// One e-mail address, or none yet: mail without a sender goes nowhere.
template <class Pick>
Field address(std::string_view key, Pick pick) {
  return {key, [pick](const Settings& s) { return pick(const_cast<Settings&>(s)); },
          [pick, key](Settings& s, std::string_view value) -> Outcome {
            if (!value.empty() && !is_email(value)) {
              return tl::unexpected(fmt::format("{}: \"{}\" is not an e-mail address", key, value));
            }
            pick(s) = value;
            return Done{};
          }};
}

// E-mail addresses with commas between them; none is allowed.
template <class Pick>
Field addresses(std::string_view key, Pick pick) {
  return {
      key, [pick](const Settings& s) { return pick(const_cast<Settings&>(s)); },
      [pick, key](Settings& s, std::string_view value) -> Outcome {
        for (const std::string& address : addresses_in(value)) {
          if (is_email(address)) continue;
          return tl::unexpected(fmt::format("{}: \"{}\" is not an e-mail address", key, address));
        }
        pick(s) = value;
        return Done{};
      }};
}

const std::vector<Field>& fields() {
  static const std::vector<std::string> senders{"till", "other", "platform", "nobody"};
  static const std::vector<Field> all{
      text("shop.name", TRESEN_PICK(shop.name)),
      text("shop.street", TRESEN_PICK(shop.street)),
      text("shop.city", TRESEN_PICK(shop.city)),
      {"shop.country", [](const Settings& s) { return s.shop.country; },
       [](Settings& s, std::string_view value) -> Outcome {
         if (!value.empty() && country_from(value) == Country::none) {
           return tl::unexpected(fmt::format(
               "shop.country is \"{}\", but may be one of: DE, AT, CH, or empty", value));
         }
         // Rates that are nobody's own change with it.
         if (s.money.rates == ready_rates(country_from(s.shop.country))) {
           s.money.rates = ready_rates(country_from(value));
         }
         s.shop.country = value;
         return Done{};
       }},
      text("shop.postcode", TRESEN_PICK(shop.postcode)),
      text("shop.site", TRESEN_PICK(shop.site)),
      text("shop.vat_id", TRESEN_PICK(shop.vat_id)),
      text("shop.phone", TRESEN_PICK(shop.phone)),
      text("shop.tax_number", TRESEN_PICK(shop.tax_number)),
      text("shop.website", TRESEN_PICK(shop.website)),
      text("shop.footer", TRESEN_PICK(shop.footer)),
      text("shop.logo", TRESEN_PICK(till.logo)),
      {"shop.currency", [](const Settings& s) { return std::string(s.shop.currency.text()); },
       [](Settings& s, std::string_view value) -> Outcome {
         const Currency currency = currency_from(value);
         if (currency == Currency{}) {
           return tl::unexpected(
               fmt::format("shop.currency is \"{}\", but must be three capitals as in EUR", value));
         }
         s.shop.currency = currency;
         return Done{};
       }},
      {"shop.time_zone", [](const Settings& s) { return s.shop.time_zone; },
       [](Settings& s, std::string_view value) -> Outcome {
         if (!is_time_zone(value)) {
           return tl::unexpected(fmt::format(
               "shop.time_zone is \"{}\", but must be a time zone as in Europe/Berlin", value));
         }
         s.shop.time_zone = value;
         return Done{};
       }},
      one_of("shop.language", TRESEN_PICK(shop.language), {"de", "en"}),
      {"tax.mode",
       [](const Settings& s) {
         return std::string(s.money.tax_mode == TaxMode::included ? "included" : "added");
       },
       [](Settings& s, std::string_view value) -> Outcome {
         if (value != "included" && value != "added") {
           return tl::unexpected(
               fmt::format("tax.mode is \"{}\", but may be one of: included, added", value));
         }
         s.money.tax_mode = value == "included" ? TaxMode::included : TaxMode::added;
         return Done{};
       }},
      {"tax.rates", [](const Settings& s) { return rates_text(s.money.rates); },
       [](Settings& s, std::string_view value) {
         return read_rates(value, country_from(s.shop.country), s.money.rates);
       }},
      number("tax.cash_step", TRESEN_PICK(money.cash_step), 0, 1000),
      text("till.id", TRESEN_PICK(till.id)),
      one_of("till.language", TRESEN_PICK(till.language), {"de", "en"}),
      one_of("till.appearance", TRESEN_PICK(till.appearance), {"light", "dark"}),
      number("till.text_percent", TRESEN_PICK(till.text_percent), 100, 150),
      one_of("till.hand", TRESEN_PICK(till.hand), {"right", "left"}),
      one_of("till.rotation", TRESEN_PICK(till.rotation), {"0", "90", "180", "270"}),
      text("till.touch", TRESEN_PICK(till.touch)),
      one_of("till.receipts", TRESEN_PICK(till.receipts), {"always", "never"}),
      number("till.lock_after_minutes", TRESEN_PICK(till.lock_after_minutes), 0, 1440),
      one_of("till.arrival_sound", TRESEN_PICK(till.arrival_sound), {"on", "off"}),
      one_of("printer.kind", TRESEN_PICK(printer.kind),
             {"simulated", "tcp", "usb", "serial", "file", "none"}),
      text("printer.address", TRESEN_PICK(printer.address)),
      text("printer.profile", TRESEN_PICK(printer.profile)),
      number("printer.baud", TRESEN_PICK(printer.baud), 1200, 921'600),
      one_of("printer.flow", TRESEN_PICK(printer.flow), {"hardware", "software", "none"}),
      code_table("printer.code_table", TRESEN_PICK(printer.code_table)),
      one_of("printer.drawer_pin", TRESEN_PICK(printer.drawer_pin), {"auto", "2", "5"}),
      number("printer.pulse_ms", TRESEN_PICK(printer.pulse_ms), 0, 200),
      one_of("printer2.kind", TRESEN_PICK(printer2.kind),
             {"none", "simulated", "tcp", "usb", "serial", "file"}),
      text("printer2.address", TRESEN_PICK(printer2.address)),
      text("printer2.profile", TRESEN_PICK(printer2.profile)),
      number("printer2.baud", TRESEN_PICK(printer2.baud), 1200, 921'600),
      code_table("printer2.code_table", TRESEN_PICK(printer2.code_table)),
      one_of("terminal.kind", TRESEN_PICK(terminal.kind), {"simulated", "zvt", "nexo", "none"}),
      text("terminal.address", TRESEN_PICK(terminal.address)),
      number("terminal.baud", TRESEN_PICK(terminal.baud), 1200, 921'600),
      text("terminal.id", TRESEN_PICK(terminal.id)),
      text("terminal.sale_id", TRESEN_PICK(terminal.sale_id)),
      text("terminal.key_id", TRESEN_PICK(terminal.key_id)),
      number("terminal.key_version", TRESEN_PICK(terminal.key_version), 0, 999),
      text("terminal.authority", TRESEN_PICK(terminal.authority)),
      one_of("terminal.charset", TRESEN_PICK(terminal.charset),
             {"cp437", "latin1", "zvt7", "utf8"}),
      one_of("terminal.receipts", TRESEN_PICK(terminal.receipts), {"till", "terminal"}),
      number("terminal.answer_seconds", TRESEN_PICK(terminal.answer_seconds), 1, 60),
      one_of("terminal.end_of_day", TRESEN_PICK(terminal.end_of_day), {"with_shift", "by_hand"}),
      number("terminal.patience_seconds", TRESEN_PICK(terminal.patience_seconds), 10, 900),
      one_of("scanner.kind", TRESEN_PICK(scanner.kind), {"keyboard", "evdev", "hidraw", "serial"}),
      text("scanner.address", TRESEN_PICK(scanner.address)),
      one_of("display.kind", TRESEN_PICK(display.kind), {"none", "epson", "cd5220"}),
      text("display.address", TRESEN_PICK(display.address)),
      number("display.baud", TRESEN_PICK(display.baud), 1200, 115'200),
      one_of("display.window", TRESEN_PICK(display.window), {"off", "on"}),
      one_of("scale.kind", TRESEN_PICK(scale.kind), {"none", "simulated", "toledo8217"}),
      text("scale.address", TRESEN_PICK(scale.address)),
      number("scale.baud", TRESEN_PICK(scale.baud), 1200, 115'200),
      number("scanner.longest_gap_ms", TRESEN_PICK(scanner.longest_gap_ms), 5, 500),
      number("scanner.shortest_code", TRESEN_PICK(scanner.shortest_code), 2, 20),
      {"scanner.labels", [](const Settings& s) { return to_text(s.scanner.labels); },
       [](Settings& s, std::string_view value) -> Outcome {
         auto rules = embedded_rules_from(value);
         if (!rules) return tl::unexpected("scanner.labels: " + rules.error());
         s.scanner.labels = std::move(*rules);
         return Done{};
       }},
      one_of("mail.kind", TRESEN_PICK(mail.kind), {"folder", "smtp", "none"}),
      address("mail.from", TRESEN_PICK(mail.from)),
      text("mail.host", TRESEN_PICK(mail.host)),
      number("mail.port", TRESEN_PICK(mail.port), 1, 65'535),
      one_of("mail.security", TRESEN_PICK(mail.security), {"starttls", "tls", "none"}),
      text("mail.user", TRESEN_PICK(mail.user)),
      text("mail.authority", TRESEN_PICK(mail.authority)),
      one_of("mail.plain", TRESEN_PICK(mail.plain), {"refuse", "allow"}),
      one_of("upstream.kind", TRESEN_PICK(upstream.kind), {"folder", "medusa", "shopify", "none"}),
      text("upstream.address", TRESEN_PICK(upstream.address)),
      text("upstream.channel", TRESEN_PICK(upstream.channel)),
      text("upstream.location", TRESEN_PICK(upstream.location)),
      text("upstream.region", TRESEN_PICK(upstream.region)),
      text("upstream.misc_sku", TRESEN_PICK(upstream.misc_sku)),
      text("upstream.authority", TRESEN_PICK(upstream.authority)),
      text("upstream.proxy", TRESEN_PICK(upstream.proxy)),
      one_of("upstream.plain", TRESEN_PICK(upstream.plain), {"refuse", "allow"}),
      number("upstream.poll_seconds", TRESEN_PICK(upstream.poll_seconds), 1, 3600),
      one_of("mails.receipt", TRESEN_PICK(mails.receipt), senders),
      one_of("mails.new_order", TRESEN_PICK(mails.new_order), senders),
      one_of("mails.confirmation", TRESEN_PICK(mails.confirmation), senders),
      one_of("mails.fulfilled", TRESEN_PICK(mails.fulfilled), senders),
      one_of("mails.ready", TRESEN_PICK(mails.ready), senders),
      addresses("mails.to", TRESEN_PICK(mails.to)),
      addresses("mails.z_report", TRESEN_PICK(mails.z_report)),
      addresses("mails.fulfilment_service", TRESEN_PICK(mails.fulfilment_service)),
      one_of("rules.capture", TRESEN_PICK(rules.capture),
             {"at_order", "when_fulfilled", "by_hand"}),
      one_of("rules.fulfil", TRESEN_PICK(rules.fulfil), {"everything", "digital", "by_hand"}),
      one_of("rules.archive", TRESEN_PICK(rules.archive), {"on", "off"}),
      one_of("rules.platform_capture", TRESEN_PICK(rules.platform_capture), {"on", "off"}),
      one_of("rules.platform_fulfil", TRESEN_PICK(rules.platform_fulfil), {"on", "off"}),
      one_of("rules.platform_archive", TRESEN_PICK(rules.platform_archive), {"on", "off"}),
      number("rules.authorization_days", TRESEN_PICK(rules.authorization_days), 1, 365),
      one_of("shift.blind", TRESEN_PICK(shift.blind), {"on", "off"}),
      number("shift.difference_limit", TRESEN_PICK(shift.difference_limit), 0, largest_minor),
      one_of("vouchers.expiry", TRESEN_PICK(vouchers.expiry), {"german_three_years", "none"}),
      one_of("vouchers.expired", TRESEN_PICK(vouchers.expired), {"refuse", "approval", "accept"}),
      one_of("vouchers.unknown", TRESEN_PICK(vouchers.unknown), {"refuse", "approval", "accept"}),
      one_of("vouchers.payout", TRESEN_PICK(vouchers.payout), {"off", "on"}),
      one_of("returns.without_receipt", TRESEN_PICK(returns.without_receipt),
             {"allowed", "approval", "off"}),
      number("returns.limit", TRESEN_PICK(returns.limit), 0, largest_minor),
      number("returns.name_above", TRESEN_PICK(returns.name_above), 0, largest_minor),
      number("returns.cash_limit", TRESEN_PICK(returns.cash_limit), 0, largest_minor),
      {"deposits.slip", [](const Settings& s) { return to_text(s.deposits.slip); },
       [](Settings& s, std::string_view value) -> Outcome {
         auto rule = deposit_rule_from(value);
         if (!rule) return tl::unexpected("deposits.slip: " + rule.error());
         s.deposits.slip = std::move(*rule);
         return Done{};
       }},
      text("deposits.tax", TRESEN_PICK(deposits.tax)),
      number("deposits.limit", TRESEN_PICK(deposits.limit), 0, largest_minor),
      number("reports.day_start", TRESEN_PICK(reports.day_start), 0, 12),
      one_of("receipts.tips", TRESEN_PICK(receipts.tips), {"staff", "house"}),
      one_of("receipts.partly_paid", TRESEN_PICK(receipts.partly_paid),
             {"goods_stay", "goods_along"}),
      number("receipts.invoice_above", TRESEN_PICK(receipts.invoice_above), 0, largest_minor),
      one_of("fiscal.device", TRESEN_PICK(fiscal.device), {"none", "software", "epson", "fiskaly"}),
      text("fiscal.address", TRESEN_PICK(fiscal.address)),
      text("fiscal.device_id", TRESEN_PICK(fiscal.device_id)),
      text("fiscal.client_id", TRESEN_PICK(fiscal.client_id)),
      text("fiscal.authority", TRESEN_PICK(fiscal.authority)),
      one_of("fiscal.code", TRESEN_PICK(fiscal.code), {"qr", "text", "both"}),
      one_of("fiscal.archive", TRESEN_PICK(fiscal.archive), {"nightly", "by_hand"}),
      one_of("fiscal.discard", TRESEN_PICK(fiscal.discard), {"off", "on"}),
      one_of("setup.shop", TRESEN_PICK(setup.shop), {"any", "own", "demo"}),
      one_of("setup.wizard", TRESEN_PICK(setup.wizard), {"off", "doors", "steps"}),
      text("setup.done", TRESEN_PICK(setup.done)),
      text("backup.folder", TRESEN_PICK(backup.folder)),
  };
  return all;
}

#undef TRESEN_PICK

}  // namespace

std::vector<std::string> addresses_in(std::string_view list) {
  std::vector<std::string> all;
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    const std::string_view one = trim(list.substr(0, end));
    if (!one.empty()) all.emplace_back(one);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return all;
}

std::string rates_text(const std::vector<TaxRate>& rates) {
  std::string text;
  for (const TaxRate& rate : rates) {
    if (!text.empty()) text += ';';
    text += fmt::format("{}={}", rate.code, to_text(Taxed{rate.rate, rate.key}));
    if (!rate.valid_from.empty() || !rate.valid_until.empty()) text += "@" + rate.valid_from;
    if (!rate.valid_until.empty()) text += ".." + rate.valid_until;
    if (!rate.name.empty()) text += "|" + rate.name;
  }
  return text;
}

FiscalSettings signing_settings(const Settings& settings) {
  FiscalSettings fiscal = settings.fiscal;
  if (country_from(settings.shop.country) != Country::germany) fiscal.device = "none";
  return fiscal;
}

std::vector<SettingEntry> entries(const Settings& settings) {
  std::vector<SettingEntry> all;
  for (const Field& field : fields()) all.push_back({std::string(field.key), field.read(settings)});
  return all;
}

Outcome apply(Settings& settings, std::string_view key, std::string_view value) {
  for (const Field& field : fields()) {
    if (field.key == key) return field.write(settings, value);
  }
  return tl::unexpected(fmt::format("there is no setting \"{}\"", key));
}

}  // namespace core
