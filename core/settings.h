// Everything a shop can set, with defaults that make a demo shop of it. Kept in
// the store as text by key ("shop.name"); `tresen.toml` in the data folder uses
// the same keys and wins over the store. Secrets are not here: they live in a
// file of their own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/money.h"
#include "core/base/result.h"
#include "core/tax.h"

namespace core {

struct ShopSettings {
  std::string name = "Feinkost Lindner";
  std::string street = "Lindenallee 12";
  std::string city = "50668 Köln";
  std::string phone = "0221 555 01 20";
  std::string tax_number = "DE 123 456 789";
  std::string website = "feinkost-lindner.example";
  std::string footer = "Vielen Dank für Ihren Einkauf!";
  Currency currency = eur;
  std::string time_zone = "Europe/Berlin";
  std::string language = "de";  // of receipts and mails
  friend bool operator==(const ShopSettings&, const ShopSettings&) = default;
};

struct MoneySettings {
  TaxMode tax_mode = TaxMode::included;
  std::vector<TaxRate> rates = german_rates();
  std::int64_t cash_step = 0;  // minor units: 5 in Switzerland, 100 in Sweden; 0: none
  friend bool operator==(const MoneySettings&, const MoneySettings&) = default;
};

struct TillSettings {
  std::string id = "T1";
  std::string language = "de";       // of the screens, where a cashier has none
  std::string appearance = "light";  // or "dark"
  std::int64_t text_percent = 100;   // 100, 125 or 150
  std::string receipts = "always";   // printed: "always" or "never"; asked for at Done
  std::int64_t lock_after_minutes = 10;
  friend bool operator==(const TillSettings&, const TillSettings&) = default;
};

struct PrinterSettings {
  std::string kind = "simulated";  // simulated, tcp, usb, serial, file, none
  std::string address;             // "192.168.0.9:9100", "/dev/usb/lp0", "/dev/ttyS0", a file
  std::string profile = "generic-80";
  std::int64_t baud = 19'200;
  friend bool operator==(const PrinterSettings&, const PrinterSettings&) = default;
};

struct TerminalSettings {
  std::string kind = "simulated";  // simulated, none
  friend bool operator==(const TerminalSettings&, const TerminalSettings&) = default;
};

struct ScannerSettings {
  std::int64_t longest_gap_ms = 35;  // between two keys of one scan
  std::int64_t shortest_code = 4;
  friend bool operator==(const ScannerSettings&, const ScannerSettings&) = default;
};

struct MailSettings {
  std::string kind = "folder";  // folder (mail/*.eml), smtp, none
  std::string from = "kasse@feinkost-lindner.example";
  std::string host;
  std::int64_t port = 587;
  std::string security = "starttls";  // starttls, tls, none
  std::string user;
  std::string authority;  // a file with the certificate authority to trust; empty: the system's
  friend bool operator==(const MailSettings&, const MailSettings&) = default;
};

struct UpstreamSettings {
  std::string kind = "folder";  // folder (upstream/outbox, upstream/inbox), none
  friend bool operator==(const UpstreamSettings&, const UpstreamSettings&) = default;
};

struct Settings {
  ShopSettings shop;
  MoneySettings money;
  TillSettings till;
  PrinterSettings printer;
  TerminalSettings terminal;
  ScannerSettings scanner;
  MailSettings mail;
  UpstreamSettings upstream;
  friend bool operator==(const Settings&, const Settings&) = default;
};

struct SettingEntry {
  std::string key;
  std::string value;
};

// Every key with its value, in a fixed order.
std::vector<SettingEntry> entries(const Settings& settings);

// The value of "tax.rates": "standard=1900;standard=1600@2020-07-01..2020-12-31|name".
std::string rates_text(const std::vector<TaxRate>& rates);

// Sets one key. The error is a sentence that names the key and what it may be.
Result<Done, std::string> apply(Settings& settings, std::string_view key, std::string_view value);

}  // namespace core
