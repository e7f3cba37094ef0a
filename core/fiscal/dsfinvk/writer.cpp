#include "core/fiscal/dsfinvk/writer.h"

#include <algorithm>

#include "core/base/base64.h"
#include "core/base/ensure.h"

namespace core::dsfinvk {

namespace {

Money minus(Money amount, int sign) {
  return sign < 0 ? -amount : amount;
}

// The minor units of a currency as they are written with two decimals.
RowText& put_amount(RowText& row, Money amount) {
  return row.decimal(fine_of(amount), fine_digits, 2);
}

RowText& put_fine(RowText& row, const FineTax& tax) {
  return row.decimal(tax.gross, fine_digits, 5)
      .decimal(tax.net, fine_digits, 5)
      .decimal(tax.tax, fine_digits, 5);
}

RowText& put_place(RowText& row, const PostalAddress& address) {
  return row.text(address.name, 60)
      .text(address.street, 60)
      .text(address.postcode, 10)
      .text(address.city, 62)
      .text(address.country, 3);
}

RowText& put_flag(RowText& row, std::optional<bool> flag) {
  return flag ? row.flag(*flag) : row.empty();
}

std::vector<std::string> in_pieces(const std::string& text, std::size_t size) {
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at < text.size(); at += size) pieces.push_back(text.substr(at, size));
  return pieces;
}

std::string code_of(Currency currency) {
  return std::string(currency.text().empty() ? eur.text() : currency.text());
}

}  // namespace

RowText& Writer::row(const Table& table) {
  ENSURE(!table.own.empty());
  return row_.text(closing_.till, 50).raw(created_).number(closing_.number);
}

RowText& Writer::record(File file, const ReceiptRecord& receipt) {
  return row(table_of(file)).text(receipt.id, 40);
}

void Writer::begin(const Closing& closing) {
  closing_ = closing;
  created_ = local_iso(closing.created, closing.time_zone);
  sums_ = {};
  sums_.payments.currency = sums_.cash.currency = closing.currency;
  put_masters(closing);
}

void Writer::put_masters(const Closing& closing) {
  put_place(row(table_of(File::location)), closing.site).text(closing.site_vat_id, 15);
  put(File::location);
  row(table_of(File::cashregister))
      .text(closing.brand, 50)
      .text(closing.model, 50)
      .text(closing.till, 70)
      .text(closing.software, 50)
      .text(closing.software_version, 50)
      .text(code_of(closing.currency), 3)
      .flag(closing.without_tax);
  put(File::cashregister);
  for (const Terminal& terminal : closing.terminals) {
    row(table_of(File::slaves))
        .text(terminal.id, 50)
        .text(terminal.brand, 50)
        .text(terminal.model, 50)
        .text(terminal.serial, 70)
        .text(terminal.software, 50)
        .text(terminal.software_version, 50);
    put(File::slaves);
  }
  for (const Agency& agency : closing.agencies) {
    put_place(row(table_of(File::pa)).number(agency.id), agency.address)
        .text(agency.tax_number, 20)
        .text(agency.vat_id, 15);
    put(File::pa);
  }
  for (const TaxRateOfDay& rate : closing.rates) {
    row(table_of(File::vat))
        .number(rate.key)
        .decimal(rate.rate.basis_points, 2, 2)
        .text(rate.name, 55);
    put(File::vat);
  }
  for (const SecurityDevice& device : closing.devices) {
    row(table_of(File::tse))
        .number(device.id)
        .text(device.serial, 68)
        .text(device.algorithm, 21)
        .text(device.time_format, 31)
        .text(device.encoding, 5)
        .text(to_base64(device.public_key), 512);
    std::string held(row_.end());
    held.resize(held.size() - 2);  // its end comes with the certificate
    auto pieces = in_pieces(to_base64(device.certificate), certificate_letters);
    if (pieces.size() > most_certificate_columns) pieces.clear();  // no column could hold it
    certificate_columns_ = std::max(certificate_columns_, pieces.size());
    devices_.push_back({std::move(held), std::move(pieces)});
  }
}

void Writer::put_head(const ReceiptRecord& receipt) {
  const Customer& customer = receipt.customer;
  put_amount(record(File::transactions, receipt)
                 .number(receipt.number)
                 .raw(fiscal::word(receipt.kind))
                 .text(receipt.kind_name, 60)
                 .text(receipt.terminal, 50)
                 .flag(receipt.is_void)
                 .raw(local_iso(receipt.started, closing_.time_zone))
                 .raw(local_iso(receipt.finished, closing_.time_zone))
                 .text(receipt.cashier, 50)
                 .text(receipt.cashier_name, 50),
             receipt.gross)
      .text(customer.name, 50)
      .text(customer.number, 50)
      .text(customer.kind, 50)
      .text(customer.address.street, 60)
      .text(customer.address.postcode, 10)
      .text(customer.address.city, 62)
      .text(customer.address.country, 3)
      .text(customer.vat_id, 15)
      .text(receipt.note, 255);
  put(File::transactions);
}

void Writer::put_line(const ReceiptRecord& receipt, const Line& line, int sign,
                      const std::string& number) {
  RowText& row = record(File::lines, receipt)
                     .text(number, 50)
                     .text(line.voucher, 50)
                     .text(line.text, 255)
                     .text(receipt.terminal, 50)
                     .raw(word(line.what))
                     .text(line.case_name, 40);
  put_flag(row, line.eaten_here)
      .flag(sign < 0)
      .number(line.agency)
      .text(line.article, 50)
      .text(line.gtin, 50)
      .text(line.group_id, 40)
      .text(line.group, 50);
  if (line.quantity) {
    row.decimal(sign * line.quantity->thousandths, 3, 3)
        .decimal(1, 0, 3)
        .text(line.unit, 50)
        .decimal(fine_of(line.unit_price), fine_digits, 5);
  } else {
    row.empty().empty().text(line.unit, 50).empty();
  }
  put(File::lines);
  for (const LineTax& tax : line.taxes) {
    put_fine(record(File::lines_vat, receipt).text(number, 50).number(tax.key),
             fine_tax(minus(tax.gross, sign), tax.rate));
    put(File::lines_vat);
  }
  for (const PricePart& part : line.price) {
    put_fine(record(File::itemamounts, receipt)
                 .text(number, 50)
                 .raw(word(part.kind))
                 .number(part.amount.key),
             fine_tax(minus(part.amount.gross, sign), part.amount.rate));
    put(File::itemamounts);
  }
  for (const SubItem& item : line.inside) {
    put_fine(record(File::subitems, receipt)
                 .text(number, 50)
                 .text(item.number, 50)
                 .text(item.gtin, 50)
                 .text(item.name, 60)
                 .text(item.group_id, 40)
                 .text(item.group, 50)
                 .decimal(sign * item.quantity.thousandths, 3, 3)
                 .decimal(1, 0, 3)
                 .text(item.unit, 50)
                 .number(item.price.key),
             fine_tax(minus(item.price.gross, sign), item.price.rate));
    put(File::subitems);
  }
}

void Writer::put_signing(const ReceiptRecord& receipt, const Signing& signing) {
  RowText& row = record(File::transactions_tse, receipt);
  if (signing.signature.empty()) {
    for (int i = 0; i < 7; ++i) row.empty();
  } else {
    row.number(signing.device)
        .number(signing.transaction)
        .raw(to_iso(signing.started))
        .raw(to_iso(signing.finished))
        .text(signing.process.type, 30)
        .number(signing.counter)
        .text(to_base64(signing.signature), 512);
  }
  row.text(signing.fault, 200).text(signing.process.data, 1000);
  put(File::transactions_tse);
}

void Writer::add(const ReceiptRecord& receipt) {
  if (sums_.first.empty()) sums_.first = receipt.id;
  sums_.last = receipt.id;
  put_head(receipt);
  for (const TaxSum& tax : receipt.taxes) {
    put_fine(record(File::transactions_vat, receipt).number(tax.key),
             {fine_of(tax.gross), fine_of(tax.net), fine_of(tax.tax)});
    put(File::transactions_vat);
  }
  for (const Payment& payment : receipt.payments) {
    RowText& row =
        record(File::datapayment, receipt)
            .raw(word(payment.kind))
            .text(payment.name, 60)
            .raw(code_of(payment.foreign ? payment.foreign->currency : closing_.currency));
    put_amount(payment.foreign ? put_amount(row, *payment.foreign) : row.empty(), payment.amount);
    put(File::datapayment);
  }
  if (!receipt.group.empty()) {
    record(File::allocation_groups, receipt).text(receipt.group, 50);
    put(File::allocation_groups);
  }
  for (const Reference& to : receipt.references) {
    RowText& row =
        record(File::references, receipt)
            .text(to.line, 50)
            .raw(word(to.kind))
            .text(to.name, 40)
            .raw(to.closing_created ? local_iso(*to.closing_created, closing_.time_zone) : "")
            .text(to.till, 50);
    (to.closing_number ? row.number(*to.closing_number) : row.empty()).text(to.receipt, 40);
    put(File::references);
  }
  if (receipt.signing) put_signing(receipt, *receipt.signing);
  for (const Line& line : receipt.lines) {
    put_line(receipt, line, 1, line.number);
    // Its reverse takes it out of every sum, and says that it did.
    if (line.is_void) put_line(receipt, line, -1, line.number + "-S");
  }
  if (receipt.kind != fiscal::EventKind::receipt) return;
  ++sums_.receipts;
  for (const Line& line : receipt.lines) count_line(line);
  count_payments(receipt);
}

void Writer::count_line(const Line& line) {
  for (const int sign : {1, -1}) {
    if (sign < 0 && !line.is_void) continue;
    for (const LineTax& tax : line.taxes) {
      FineTax& sum = sums_.cases[{line.what, line.case_name, line.agency, tax.key}];
      const FineTax part = fine_tax(minus(tax.gross, sign), tax.rate);
      sum.gross += part.gross;
      sum.net += part.net;
      sum.tax += part.tax;
    }
  }
}

void Writer::count_payments(const ReceiptRecord& receipt) {
  for (const Payment& payment : receipt.payments) {
    sums_.payments += payment.amount;
    sums_.by_kind[{payment.kind, payment.name}] += payment.amount;
    if (payment.kind != PaymentKind::cash) continue;
    sums_.cash += payment.amount;
    const Money given = payment.foreign.value_or(payment.amount);
    sums_.cash_by_currency[code_of(given.currency)] += given;
  }
}

ClosingSums Writer::end() {
  put_place(row(table_of(File::cashpointclosing))
                .text(closing_.booking_day, 25)
                .raw(version)
                .text(sums_.first, 40)
                .text(sums_.last, 40),
            closing_.business)
      .text(closing_.tax_number, 20)
      .text(closing_.vat_id, 15);
  put_amount(put_amount(row_, sums_.payments), sums_.cash);
  put(File::cashpointclosing);
  for (const auto& [what, sum] : sums_.cases) {
    const auto& [kind, name, agency, key] = what;
    put_fine(row(table_of(File::businesscases))
                 .raw(word(kind))
                 .text(name, 40)
                 .number(agency)
                 .number(key),
             sum);
    put(File::businesscases);
  }
  for (const auto& [what, sum] : sums_.by_kind) {
    put_amount(row(table_of(File::payment)).raw(word(what.first)).text(what.second, 60), sum);
    put(File::payment);
  }
  for (const auto& [currency, sum] : sums_.cash_by_currency) {
    put_amount(row(table_of(File::cash_per_currency)).raw(currency), sum);
    put(File::cash_per_currency);
  }
  return std::exchange(sums_, {});
}

void Writer::finish() {
  for (Held& device : devices_) {
    device.certificate.resize(certificate_columns_);
    std::string row = device.row;
    for (const std::string& piece : device.certificate) row += ";" + piece;
    sink_(File::tse, row + "\r\n");
  }
}

std::string Writer::headings(File file) const {
  const Table& table = table_of(file);
  RowText row;
  for (const Column& column : leading_columns(table)) row.raw(column.name);
  for (const Column& column : table.own) row.raw(column.name);
  if (file == File::tse) {
    for (std::size_t i = certificate_columns; i < certificate_columns_; ++i) {
      row.raw(further_certificate_column(i).name);
    }
  }
  return std::string(row.end());
}

std::string Writer::index_xml() const {
  return index_xml_text(certificate_columns_);
}

}  // namespace core::dsfinvk
