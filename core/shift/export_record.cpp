#include "core/shift/export_record.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <utility>

#include "core/base/base64.h"
#include "core/base/text.h"
#include "core/fiscal/tax_keys.h"
#include "core/orders/case_lines.h"
#include "core/shift/cash_case.h"

namespace core {

namespace {

constexpr std::string_view test_note = "TEST: keine zertifizierte Sicherheitseinrichtung";

// What stands on a line that has no article.
std::string_view german_text(BusinessCase business_case) {
  switch (business_case) {
    case BusinessCase::goods:
      return "Ware";
    case BusinessCase::deposit:
      return "Pfand";
    case BusinessCase::deposit_back:
      return "Pfandrückgabe";
    case BusinessCase::discount:
      return "Rabatt";
    case BusinessCase::extra_charge:
      return "Versand";
    case BusinessCase::tip_staff:
    case BusinessCase::tip_house:
      return "Trinkgeld";
    case BusinessCase::voucher_sold:
    case BusinessCase::taxed_voucher_sold:
      return "Gutschein";
    case BusinessCase::voucher_redeemed:
    case BusinessCase::taxed_voucher_redeemed:
      return "Gutschein eingelöst";
    case BusinessCase::down_payment:
      return "Anzahlung";
    case BusinessCase::down_payment_released:
      return "Anzahlung verrechnet";
    case BusinessCase::receivable:
      return "Offene Forderung";
    case BusinessCase::receivable_released:
      return "Forderung beglichen";
    case BusinessCase::rounding:
      return "Rundung";
    case BusinessCase::opening_float:
      return "Anfangsbestand";
    case BusinessCase::money_transit:
      return "Geldtransit";
    case BusinessCase::paid_in:
      return "Einzahlung";
    case BusinessCase::paid_out:
      return "Auszahlung";
    case BusinessCase::wages:
      return "Lohnzahlung";
    case BusinessCase::owner_in:
      return "Privateinlage";
    case BusinessCase::owner_out:
      return "Privatentnahme";
    case BusinessCase::count_difference:
      return "Kassendifferenz";
  }
  return "Ware";
}

fiscal::EventKind event_kind(ReceiptKind kind) {
  switch (kind) {
    case ReceiptKind::training:
      return fiscal::EventKind::training;
    case ReceiptKind::aborted:
      return fiscal::EventKind::aborted;
    case ReceiptKind::x_report:
    case ReceiptKind::z_report:
      return fiscal::EventKind::other;
    default:
      return fiscal::EventKind::receipt;
  }
}

std::string_view kind_name(ReceiptKind kind) {
  if (kind == ReceiptKind::z_report) return "Kassenabschluss";
  return kind == ReceiptKind::x_report ? "Zwischenbericht" : "";
}

// --- lines ---

Money unit_price_of(const LineItem* item, Quantity quantity, Money gross) {
  if (item && price_of(item->unit_price, quantity) == gross) return item->unit_price;
  if (quantity.thousandths == 0) return gross;
  const std::int64_t size = std::abs(quantity.thousandths);
  const std::int64_t sign = quantity.thousandths < 0 ? -1 : 1;
  return {scale_rounded(sign * gross.minor, 1000, size), gross.currency};
}

void put_article(dsfinvk::Line& line, const LineItem& item) {
  line.article = item.sku;
  line.gtin = item.barcode;
  line.group = line.group_id = item.category;
  if (sells_voucher(item)) line.voucher = masked_number(item.voucher);
}

std::string_view unit_word(Unit unit) {
  return unit == Unit::piece ? "Stück" : "kg";
}

// A price that somebody has changed, with the one that the shelf says.
void put_changed_price(dsfinvk::Line& line, const LineItem& item, Money gross) {
  if (!item.regular_price || *item.regular_price == item.unit_price) return;
  const Money regular = price_of(*item.regular_price, *line.quantity);
  const int key = line.taxes[0].key;
  const Rate rate = line.taxes[0].rate;
  const auto kind =
      gross < regular ? dsfinvk::AmountKind::discount : dsfinvk::AmountKind::extra_amount;
  line.price = {{dsfinvk::AmountKind::base_amount, {key, rate, regular}},
                {kind, {key, rate, gross - regular}}};
}

bool is_article(BusinessCase business_case) {
  return business_case == BusinessCase::goods || business_case == BusinessCase::deposit ||
         business_case == BusinessCase::deposit_back ||
         business_case == BusinessCase::voucher_sold ||
         business_case == BusinessCase::taxed_voucher_sold;
}

dsfinvk::Line line_of(const CaseLine& from, const Order& order) {
  dsfinvk::Line line;
  line.text = from.text.empty() ? german_text(from.business_case) : from.text;
  line.what = export_case(from.business_case, from.gross);
  if (from.business_case == BusinessCase::rounding) line.case_name = "Rundung";
  line.taxes = {{export_key(from.taxed), from.taxed.rate, from.gross}};
  if (!is_article(from.business_case)) return line;
  const auto found = std::ranges::find(order.lines, from.line, &LineItem::id);
  const LineItem* item = from.line.is_nil() || found == order.lines.end() ? nullptr : &*found;
  line.quantity = from.quantity;
  line.unit_price = unit_price_of(item, from.quantity, from.gross);
  line.unit = unit_word(item ? item->unit : Unit::piece);
  if (!item) return line;
  put_article(line, *item);
  // Of what comes back nobody has changed the price again.
  if (from.quantity.thousandths > 0 && order.tax_mode == TaxMode::included) {
    put_changed_price(line, *item, from.gross);
  }
  return line;
}

dsfinvk::Line voided_line(const LineItem& item) {
  CaseLine goods;
  goods.business_case = case_of(item);
  goods.taxed = item.taxed();
  goods.text = item.title;
  goods.quantity = item.quantity;
  goods.gross = price_of(item.unit_price, item.quantity);
  dsfinvk::Line line = line_of(goods, Order{});
  line.unit = unit_word(item.unit);
  line.unit_price = item.unit_price;
  put_article(line, item);
  line.is_void = true;
  return line;
}

// As if it had been in earnest: what was practised and what was given up has lines, too.
Receipt in_earnest(const Receipt& receipt) {
  Receipt earnest = receipt;
  const bool has_returns = !receipt.order.returns.empty();
  if (gives_back(receipt)) {
    earnest.kind = ReceiptKind::refund;
  } else {
    earnest.kind = has_returns ? ReceiptKind::exchange : ReceiptKind::sale;
  }
  return earnest;
}

std::vector<CaseLine> cases_of(const Receipt& receipt, const RecordFacts& facts) {
  if (facts.movement) return {business_case_line(*facts.movement)};
  if (receipt.kind == ReceiptKind::training) return business_case_lines(in_earnest(receipt));
  if (receipt.kind != ReceiptKind::aborted) return business_case_lines(receipt);
  auto lines = business_case_lines(in_earnest(receipt));
  // Nothing was paid, which is no rounding.
  std::erase_if(lines,
                [](const CaseLine& line) { return line.business_case == BusinessCase::rounding; });
  return lines;
}

std::vector<dsfinvk::Line> lines_of(const Receipt& receipt, const RecordFacts& facts) {
  const bool is_aborted = receipt.kind == ReceiptKind::aborted;
  std::vector<dsfinvk::Line> lines;
  for (const CaseLine& from : cases_of(receipt, facts)) {
    lines.push_back(line_of(from, receipt.order));
    // A cart that was given up takes back each of its lines.
    lines.back().is_void = is_aborted;
  }
  const bool is_first = has_order(receipt.kind) && receipt.order.version <= 1 &&
                        receipt.kind != ReceiptKind::correction && !gives_back(receipt);
  if (is_first) {
    for (const VoidedLine& voided : receipt.order.voided) lines.push_back(voided_line(voided.line));
  }
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].number = std::to_string(i + 1);
  return lines;
}

// --- sums ---

// The tax as it was printed where the receipt has that sum, else out of the gross.
dsfinvk::TaxSum tax_sum(const Receipt& receipt, int key, Rate rate, Money gross) {
  Money printed{0, gross.currency}, tax = printed;
  for (const TaxLine& line : receipt.taxes) {
    if (export_key(line.taxed()) != key) continue;
    printed += line.gross;
    tax += line.tax;
  }
  if (printed != gross) tax = tax_inside(gross, rate);
  return {key, gross, gross - tax, tax};
}

void put_sums(dsfinvk::ReceiptRecord& record, const Receipt& receipt) {
  std::map<int, std::pair<Rate, Money>> sums;
  for (const dsfinvk::Line& line : record.lines) {
    for (const dsfinvk::LineTax& tax : line.taxes) {
      auto& [rate, gross] =
          sums.try_emplace(tax.key, tax.rate, Money{0, tax.gross.currency}).first->second;
      if (!line.is_void) gross += tax.gross;
    }
  }
  for (const auto& [key, sum] : sums) {
    record.taxes.push_back(tax_sum(receipt, key, sum.first, sum.second));
    record.gross += sum.second;
  }
}

bool goes_out(const Payment& payment) {
  return payment.kind == TransactionKind::refund || payment.kind == TransactionKind::payout ||
         payment.kind == TransactionKind::void_;
}

dsfinvk::Payment payment_of(const Payment& payment) {
  const Money sum = payment.amount + payment.tip;
  dsfinvk::Payment paid{dsfinvk::PaymentKind::cash, "", goes_out(payment) ? -sum : sum, {}};
  if (payment.tender == Tender::cash) return paid;
  paid.kind = dsfinvk::PaymentKind::other;
  paid.name = payment.tender == Tender::card ? "Karte" : payment.label;
  return paid;
}

void put_payments(dsfinvk::ReceiptRecord& record, const Receipt& receipt) {
  if (receipt.kind == ReceiptKind::cash_movement) {
    record.payments = {{dsfinvk::PaymentKind::cash, "", receipt.amount, {}}};
    return;
  }
  for (const Payment& payment : receipt.payments) {
    // What a voucher has paid is a line.
    if (payment.tender != Tender::gift_card) record.payments.push_back(payment_of(payment));
  }
  if (record.payments.empty() && has_order(receipt.kind) &&
      record.kind == fiscal::EventKind::receipt) {
    record.payments = {{dsfinvk::PaymentKind::none, "", {0, receipt.order.currency}, {}}};
  }
}

// --- the rest of it ---

std::string country_code(std::string_view country) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> codes{{
      {"DE", "DEU"},
      {"AT", "AUT"},
      {"CH", "CHE"},
      {"FR", "FRA"},
      {"BE", "BEL"},
      {"NL", "NLD"},
      {"LU", "LUX"},
      {"DK", "DNK"},
      {"PL", "POL"},
      {"CZ", "CZE"},
      {"IT", "ITA"},
      {"LI", "LIE"},
  }};
  const auto known = std::ranges::find(codes, country, [](const auto& code) { return code.first; });
  if (known != codes.end()) return std::string(known->second);
  return country.size() == 3 ? std::string(country) : "";
}

dsfinvk::Customer customer_of(const Receipt& receipt) {
  dsfinvk::Customer customer;
  const InvoiceTo& to = receipt.invoice;
  if (!to.is_known()) return customer;
  customer.name = to.address.company.empty() ? to.address.name : to.address.company;
  if (customer.name.empty()) customer.name = receipt.order.customer.name;
  if (to.customer > 0) customer.number = std::to_string(to.customer);
  customer.address.street = to.address.street;
  customer.address.postcode = to.address.postcode;
  customer.address.city = to.address.city;
  customer.address.country = country_code(to.address.country);
  customer.vat_id = to.vat_id;
  return customer;
}

dsfinvk::Signing signing_of(const ReceiptSigning& said, const RecordFacts& facts) {
  dsfinvk::Signing signing;
  signing.process = {said.process_type, said.process_data};
  signing.fault = facts.fault;
  if (!said.finish) return signing;
  signing.device = static_cast<int>(said.device.row);
  signing.transaction = said.finish->number;
  signing.counter = said.finish->counter;
  signing.started = said.start ? said.start->time : said.finish->time;
  signing.finished = said.finish->time;
  signing.signature = said.finish->value;
  return signing;
}

// The first certificate of a PEM text, as bytes; empty: there is none.
std::string first_certificate(std::string_view pem) {
  constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
  const std::size_t from = pem.find(begin);
  if (from == pem.npos) return "";
  pem.remove_prefix(from + begin.size());
  std::string digits(pem.substr(0, pem.find("-----END")));
  std::erase_if(digits, [](char c) { return c == '\n' || c == '\r' || c == ' '; });
  return from_base64(digits).value_or("");
}

dsfinvk::SecurityDevice device_record(const SigningDeviceFacts& device) {
  dsfinvk::SecurityDevice record;
  record.id = static_cast<int>(device.row);
  record.serial = device.serial;
  record.algorithm = device.algorithm;
  record.time_format = device.time_format;
  record.public_key = device.public_key;
  record.certificate = first_certificate(device.certificates);
  return record;
}

// What nobody has told the till, and the form must have.
std::string or_unknown(const std::string& text) {
  return text.empty() ? "k. A." : text;
}

dsfinvk::PostalAddress address_of(const MasterData& master) {
  constexpr std::size_t german_postcode = 5;
  dsfinvk::PostalAddress address{master.name, master.street, master.postcode, master.city, "DEU"};
  // "50668 Köln", as long as nobody has said the postcode by itself.
  const std::string_view city = master.city;
  const bool has_both = address.postcode.empty() && city.size() > german_postcode + 1 &&
                        are_digits(city.substr(0, german_postcode)) && city[german_postcode] == ' ';
  if (has_both) {
    address.postcode = city.substr(0, german_postcode);
    address.city = city.substr(german_postcode + 1);
  }
  for (std::string* part : {&address.name, &address.street, &address.postcode, &address.city}) {
    *part = or_unknown(*part);
  }
  return address;
}

}  // namespace

int export_key(Taxed taxed) {
  const int key = static_cast<int>(taxed.key.number);
  if (fiscal::sum_of(key)) return key;
  if (taxed.rate.basis_points == 0) return fiscal::outside_tax;
  const auto keys = fiscal::known_keys();
  const auto found = std::ranges::find(keys, taxed.rate, &fiscal::KnownKey::rate);
  return found == keys.end() ? static_cast<int>(fiscal::outside_tax) : found->key;
}

dsfinvk::BusinessCase export_case(BusinessCase business_case, Money gross) {
  using Case = dsfinvk::BusinessCase;
  switch (business_case) {
    case BusinessCase::goods:
      return Case::goods;
    case BusinessCase::deposit:
      return Case::deposit;
    case BusinessCase::deposit_back:
      return Case::deposit_back;
    case BusinessCase::discount:
      return Case::discount;
    case BusinessCase::extra_charge:
      return Case::surcharge;
    case BusinessCase::tip_staff:
      return Case::tip_employee;
    case BusinessCase::tip_house:
      return Case::tip_employer;
    case BusinessCase::voucher_sold:
      return Case::multi_voucher_sold;
    case BusinessCase::voucher_redeemed:
      return Case::multi_voucher_redeemed;
    case BusinessCase::taxed_voucher_sold:
      return Case::single_voucher_sold;
    case BusinessCase::taxed_voucher_redeemed:
      return Case::single_voucher_redeemed;
    case BusinessCase::down_payment:
      return Case::down_payment_set;
    case BusinessCase::down_payment_released:
      return Case::down_payment_released;
    case BusinessCase::receivable:
      return Case::receivable_set;
    case BusinessCase::receivable_released:
      return Case::receivable_released;
    case BusinessCase::rounding:  // the format has none: it is named beside the case
      return gross.minor < 0 ? Case::discount : Case::surcharge;
    case BusinessCase::opening_float:
      return Case::opening_float;
    case BusinessCase::money_transit:
      return Case::cash_transit;
    case BusinessCase::paid_in:
      return Case::paid_in;
    case BusinessCase::paid_out:
      return Case::paid_out;
    case BusinessCase::wages:
      return Case::wage;
    case BusinessCase::owner_in:
      return Case::private_deposit;
    case BusinessCase::owner_out:
      return Case::private_withdrawal;
    case BusinessCase::count_difference:
      return Case::count_difference;
  }
  return Case::goods;
}

dsfinvk::ReceiptRecord record_of(const Receipt& receipt, const RecordFacts& facts) {
  dsfinvk::ReceiptRecord record;
  record.id = receipt.code;
  record.number = receipt.number;
  record.kind = event_kind(receipt.kind);
  record.kind_name = kind_name(receipt.kind);
  record.started = receipt.started;
  record.finished = receipt.finished;
  record.cashier = std::to_string(receipt.cashier_number);
  record.cashier_name = receipt.cashier;
  record.gross = {0, receipt.order.currency};
  record.customer = customer_of(receipt);
  record.lines = lines_of(receipt, facts);
  put_sums(record, receipt);
  put_payments(record, receipt);
  record.references = facts.references;
  if (receipt.signing) {
    record.signing = signing_of(*receipt.signing, facts);
    if (receipt.signing->device.is_test) record.note = test_note;
  } else if (!facts.fault.empty()) {
    record.signing = dsfinvk::Signing{};
    record.signing->fault = facts.fault;
  }
  return record;
}

dsfinvk::Closing closing_record(const Shift& shift, const Receipt& z,
                                const std::vector<SigningDeviceFacts>& devices,
                                std::string booking_day) {
  const MasterData& master = z.master;
  dsfinvk::Closing closing;
  closing.till = master.serial;
  closing.created = shift.closed;
  closing.number = shift.z_number;
  closing.booking_day = std::move(booking_day);
  closing.time_zone = z.shop.time_zone;
  closing.business = closing.site = address_of(master);
  if (!master.site.empty()) closing.site.name = master.site;
  closing.vat_id = closing.site_vat_id = master.vat_id;
  closing.tax_number = master.vat_id.empty() ? or_unknown(master.tax_number) : master.tax_number;
  closing.brand = master.make;
  closing.model = master.model;
  closing.software = master.make;
  closing.software_version = master.software;
  closing.currency = shift.opening.currency;
  for (const SigningDeviceFacts& device : devices) closing.devices.push_back(device_record(device));
  for (const fiscal::KnownKey& known : fiscal::known_keys()) {
    closing.rates.push_back({known.key, known.rate, std::string(known.name)});
  }
  return closing;
}

}  // namespace core
