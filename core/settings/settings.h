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
#include "core/catalogue/barcode.h"
#include "core/catalogue/deposit_slip.h"
#include "core/tax/tax.h"

namespace core {

struct ShopSettings {
  std::string name = "Feinkost Lindner";
  std::string street = "Lindenallee 12";
  std::string city = "50668 Köln";
  // DE, AT, CH: its rates and keys, and what must be signed; empty: nobody has said. It stays
  // once a receipt was signed.
  std::string country = {};
  std::string postcode = {};  // before the city; empty: it stands in `city`
  std::string vat_id = {};    // beside the tax number
  std::string site = {};      // which of the shop's places; empty: there is one
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
  std::int64_t text_percent = 100;   // 100, 125 or 150, where a cashier has none
  std::string hand = "right";        // or "left": where cart and keys lie
  std::string rotation = "0";        // 90, 180, 270: degrees that the screen is turned, clockwise
  std::string touch;                 // sets touches right: pos/ui/panel.h; empty: they are right
  std::string logo = {};             // of the shop: a picture in the data folder; empty: its letter
  std::string receipts = "always";   // printed: "always" or "never"; asked for at Done
  std::int64_t lock_after_minutes = 10;
  std::string arrival_sound = "on";  // when an online order arrives: "on" or "off"
  friend bool operator==(const TillSettings&, const TillSettings&) = default;
};

struct PrinterSettings {
  std::string kind = "simulated";  // simulated, tcp, usb, serial, file, none
  std::string address = {};        // "192.168.0.9:9100", "/dev/usb/lp0", "/dev/ttyS0", a file
  std::string profile = "generic-80";
  std::int64_t baud = 19'200;
  std::string flow = "hardware";    // of a serial line: hardware, software, none
  std::string code_table = {};      // "cp858@19" of the set-up slip; empty: the profile's
  std::string drawer_pin = "auto";  // auto (the profile's), 2, 5
  std::int64_t pulse_ms = 0;        // of the drawer; 0: the profile's
  friend bool operator==(const PrinterSettings&, const PrinterSettings&) = default;
};

struct TerminalSettings {
  std::string kind = "simulated";  // simulated, zvt, nexo, none
  std::string address;             // "192.168.0.20:20007", or "/dev/ttyUSB0" for a serial one
  std::int64_t baud = 9600;
  std::string id;                       // the TID or POIID that must answer; empty: whichever does
  std::string sale_id = "TRESEN";       // nexo: what the till calls itself
  std::string key_id;                   // nexo: name of the shared key; its passphrase is a secret
  std::int64_t key_version = 1;         // nexo
  std::string authority;                // nexo: a file with the one authority to trust
  std::string charset = "cp437";        // zvt: cp437, latin1, zvt7, utf8
  std::string receipts = "till";        // who prints the card slips: till, terminal
  std::int64_t answer_seconds = 5;      // zvt T3: from a command to its answer
  std::int64_t patience_seconds = 180;  // zvt T4: from there to the end, without news
  // with_shift: its own day is closed with the shift, where it can; by_hand
  std::string end_of_day = "with_shift";
  friend bool operator==(const TerminalSettings&, const TerminalSettings&) = default;
};

// What the customer looks at: two lines of characters, and a second screen.
struct DisplaySettings {
  std::string kind = "none";  // none, epson, cd5220
  std::string address;        // "/dev/ttyUSB1"
  std::int64_t baud = 9600;
  std::string window = "off";  // on: a window on the second screen
  friend bool operator==(const DisplaySettings&, const DisplaySettings&) = default;
};

struct ScaleSettings {
  std::string kind = "none";  // none, simulated, toledo8217
  std::string address;        // "/dev/ttyUSB0"
  std::int64_t baud = 9600;
  friend bool operator==(const ScaleSettings&, const ScaleSettings&) = default;
};

struct ScannerSettings {
  std::string kind = "keyboard";     // keyboard, evdev, hidraw, serial
  std::string address;               // "/dev/input/event5", "/dev/hidraw0", "/dev/ttyACM0"
  std::int64_t longest_gap_ms = 35;  // between two keys of one scan
  std::int64_t shortest_code = 4;
  std::vector<EmbeddedRule> labels = german_embedded_rules();  // of the shop's scale
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
  std::string plain = "refuse";  // allow: without TLS although it leaves this machine
  friend bool operator==(const MailSettings&, const MailSettings&) = default;
};

struct UpstreamSettings {
  std::string kind = "folder";  // folder (upstream/outbox, upstream/inbox), medusa, shopify, none
  std::string address;          // "https://shop.example", "name.myshopify.com"
  std::string channel;          // Medusa: the sales channel of the tills; empty: the only one
  std::string location;  // where stock is counted and goods are handed over; empty: the only one
  std::string region;    // Medusa: the region that orders are made in; empty: the first
  std::string misc_sku = "MISC";  // the platform's article that open items are told as
  std::string authority;  // a file with the certificate authority to trust; empty: the system's
  std::string proxy;      // "http://proxy:3128"; empty: the system's
  std::int64_t poll_seconds = 15;
  std::string plain = "refuse";  // allow: http:// although it leaves this machine
  friend bool operator==(const UpstreamSettings&, const UpstreamSettings&) = default;
};

// Who mails what: "till" (this one), "other" (another till), "platform" or
// "nobody". A mail is never sent by two.
struct MailRules {
  std::string receipt = "till";                         // of a sale here, to the customer
  std::string new_order = "till";                       // to the merchant
  std::string confirmation = "till";                    // to the customer
  std::string fulfilled = "till";                       // shipped, and downloads
  std::string ready = "till";                           // for pick-up
  std::string to = "inhaber@feinkost-lindner.example";  // the merchant; several with commas
  std::string z_report;            // who gets each Z report, as `to`; empty: nobody
  std::string fulfilment_service;  // told of every order that it is to ship; empty: there is none
  friend bool operator==(const MailRules&, const MailRules&) = default;
};

// What is done without being asked. Where the platform has the same rule on, ours stays off.
struct RuleSettings {
  std::string capture = "by_hand";  // at_order, when_fulfilled, by_hand
  std::string fulfil = "by_hand";   // everything, digital, by_hand
  std::string archive = "off";      // on: when fulfilled and paid
  std::string platform_capture = "off";
  std::string platform_fulfil = "off";
  std::string platform_archive = "off";
  std::int64_t authorization_days = 7;  // where the upstream does not say when one lapses
  friend bool operator==(const RuleSettings&, const RuleSettings&) = default;
};

struct ShiftSettings {
  std::string blind = "off";             // on: what is expected is shown once the drawer is counted
  std::int64_t difference_limit = 1000;  // minor units; above it a manager approves the closing
  friend bool operator==(const ShiftSettings&, const ShiftSettings&) = default;
};

// What becomes of vouchers that this till has sold.
struct VoucherSettings {
  // german_three_years: to the end of the third year after the one of the sale (BGB
  // sections 195 and 199); none: for ever
  std::string expiry = "german_three_years";
  std::string expired = "refuse";    // where one has: refuse, approval (of a manager), accept
  std::string unknown = "approval";  // paper ones, which no till knows: the same three
  std::string payout = "off";        // on: the rest may be paid out in cash
  friend bool operator==(const VoucherSettings&, const VoucherSettings&) = default;
};

// What comes back without a receipt, as nobody can say where it was bought.
struct ReturnSettings {
  std::string without_receipt = "approval";  // allowed, approval (of a manager), off
  std::int64_t limit = 10'000;               // minor units; of one return
  std::int64_t name_above = 2'000;           // and above this the customer has a name
  std::int64_t cash_limit = 1'000;           // up to this in cash; else a store credit
  friend bool operator==(const ReturnSettings&, const ReturnSettings&) = default;
};

struct DepositSettings {
  DepositRule slip = {};         // of the machine that takes bottles back
  std::string tax = "standard";  // the rate of what is in them
  std::int64_t limit = 2'500;    // minor units; above it a manager approves
  friend bool operator==(const DepositSettings&, const DepositSettings&) = default;
};

struct ReportSettings {
  std::int64_t day_start = 0;  // the hour at which a day of the reports begins, 0 to 12
  friend bool operator==(const ReportSettings&, const ReportSettings&) = default;
};

struct ReceiptSettings {
  // Minor units: above this an invoice names the customer (section 33 of the German
  // UStDV), so that an address is asked for. 0: never.
  std::int64_t invoice_above = 25'000;
  std::string tips = "staff";  // whose they are: staff (no turnover), house (taxed)
  // What is offered first when an order is left partly paid: goods_stay, goods_along
  std::string partly_paid = "goods_stay";
  friend bool operator==(const ReceiptSettings&, const ReceiptSettings&) = default;
};

// What the country (shop.country) asks of a till: with Germany, that a device signs.
struct FiscalSettings {
  std::string device = "none";      // none, software, epson, fiskaly
  std::string address;              // "192.168.0.30:8009"; of fiskaly its base, empty: the usual
  std::string device_id;            // epson: "local_TSE" where empty; fiskaly: the TSS's UUID
  std::string client_id;            // fiskaly: the UUID of this till there
  std::string authority;            // a file with the certificate to trust; epson: then it is TLS
  std::string code = "qr";          // on the slip: qr, text, both
  std::string archive = "nightly";  // into the data folder: nightly, by_hand
  std::string discard = "off";      // on: the device forgets what is archived and verified
  friend bool operator==(const FiscalSettings&, const FiscalSettings&) = default;
};

// How far the shop has come in making the till its own.
struct SetupSettings {
  // own: made by the first start, and nothing of the demo comes into it; demo: to look around
  // in, and marked so on every screen; any: nobody has said
  std::string shop = "any";
  std::string wizard = "off";  // doors, steps: where the first start goes on; off: it is over
  std::string done = {};       // steps that the shop does without: "printer,mail"
  friend bool operator==(const SetupSettings&, const SetupSettings&) = default;
};

struct BackupSettings {
  std::string folder;  // where a sealed backup goes after each closing; empty: nowhere
  friend bool operator==(const BackupSettings&, const BackupSettings&) = default;
};

struct Settings {
  ShopSettings shop;
  MoneySettings money;
  TillSettings till;
  PrinterSettings printer;
  PrinterSettings printer2{.kind = "none"};  // a second one, to fall back on
  TerminalSettings terminal;
  ScannerSettings scanner;
  DisplaySettings display;
  ScaleSettings scale;
  MailSettings mail;
  UpstreamSettings upstream;
  MailRules mails;
  RuleSettings rules;
  ShiftSettings shift;
  VoucherSettings vouchers;
  ReturnSettings returns;
  DepositSettings deposits;
  ReportSettings reports;
  ReceiptSettings receipts;
  FiscalSettings fiscal;
  SetupSettings setup;
  BackupSettings backup;
  friend bool operator==(const Settings&, const Settings&) = default;
};

// Whether the terminal of these settings has a day of its own, and it ends with the shift.
inline bool ends_day_with_shift(const TerminalSettings& terminal) {
  const bool has_day = terminal.kind == "zvt" || terminal.kind == "simulated";
  return has_day && terminal.end_of_day == "with_shift";
}

struct SettingEntry {
  std::string key;
  std::string value;
};

// The addresses of a list with commas between them.
std::vector<std::string> addresses_in(std::string_view list);

// Every key with its value, in a fixed order.
// What signs for this shop: nothing where its country does not ask for it.
FiscalSettings signing_settings(const Settings& settings);

std::vector<SettingEntry> entries(const Settings& settings);

// The value of "tax.rates": "standard=1900#1;standard=1600@2020-07-01..2020-12-31|name".
std::string rates_text(const std::vector<TaxRate>& rates);

// Sets one key. The error is a sentence that names the key and what it may be.
Result<Done, std::string> apply(Settings& settings, std::string_view key, std::string_view value);

}  // namespace core
