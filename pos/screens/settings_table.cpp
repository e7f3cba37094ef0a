#include "pos/screens/settings_table.h"

namespace pos {

namespace {

using enum SettingKind;

std::vector<SettingSpec> shop_specs() {
  return {
      {Section::shop, "shop.name", "Name", "Printed on every receipt", text, 0, 0, {}, false},
      {Section::shop, "shop.street", "Street"},
      {Section::shop, "shop.city", "Postcode and town"},
      {Section::shop, "shop.phone", "Phone"},
      {Section::shop, "shop.tax_number", "Tax number", "Required on every receipt"},
      {Section::shop, "shop.website", "Website"},
      {Section::shop, "shop.footer", "Last line of the receipt"},
      {Section::shop,
       "shop.language",
       "Language of receipts",
       "Unless the customer has another",
       choice,
       0,
       0,
       {{"de", "German"}, {"en", "English"}}},
      {Section::shop,
       "shop.currency",
       "Currency",
       "Only while no cart is open",
       choice,
       0,
       0,
       {{"EUR", "Euro"}, {"CHF", "Swiss franc"}, {"GBP", "Pound sterling"}, {"USD", "US dollar"}}},
      {Section::shop, "shop.time_zone", "Time zone", "As in Europe/Berlin", text, 0, 0, {}, false},
      {Section::tax,
       "tax.mode",
       "Prices",
       "Only while no cart is open",
       choice,
       0,
       0,
       {{"included", "Include the tax"}, {"added", "Tax is added"}}},
      {Section::tax,
       "tax.cash_step",
       "Smallest coin in cash",
       "What is paid in cash is rounded to it",
       choice,
       0,
       0,
       {{"0", "No rounding"}, {"5", "0.05"}, {"10", "0.10"}, {"100", "1.00"}}},
  };
}

std::vector<SettingSpec> till_specs() {
  return {
      {Section::till,
       "till.id",
       "Name of this till",
       "Begins the numbers of its receipts",
       text,
       0,
       0,
       {},
       false},
      {Section::till,
       "till.language",
       "Language",
       "Where a cashier has no other",
       choice,
       0,
       0,
       {{"de", "German"}, {"en", "English"}}},
      {Section::till,
       "till.appearance",
       "Appearance",
       "",
       choice,
       0,
       0,
       {{"light", "Light"}, {"dark", "Dark"}}},
      {Section::till,
       "till.text_percent",
       "Text size",
       "",
       choice,
       0,
       0,
       {{"100", "100 %"}, {"125", "125 %"}, {"150", "150 %"}}},
      {Section::till,
       "till.receipts",
       "Print receipts",
       "By hand it is always possible",
       choice,
       0,
       0,
       {{"always", "Always"}, {"never", "Never"}}},
      {Section::till, "till.lock_after_minutes", "Lock after minutes", "0: never", number, 0, 1440},
      {Section::mail,
       "mail.kind",
       "Receipts by e-mail",
       "Files: for trying it out",
       choice,
       0,
       0,
       {{"smtp", "Mail server"}, {"folder", "Into files"}, {"none", "Off"}}},
      {Section::mail, "mail.from", "Sender", "What the customer's answer goes to", email},
      {Section::mail, "mail.host", "Mail server", "As in smtp.example.com"},
      {Section::mail, "mail.port", "Port", "587 with STARTTLS, 465 with TLS", number, 1, 65'535},
      {Section::mail,
       "mail.security",
       "Security",
       "",
       choice,
       0,
       0,
       {{"starttls", "STARTTLS"}, {"tls", "TLS"}, {"none", "None"}}},
      {Section::mail, "mail.user", "User", "Often the sender's address", email},
      {Section::upstream,
       "upstream.kind",
       "Orders are sent to",
       "And come from there, too",
       choice,
       0,
       0,
       {{"folder", "A folder"}, {"none", "Nowhere"}}},
  };
}

std::vector<SettingSpec> device_specs() {
  return {
      {Section::printer,
       "printer.kind",
       "Connection",
       "",
       choice,
       0,
       0,
       {{"tcp", "Network"},
        {"usb", "USB"},
        {"serial", "Serial"},
        {"file", "Into a file"},
        {"simulated", "Simulated"},
        {"none", "None"}}},
      {Section::printer, "printer.address", "Address",
       "192.168.0.9:9100, /dev/usb/lp0 or /dev/ttyS0"},
      {Section::printer, "printer.profile", "Model", "Paper width, character set, cutter", choice},
      {Section::printer,
       "printer.baud",
       "Baud rate",
       "Of a serial printer",
       choice,
       0,
       0,
       {{"9600", "9600"}, {"19200", "19200"}, {"38400", "38400"}, {"115200", "115200"}}},
      {Section::terminal,
       "terminal.kind",
       "Card terminal",
       "Simulated: you are the card",
       choice,
       0,
       0,
       {{"simulated", "Simulated"}, {"none", "None"}}},
      {Section::scanner, "scanner.longest_gap_ms", "Longest gap between two keys",
       "In milliseconds; more for a slow radio scanner", number, 5, 500},
      {Section::scanner, "scanner.shortest_code", "Shortest code",
       "Fewer characters are taken as typed", number, 2, 20},
  };
}

}  // namespace

const std::vector<SettingSpec>& setting_specs() {
  static const std::vector<SettingSpec> all = [] {
    std::vector<SettingSpec> specs = shop_specs();
    for (const auto& more : {till_specs(), device_specs()}) {
      specs.insert(specs.end(), more.begin(), more.end());
    }
    return specs;
  }();
  return all;
}

}  // namespace pos
