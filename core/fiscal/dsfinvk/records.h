// What an export is made of: one closing of a till with its master data, and its receipts
// one after the other. Plain values; whoever reads the store fills them.
//
// Money is in minor units of the till's currency, gross, and signed: what is given back is
// below zero. Empty texts and missing values are left empty in the export.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/fiscal/dsfinvk/words.h"
#include "core/fiscal/process_data.h"

namespace core::dsfinvk {

struct PostalAddress {
  std::string name, street, postcode, city;
  std::string country = "DEU";  // ISO 3166 alpha-3
};

struct TaxRateOfDay {
  int key = 0;
  Rate rate;
  std::string name;
};

struct SecurityDevice {
  int id = 0;          // within this closing
  std::string serial;  // 64 hex digits
  std::string algorithm, time_format;
  std::string encoding = "UTF-8";
  std::string public_key;   // raw bytes
  std::string certificate;  // DER
};

struct Agency {
  int id = 0;  // 0 is the shop itself, and not listed
  PostalAddress address;
  std::string tax_number, vat_id;
};

struct Terminal {
  std::string id, brand, model, serial, software, software_version;
};

// One closing with the master data that it was made under.
struct Closing {
  std::string till;  // its serial: clientId of the device, KASSE_SERIENNR
  Instant created{};
  std::int64_t number = 0;
  std::string booking_day;  // ISO date, where it is not that of `created`
  std::string time_zone = "Europe/Berlin";

  PostalAddress business;
  std::string tax_number, vat_id;  // at least one
  PostalAddress site;
  std::string site_vat_id;

  std::string brand, model, software, software_version;
  Currency currency = eur;
  bool without_tax = false;  // KEINE_UST_ZUORDNUNG
  std::vector<Terminal> terminals;
  std::vector<Agency> agencies;
  std::vector<SecurityDevice> devices;
  std::vector<TaxRateOfDay> rates;  // every key that occurs
};

// A gross amount of one key. The writer works out net and tax to five decimals.
struct LineTax {
  int key = 0;
  Rate rate;
  Money gross;
};

struct PricePart {
  AmountKind kind = AmountKind::base_amount;
  LineTax amount;
};

// What is inside an article: a menu, a bundle.
struct SubItem {
  std::string number, gtin, name, group_id, group;
  Quantity quantity;
  std::string unit;
  LineTax price;
};

struct Line {
  std::string number;  // POS_ZEILE
  std::string text;
  BusinessCase what = BusinessCase::goods;
  std::string case_name;
  std::string voucher;
  // It was voided before the receipt was: it is written, and its reverse below it.
  bool is_void = false;
  std::optional<bool> eaten_here;
  int agency = 0;
  std::string article, gtin, group_id, group, unit;
  std::optional<Quantity> quantity;  // of an article, with its price
  Money unit_price;                  // gross, of one unit
  std::vector<LineTax> taxes;        // their sum is the line's amount, discounts taken off
  std::vector<PricePart> price;      // how it came about, where it was changed
  std::vector<SubItem> inside;
};

// As printed.
struct TaxSum {
  int key = 0;
  Money gross, net, tax;
};

struct Payment {
  PaymentKind kind = PaymentKind::cash;
  std::string name;
  Money amount;                  // in the till's currency
  std::optional<Money> foreign;  // what was given, where it was another currency
};

struct Reference {
  ReferenceKind kind = ReferenceKind::receipt;
  std::string line;  // empty: of the whole receipt
  std::string name;  // of `other`
  std::optional<Instant> closing_created;
  std::string till;
  std::optional<std::int64_t> closing_number;
  std::string receipt;  // BON_ID, or the number of what is outside
};

// What the device made of it, or why it made nothing.
struct Signing {
  int device = 0;  // SecurityDevice::id
  fiscal::ProcessData process;
  std::int64_t transaction = 0, counter = 0;
  Instant started{}, finished{};  // the device's times
  std::string signature;          // raw; empty: it was not signed
  std::string fault;              // German, where it was not
};

struct Customer {
  std::string name, number, kind;
  PostalAddress address{.name = {}, .street = {}, .postcode = {}, .city = {}, .country = {}};
  std::string vat_id;
};

struct ReceiptRecord {
  std::string id;  // BON_ID: unique for ever
  std::int64_t number = 0;
  fiscal::EventKind kind = fiscal::EventKind::receipt;
  std::string kind_name;  // needed of EventKind::other
  std::string terminal;
  bool is_void = false;  // it takes back a whole receipt, which it refers to
  Instant started{}, finished{};
  std::string cashier, cashier_name;
  Money gross;  // as printed
  Customer customer;
  std::string note;
  std::string group;  // ABRECHNUNGSKREIS, as a table
  std::vector<Line> lines;
  std::vector<TaxSum> taxes;
  std::vector<Payment> payments;
  std::vector<Reference> references;
  std::optional<Signing> signing;
};

}  // namespace core::dsfinvk
