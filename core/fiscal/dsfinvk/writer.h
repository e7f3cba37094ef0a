// Writes an export row by row: closings one after the other, each with its receipts as they
// come, and at its end the sums that follow from them (DSFinV-K 2.4, module Kassenabschluss):
//
//   businesscases      the lines of its receipts ("Beleg"), by case, agency and tax key
//   payment            their payments, by kind and name
//   cash_per_currency  the cash among them
//   cashpointclosing   both sums, the first and the last receipt
//
// All else (aborted carts, training, orders) is written and counts nowhere. Nothing is kept
// of a receipt but its part of the sums, so that any span takes the same memory.
// One thread; no clock, no files: rows go to the sink.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "core/fiscal/dsfinvk/columns.h"
#include "core/fiscal/dsfinvk/records.h"
#include "core/fiscal/dsfinvk/text.h"

namespace core::dsfinvk {

// Takes the next row of a file, with its end.
using RowSink = std::function<void(File file, std::string_view row)>;

struct ClosingSums {
  std::int64_t receipts = 0;  // that count
  std::string first, last;    // of all of its records
  Money payments, cash;
  std::map<std::tuple<BusinessCase, std::string, int, int>, FineTax> cases;  // name, agency, key
  std::map<std::pair<PaymentKind, std::string>, Money> by_kind;
  std::map<std::string, Money> cash_by_currency;
};

class Writer {
 public:
  explicit Writer(RowSink sink) : sink_(std::move(sink)) {}

  void begin(const Closing& closing);
  void add(const ReceiptRecord& receipt);  // between begin() and end()
  ClosingSums end();

  // What only the whole export knows: rows that were held back. Call it once, last.
  void finish();
  // After finish(): the row of headings, and the description of everything.
  std::string headings(File file) const;
  std::string index_xml() const;

 private:
  RowText& row(const Table& table);
  RowText& record(File file, const ReceiptRecord& receipt);
  void put(File file) { sink_(file, row_.end()); }
  void put_masters(const Closing& closing);
  void put_head(const ReceiptRecord& receipt);
  void put_line(const ReceiptRecord& receipt, const Line& line, int sign,
                const std::string& number);
  void put_signing(const ReceiptRecord& receipt, const Signing& signing);
  void count_line(const Line& line);
  void count_payments(const ReceiptRecord& receipt);

  RowSink sink_;
  RowText row_;
  Closing closing_;
  std::string created_;  // as text, for every row
  ClosingSums sums_;
  struct Held {
    std::string row;  // without its certificate
    std::vector<std::string> certificate;
  };
  std::vector<Held> devices_;
  std::size_t certificate_columns_ = certificate_columns;
};

// The declarations that index.xml is checked against (GDPdU Beschreibungsstandard of
// 2004-09-01), in the file of that name beside it.
inline constexpr std::string_view dtd_name = "gdpdu-01-09-2004.dtd";
std::string_view dtd_text();
// The description of an export; `certificate_columns` of tse.csv.
std::string index_xml_text(std::size_t certificate_columns);

}  // namespace core::dsfinvk
