#include "core/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <initializer_list>

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

// Cuts what follows `mark` off `item`, and returns it; empty: there is no mark.
std::string_view cut_off(std::string_view& item, std::string_view mark) {
  const auto at = item.find(mark);
  if (at == item.npos) return {};
  const std::string_view rest = item.substr(at + mark.size());
  item = item.substr(0, at);
  return rest;
}

// "standard=1900;reduced=700;standard=1600@2020-07-01..2020-12-31|Regelsatz":
// code, basis points, first day, last day, name.
Outcome read_rates(std::string_view text, std::vector<TaxRate>& rates) {
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
    const std::string_view digits = item.substr(equals + 1);
    TaxRate rate{std::string(item.substr(0, equals)),
                 {},
                 std::string(days),
                 std::string(until),
                 std::string(name)};
    const auto* last = digits.data() + digits.size();
    const auto [rest, fault] = std::from_chars(digits.data(), last, rate.rate.basis_points);
    if (fault != std::errc{} || rest != last || rate.rate.basis_points < 0 ||
        rate.rate.basis_points > 10'000) {
      return tl::unexpected(
          fmt::format("tax.rates: \"{}\" is not a rate from 0 to 10000 basis points", digits));
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

const std::vector<Field>& fields() {
  static const std::vector<Field> all{
      text("shop.name", TRESEN_PICK(shop.name)),
      text("shop.street", TRESEN_PICK(shop.street)),
      text("shop.city", TRESEN_PICK(shop.city)),
      text("shop.phone", TRESEN_PICK(shop.phone)),
      text("shop.tax_number", TRESEN_PICK(shop.tax_number)),
      text("shop.website", TRESEN_PICK(shop.website)),
      text("shop.footer", TRESEN_PICK(shop.footer)),
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
      text("shop.time_zone", TRESEN_PICK(shop.time_zone)),
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
       [](Settings& s, std::string_view value) { return read_rates(value, s.money.rates); }},
      number("tax.cash_step", TRESEN_PICK(money.cash_step), 0, 1000),
      text("till.id", TRESEN_PICK(till.id)),
      one_of("till.language", TRESEN_PICK(till.language), {"de", "en"}),
      one_of("till.appearance", TRESEN_PICK(till.appearance), {"light", "dark"}),
      number("till.text_percent", TRESEN_PICK(till.text_percent), 100, 150),
      one_of("till.receipts", TRESEN_PICK(till.receipts), {"always", "never"}),
      number("till.lock_after_minutes", TRESEN_PICK(till.lock_after_minutes), 0, 1440),
      one_of("printer.kind", TRESEN_PICK(printer.kind),
             {"simulated", "tcp", "usb", "serial", "file", "none"}),
      text("printer.address", TRESEN_PICK(printer.address)),
      text("printer.profile", TRESEN_PICK(printer.profile)),
      number("printer.baud", TRESEN_PICK(printer.baud), 1200, 921'600),
      one_of("terminal.kind", TRESEN_PICK(terminal.kind), {"simulated", "none"}),
      number("scanner.longest_gap_ms", TRESEN_PICK(scanner.longest_gap_ms), 5, 500),
      number("scanner.shortest_code", TRESEN_PICK(scanner.shortest_code), 2, 20),
      one_of("mail.kind", TRESEN_PICK(mail.kind), {"folder", "smtp", "none"}),
      text("mail.from", TRESEN_PICK(mail.from)),
      text("mail.host", TRESEN_PICK(mail.host)),
      number("mail.port", TRESEN_PICK(mail.port), 1, 65'535),
      one_of("mail.security", TRESEN_PICK(mail.security), {"starttls", "tls", "none"}),
      text("mail.user", TRESEN_PICK(mail.user)),
      text("mail.authority", TRESEN_PICK(mail.authority)),
      one_of("upstream.kind", TRESEN_PICK(upstream.kind), {"folder", "none"}),
  };
  return all;
}

#undef TRESEN_PICK

}  // namespace

std::string rates_text(const std::vector<TaxRate>& rates) {
  std::string text;
  for (const TaxRate& rate : rates) {
    if (!text.empty()) text += ';';
    text += fmt::format("{}={}", rate.code, rate.rate.basis_points);
    if (!rate.valid_from.empty() || !rate.valid_until.empty()) text += "@" + rate.valid_from;
    if (!rate.valid_until.empty()) text += ".." + rate.valid_until;
    if (!rate.name.empty()) text += "|" + rate.name;
  }
  return text;
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
